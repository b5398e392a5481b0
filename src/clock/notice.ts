import type { Holiday } from './calendar.ts'
import { dayOfDate, weekdayOf } from './day.ts'

/**
 * A notice of the State Council as people paste it (国务院办公厅关于…年部分节假日安排的通知), read line by
 * line. Nothing is guessed: a weekday or a number of days that does not fit, or a sentence about days
 * that is not understood, is a fault.
 */
export interface ReadNotice {
  year: string
  notice: string
  holidays: Holiday[]
  workdays: string[]
  faults: string[]
}

const NUMBER = /国办发明电〔\d{4}〕\d+号/
const YEAR = /(\d{4})年[^。\n]{0,12}节假日/
/** 元旦、春节 …: a line that begins so is about one holiday. */
const LINE = /^[一二三四五六七八九十]+、/
const WEEKDAYS = '一二三四五六日'
const DATE = String.raw`(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（([^）]*)）)?`
const SPAN = new RegExp(`${DATE}(?:[至—-]${DATE})?`, 'g')

/** The whole pasted text. */
export function readNotice(text: string): ReadNotice {
  const whole = text
    .replace(/\(/g, '（')
    .replace(/\)/g, '）')
    .replace(/[ \t\u3000]/g, '')
  const year = YEAR.exec(whole)?.[1] ?? ''
  const read: ReadNotice = {
    year,
    notice: NUMBER.exec(whole)?.[0] ?? '',
    holidays: [],
    workdays: [],
    faults: [],
  }
  if (year === '') read.faults.push('没有找到年份')
  if (read.notice === '') read.faults.push('没有找到文号')
  const lines = whole.split('\n').filter((line) => LINE.test(line))
  if (lines.length === 0) read.faults.push('没有找到“一、元旦：……”这样的条目')
  if (year !== '') for (const line of lines) readLine(line, read)
  return read
}

function readLine(line: string, read: ReadNotice): void {
  const days = line.slice(line.indexOf('：') + 1)
  const sentences = days.split(/[。；]/).filter((sentence) => /\d日/.test(sentence))
  if (sentences.length === 0) read.faults.push(`没有看懂：${line}`)
  for (const sentence of sentences) {
    const spans = spansOf(sentence, read)
    if (/上班/.test(sentence) && !/放假/.test(sentence)) {
      for (const { from, to } of spans) {
        read.workdays.push(from)
        if (from !== to) read.faults.push(`没有看懂：${sentence}`)
      }
    } else if (/放假/.test(sentence) && !/上班/.test(sentence)) {
      for (const span of spans) read.holidays.push(span.from === span.to ? span.from : span)
      checkCount(sentence, spans, read)
    } else read.faults.push(`没有看懂：${sentence}`)
  }
}

interface Span {
  from: string
  to: string
}

function spansOf(sentence: string, read: ReadNotice): Span[] {
  let [year, month] = [read.year, '']
  const dated = (parts: (string | undefined)[]): string => {
    const [y, m, d = '', weekday = ''] = parts
    year = y ?? year
    month = m ?? month
    const date = `${year}-${month.padStart(2, '0')}-${d.padStart(2, '0')}`
    if (!isDate(date)) {
      read.faults.push(`没有这一天：${date}`)
      return date
    }
    const said = /周([一二三四五六日])/.exec(weekday)?.[1]
    const is = WEEKDAYS[weekdayOf(dayOfDate(date)) - 1]
    if (said !== undefined && said !== is) read.faults.push(`${date} 是周${is}，不是周${said}`)
    return date
  }
  return [...sentence.matchAll(SPAN)].map((match) => {
    const from = dated(match.slice(1, 5))
    return { from, to: match[7] === undefined ? from : dated(match.slice(5, 9)) }
  })
}

const isDate = (date: string): boolean => {
  const at = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date)
}

function checkCount(sentence: string, spans: readonly Span[], read: ReadNotice): void {
  const said = /共(\d+)天/.exec(sentence)?.[1]
  if (said === undefined) return
  const days = spans.reduce((n, { from, to }) => n + dayOfDate(to) - dayOfDate(from) + 1, 0)
  if (days !== Number(said)) read.faults.push(`写的是共${said}天，算出来是${days}天：${sentence}`)
}
