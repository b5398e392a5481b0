import { describe, expect, it } from 'vitest'
import { calendarAlarm } from '../../src/clock/alarm.ts'
import { readNotice } from '../../src/clock/notice.ts'
import { CALENDAR } from '../../src/clock/years.ts'

/** The shape in which the notices are published; days as in that for 2026. */
const NOTICE = `国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府：
经国务院批准，现将2026年元旦、春节等放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。`

describe('a pasted notice', () => {
  it('is read into the very days that ship', () => {
    const { faults, year, ...read } = readNotice(NOTICE)
    expect(faults).toEqual([])
    expect(year).toBe('2026')
    const shipped = CALENDAR.years['2026']!
    expect(read.notice).toBe(shipped.notice)
    expect(read.holidays).toEqual(shipped.holidays)
    expect(read.workdays.toSorted()).toEqual(shipped.workdays)
  })

  it('may reach into the December before, and be of one day', () => {
    const text = NOTICE.replace(
      '一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。',
      '一、元旦：2025年12月31日（周三）至2026年1月1日（周四）放假，共2天。\n二、其他：3月3日(周二)放假1天。',
    )
    const { faults, holidays } = readNotice(text)
    expect(faults).toEqual([])
    expect(holidays.slice(0, 2)).toEqual([{ from: '2025-12-31', to: '2026-01-01' }, '2026-03-03'])
  })

  it.each([
    ['a weekday that does not fit', '4月4日（周六）', '4月4日（周五）', '不是周五'],
    ['a number of days that does not fit', '放假，共3天', '放假，共4天', '算出来是3天'],
    ['a day that there is not', '4月4日（周六）', '2月30日', '没有这一天'],
    ['no year', '关于2026年部分', '关于部分', '没有找到年份'],
    ['no number', '国办发明电〔2025〕7号', '', '没有找到文号'],
    ['a sentence that says neither', '5月9日（周六）上班', '5月9日（周六）另行通知', '没有看懂'],
  ])('with %s is not guessed at', (_, from, to, fault) => {
    const text = NOTICE.replace(from, to).replace('现将2026年元旦', '现将元旦')
    expect(readNotice(text).faults.join()).toContain(fault)
  })

  it('that is none has nothing but faults', () => {
    expect(readNotice('放假一天').faults.length).toBeGreaterThan(2)
  })
})

describe('the alarm for a year without a notice', () => {
  const at = (time: string, unscheduled = 0) => calendarAlarm(CALENDAR, new Date(time), unscheduled)

  it('is silent until November, then speaks of next year', () => {
    expect(at('2026-10-31T15:59:59Z')).toBeNull()
    expect(at('2026-10-31T16:00:00Z')).toEqual({ level: 'soon', year: 2027 })
    expect(at('2025-12-01T00:00:00Z')).toBeNull()
  })

  it('is loud once a promise has no time, or the year has begun', () => {
    expect(at('2026-09-01T00:00:00Z', 1)).toEqual({ level: 'missing', year: 2027 })
    expect(at('2027-02-01T00:00:00Z')).toEqual({ level: 'missing', year: 2027 })
  })
})
