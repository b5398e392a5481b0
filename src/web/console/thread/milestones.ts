import type { Target } from '../../../protocol/entries.ts'
import type { EntryKind } from '../../../protocol/vocabulary.ts'
import type { OpenEntry } from '../../shared/thread-fold.ts'
import { clocks, grades, grounds, outcomes, reasons } from '../words.ts'

/** One centred line of the record. */
export interface Milestone {
  text: string
  /** Somebody's own words belong below it. */
  quote?: string | undefined
  tone?: 'late' | 'soon' | 'good'
  /** The enterprise does not see it. */
  internal?: boolean
}

/** What the texts need to know beside the entry. */
export interface Names {
  desk(id: string | undefined): string
  /** “王建国（水科）” */
  person(by: { id: string; name?: string | undefined }): string
  moment(at: string): string
}

type Say = { [K in EntryKind]?: (entry: OpenEntry<K>, names: Names) => Milestone }

const SAY: Say = {
  escalated: ({ body }, names) => ({
    text: `已转${names.desk(body.desk)} · ${reasons[body.reason]}${
      body.promise?.dueAt ? ` · 承诺 ${names.moment(body.promise.dueAt)} 前首次回复` : ''
    }`,
    quote: body.note,
  }),
  claimed: ({ by, body }, names) => ({
    text: `${names.person(by)}受理${body.first ? '，首问责任人' : ''}`,
    tone: 'good',
  }),
  routed: ({ body }, names) => ({ text: `转到${target(body.to, names)}`, quote: body.reason }),
  judged: ({ body }) => ({ text: `企业认为机器解答${body.helpful ? '有用' : '没用'}` }),
  'handover-offered': ({ by, body }, names) => ({
    text: `${names.person(by)}提出转办给${target(body.to, names)}`,
    quote: body.reason,
    internal: true,
  }),
  'handover-accepted': ({ by }, names) => ({
    text: `${names.person(by)}接收转办，成为承办人`,
    tone: 'good',
  }),
  'handover-declined': ({ by, body }, names) => ({
    text: `${names.person(by)}没有接收转办`,
    quote: body.reason,
    internal: true,
  }),
  'handover-withdrawn': ({ by }, names) => ({
    text: `${names.person(by)}撤回转办`,
    internal: true,
  }),
  'handover-lapsed': () => ({ text: '转办到期没有人接收，仍由原承办人办理', internal: true }),
  'clock-paused': ({ body }) => ({
    text: `中止计时（${clocks[body.clock]}）：${grounds[body.ground]}`,
    tone: 'soon',
  }),
  'clock-resumed': ({ body }) => ({ text: `恢复计时（${clocks[body.clock]}）` }),
  'clock-scheduled': () => ({ text: '工作日历已补齐，时限已排定' }),
  rated: ({ body }) => ({
    text: `企业评价：${grades[body.grade - 1] ?? body.grade}`,
    quote: body.comment,
    tone: body.grade >= 3 ? 'good' : 'late',
  }),
  reopened: ({ body }, names) => ({
    text: `企业重新咨询，${body.owner ? `由${names.person(body.owner)}接着办` : `回到${names.desk(body.desk)}`}`,
    tone: 'soon',
  }),
  reminded: () => ({ text: '企业催办', tone: 'soon' }),
  assigned: ({ by, body }, names) => ({
    text: `${names.person(by)}指派${target(body.to, names)}承办`,
  }),
  released: ({ body }, names) => ({
    text: `承办人停用，回到${names.desk(body.desk)}队列`,
    tone: 'soon',
  }),
  overdue: ({ body }, names) => ({
    text: `${clocks[body.clock]}超时，应在 ${names.moment(body.dueAt)} 前`,
    tone: 'late',
  }),
  redacted: ({ body }) => ({ text: `第 ${body.seq} 条的内容已删除`, quote: body.ground }),
  closed: ({ body }) => ({ text: `归档：${outcomes[body.outcome]}` }),
}

/** The milestone that an entry is, if it is one. */
export function milestoneOf(entry: OpenEntry, names: Names): Milestone | undefined {
  const say = SAY[entry.kind] as ((entry: OpenEntry, names: Names) => Milestone) | undefined
  return say?.(entry, names)
}

export const target = (to: Target, names: Names): string =>
  to.person ? names.person(to.person) : (to.desk?.name ?? '')
