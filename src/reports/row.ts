import type { Locale } from '../protocol/vocabulary.ts'
import type { Cell } from './cell.ts'
import { firstReplyOf, type ThreadFacts } from './facts.ts'
import { chainOf } from './figures/handovers.ts'
import { stretches } from './figures/times.ts'
import { isBroken, type Look, standstills, timeOf } from './spent.ts'

interface Column {
  zh: string
  en: string
  /** In characters. */
  width: number
  of(facts: ThreadFacts, look: Look): Cell
}

const MINUTE = 60_000
/** Widths that show a number, a moment, a name and an id whole. */
const [NARROW, MOMENT, NAME, ID] = [12, 20, 28, 38]
const minutes = (ms: number | null | undefined): number | null =>
  ms == null ? null : Math.ceil(ms / MINUTE)

const yes = (is: boolean | null | undefined): Cell => (is == null ? null : is ? 1 : 0)

const lastResolution = ({ clocks }: ThreadFacts) =>
  clocks.findLast(({ fact }) => fact.name === 'resolution')?.fact
const lastResolved = ({ resolutions }: ThreadFacts) => resolutions.at(-1)
const lateOf = (facts: ThreadFacts, { now }: Look) =>
  facts.clocks.filter(({ fact }) => fact.name !== 'handover' && isBroken(fact, now) === true)
const column = (zh: string, en: string, of: Column['of'], width = NARROW): Column => ({
  zh,
  en,
  width,
  of,
})

const moment = (
  zh: string,
  en: string,
  of: (facts: ThreadFacts) => number | string | null | undefined,
): Column => column(zh, en, (facts) => dateOf(of(facts)), MOMENT)
const dateOf = (at: number | string | null | undefined) => (at == null ? null : new Date(at))

const ABOUT = [
  column('咨询编号', 'thread', ({ thread }) => thread.id, ID),
  moment('提问时间（北京时间）', 'asked (Beijing time)', ({ thread }) => thread.openedAt),
  column('企业', 'enterprise', ({ thread }) => thread.enterprise.name, NAME),
  column('统一社会信用代码', 'USCC', ({ thread }) => thread.enterprise.uscc, MOMENT),
  column('区县', 'district', ({ thread }) => thread.enterprise.district ?? null),
  column('行业', 'industry', ({ thread }) => thread.enterprise.industry ?? null),
  column('主题', 'topic', ({ thread }) => thread.topic),
  column('科室', 'desk', ({ thread }) => thread.desk),
  column('状态', 'state', ({ thread }) => thread.state),
  column('结果', 'outcome', ({ thread }) => thread.outcome),
  column('紧急', 'urgent', ({ thread }) => yes(thread.urgent)),
]
const BOT = [
  column('机器答案数', 'answers of the bot', ({ answers }) => answers.length),
  column(
    '评判有用数',
    'judged helpful',
    ({ answers }) => answers.filter(({ helpful }) => helpful === true).length,
  ),
  moment('转人工时间', 'went to a person', ({ humanAt }) => humanAt),
]
const REPLY = [
  column('首问责任人', 'first responder', ({ thread }) => thread.firstResponder?.name ?? null),
  moment('首复承诺时间', 'first reply due', (facts) => firstReplyOf(facts)?.fact.dueAt),
  moment('首次答复时间', 'first reply', (facts) => firstReplyOf(facts)?.fact.metAt),
  column(
    '首次答复人',
    'first replied by',
    (facts) => firstReplyOf(facts)?.metBy?.person?.name ?? null,
  ),
  column('首复超时', 'first reply late', (facts, { now }) => {
    const clock = firstReplyOf(facts)
    return yes(clock && isBroken(clock.fact, now))
  }),
  column('首复工作用时（分钟）', 'first reply, working minutes', (facts, look) =>
    minutes(timeOf(firstReplyOf(facts)?.fact, look)?.working),
  ),
  column('首复自然用时（分钟）', 'first reply, elapsed minutes', (facts, look) =>
    minutes(timeOf(firstReplyOf(facts)?.fact, look)?.elapsed),
  ),
]
const RESOLUTION = [
  moment('办结承诺时间', 'resolution due', (facts) => lastResolution(facts)?.dueAt),
  moment('办结时间', 'resolved', (facts) => lastResolved(facts)?.at),
  column('办结人', 'resolved by', (facts) => lastResolved(facts)?.by.person?.name ?? null),
  column('办结超时', 'resolution late', (facts, { now }) => {
    const fact = lastResolution(facts)
    return yes(fact && isBroken(fact, now))
  }),
  column('办结工作用时（分钟）', 'resolution, working minutes', (facts, look) =>
    minutes(timeOf(lastResolution(facts), look)?.working),
  ),
  column('中止（分钟）', 'paused, minutes', (facts, { now }) =>
    minutes(standstills(facts, now).reduce((sum, { from, to }) => sum + to - from, 0)),
  ),
  column('办结次数', 'resolutions', ({ resolutions }) => resolutions.length),
  column('重开次数', 'reopenings', ({ reopenings }) => reopenings),
]
const HOLDERS = [
  column(
    '承办链',
    'holders',
    (facts) =>
      chainOf(facts)
        .map(({ person }) => person?.name)
        .join(' → '),
    NAME,
  ),
  column(
    '承办工作用时（分钟）',
    'held, working minutes each',
    (facts, look) =>
      stretches(facts, 'held', look)
        .map(({ spent, who }) => `${who.person?.name} ${minutes(spent.working) ?? '?'}`)
        .join('; '),
    NAME,
  ),
  column('转办提出', 'handovers offered', ({ handovers }) => handovers.length),
  column(
    '转办接收',
    'handovers accepted',
    ({ handovers }) => handovers.filter(({ end }) => end === 'accepted').length,
  ),
]
const LEVERS = [
  column('催办次数', 'reminders', ({ reminders }) => reminders.length),
  column('督办次数', 'orders', ({ orders }) => orders),
  column('超时次数', 'broken promises', (facts, look) => lateOf(facts, look).length),
  column(
    '超时事项',
    'which',
    (facts, look) =>
      lateOf(facts, look)
        .map(({ fact }) => `${fact.name}#${fact.n}`)
        .join('; '),
    NAME,
  ),
  column('最近评价', 'rating', ({ resolutions }) => resolutions.at(-1)?.grade ?? null),
  moment(
    '回访时间',
    'called back',
    ({ clocks }) => clocks.findLast(({ fact }) => fact.name === 'call-back')?.fact.metAt,
  ),
  column('一次性告知单', 'one-time notices', ({ notices }) => notices.length),
  column(
    '重复告知',
    'repeated notices',
    ({ notices }) => notices.filter(({ again }) => again).length,
  ),
]

const COLUMNS: readonly Column[] = [ABOUT, BOT, REPLY, RESOLUTION, HOLDERS, LEVERS].flat()

export const WIDTHS: readonly number[] = COLUMNS.map(({ width }) => width)

export const headOf = (locale: Locale): string[] => COLUMNS.map((one) => one[locale])

/** One thread as a row; yes and no are 1 and 0, what is not known or not yet is empty. */
export const rowOf = (facts: ThreadFacts, look: Look): Cell[] =>
  COLUMNS.map(({ of }) => of(facts, look))
