import type { Locale } from '../protocol/vocabulary.ts'
import type { WorkingCalendar } from './calendar.ts'
import { dayOf, MINUTE, shanghaiDate, shanghaiTime, toWall, weekdayOf } from './day.ts'
import { type Unscheduled, workingTimeBetween } from './working-time.ts'

export type PromiseFacts = {
  startedAt: Date
  dueAt: Date | Unscheduled
  deskName: string
  now: Date
  locale: Locale
  calendar: WorkingCalendar
}

/**
 * The promised first reply in words for the enterprise. It goes into the record and is read
 * there years later, so it names dates, never “tomorrow”.
 */
export function promiseText(facts: PromiseFacts): string {
  const { startedAt, dueAt, deskName, now, locale, calendar } = facts
  const say = TEXTS[locale]
  if (dueAt === 'unscheduled') return say.unscheduled(deskName, missingYear(startedAt, calendar))
  const told = wholeMinute(dueAt)
  if (now > told) {
    const today = shanghaiDate(now) === shanghaiDate(told)
    return say.late(today ? shanghaiTime(told) : say.moment(told, now))
  }
  const span = dueAt.getTime() - startedAt.getTime()
  const sameDay = shanghaiDate(startedAt) === shanghaiDate(told)
  // “Within 30 minutes” is true only where no break lies between.
  const unbroken = workingTimeBetween(startedAt, dueAt, calendar) === span
  if (sameDay && unbroken && span % MINUTE === 0) {
    return say.within(amount(span, locale), shanghaiTime(told))
  }
  return say.latest(deskName, say.moment(told, now))
}

/** Time left (`ms` ≥ 0) or time over (`ms` < 0), for officers; full minutes, days of 24 hours. */
export function durationText(ms: number, locale: Locale): string {
  const text = amount(Math.abs(ms), locale)
  if (locale === 'zh') return ms < 0 ? `已超${spaced(text)}` : `还剩${spaced(text)}`
  return ms < 0 ? `${text} over` : `${text} left`
}

const TEXTS = {
  zh: {
    within: (span: string, time: string) => `承诺 ${span}内首次回复（${time} 前）`,
    latest: (desk: string, moment: string) => `最迟 ${moment} 前由${desk}答复`,
    late: (moment: string) => `我们没能在承诺的 ${moment} 前回复，抱歉。您可以催办。`,
    unscheduled: (desk: string, year: number) =>
      `${year} 年的工作日历尚未公布，暂时不能承诺具体时间。` +
      `第一个工作日由${desk}的工作人员答复；日历公布后，这里会显示最迟时间。`,
    moment: (at: Date, now: Date) => {
      const { year, month, day, weekday } = dateParts(at)
      const inYear = year === dateParts(now).year ? '' : `${year}年`
      return `${inYear}${month}月${day}日（周${'一二三四五六日'[weekday - 1]}）${shanghaiTime(at)}`
    },
  },
  en: {
    within: (span: string, time: string) => `We promise a first reply within ${span} (by ${time}).`,
    latest: (desk: string, moment: string) => `${desk} will reply by ${moment} at the latest.`,
    late: (moment: string) =>
      `We are sorry: we did not reply by ${moment} as promised. You can send a reminder.`,
    unscheduled: (desk: string, year: number) =>
      `The working calendar of ${year} has not been published, so we cannot promise a time yet. ` +
      `An officer of ${desk} will reply on the first working day; ` +
      'the time will be shown here once the calendar is published.',
    moment: (at: Date, now: Date) => {
      const { year, month, day, weekday } = dateParts(at)
      const inYear = year === dateParts(now).year ? '' : ` ${year}`
      return `${WEEKDAYS[weekday - 1]} ${day} ${MONTHS[month - 1]}${inYear}, ${shanghaiTime(at)}`
    },
  },
} as const

const WEEKDAYS = 'Mon Tue Wed Thu Fri Sat Sun'.split(' ')
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** Up to the next full minute, so that whoever keeps the due time keeps what was told. */
function wholeMinute(at: Date): Date {
  return new Date(Math.ceil(at.getTime() / MINUTE) * MINUTE)
}

function dateParts(at: Date): { year: number; month: number; day: number; weekday: number } {
  const date = shanghaiDate(at)
  return {
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    day: Number(date.slice(8)),
    weekday: weekdayOf(dayOf(toWall(at))),
  }
}

/** The first year from `from` on that the calendar does not know. */
function missingYear(from: Date, calendar: WorkingCalendar): number {
  let { year } = dateParts(from)
  while (calendar.years[year] !== undefined) year += 1
  return year
}

function amount(ms: number, locale: Locale): string {
  const all = Math.floor(ms / MINUTE)
  const [days, hours, minutes] = [Math.floor(all / 1440), Math.floor(all / 60) % 24, all % 60]
  const zh = locale === 'zh'
  if (all === 0) return zh ? '不到 1 分钟' : 'less than 1 min'
  if (days > 0) {
    const rest = hours === 0 ? '' : zh ? ` ${hours} 小时` : ` ${hours} h`
    return zh ? `${days} 天${rest}` : `${days} d${rest}`
  }
  if (hours === 0) return zh ? `${minutes} 分钟` : `${minutes} min`
  const rest = String(minutes).padStart(2, '0')
  if (zh) return minutes === 0 ? `${hours} 小时` : `${hours} 小时 ${rest} 分`
  return minutes === 0 ? `${hours} h` : `${hours} h ${rest} min`
}

const spaced = (text: string): string => (/^\d/.test(text) ? ` ${text}` : text)
