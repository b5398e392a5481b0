import { shanghaiDate, shanghaiTime } from '../clock/day.ts'
import type { Entry } from '../protocol/entries.ts'
import type { AlertLevel, ClockName, Event, PauseGround } from '../protocol/vocabulary.ts'
import type { Thread } from '../record/thread.ts'

/** What a sentence is made of, each part on one line. */
export interface Facts {
  entry: Entry
  thread: Thread
  /** The consultation by its question, as its reader calls it. */
  about: string
  /** Who acted, with their desk where it is known. */
  who: string
  /** `：` and what they wrote, or the full stop. */
  said: string
  /** The enterprise's newest words. */
  newest: string
  deskName(id: string): string
}

const GROUNDS: Record<PauseGround, string> = {
  materials: '等您补充材料',
  survey: '现场踏勘',
  'expert-review': '专家评审',
  'other-department': '等其他部门答复',
  'force-majeure': '不可抗力',
}

const CLOCKS: Record<ClockName, string> = {
  'first-reply': '首次回复',
  'next-reply': '回复',
  resolution: '办结',
  handover: '答复转办',
  reminder: '答复催办',
  supervision: '答复督办',
  'call-back': '回访',
}

const LEVELS: Record<AlertLevel, string> = {
  half: '时限已过半，仍无人受理',
  most: '时限已过八成，仍无人受理',
  overdue: '已超时，仍无人受理',
  silent: '承办人超时未答复',
  emergency: '紧急情况',
}

/** `11月24日 10:30` in Shanghai. */
function moment(time: string): string {
  const at = new Date(time)
  const [, month, day] = shanghaiDate(at).split('-').map(Number)
  return `${month}月${day}日 ${shanghaiTime(at)}`
}

function handover({ entry, about, who, deskName }: Facts): string {
  if (entry.kind === 'released') {
    return `${about}的原承办人不再承办，已转回${deskName(entry.body.desk)}重新安排。`
  }
  const name = entry.kind === 'assigned' ? (entry.body.to.person?.name ?? '') : who
  return `${about}现由${name}承办。`
}

function paused({ entry, about }: Facts): string {
  if (entry.kind !== 'clock-paused') return `${about}中止计时。`
  const { ground, until } = entry.body
  return `${about}中止计时：${GROUNDS[ground]}${until ? `，最迟 ${moment(until)} 恢复` : ''}。`
}

function promised({ entry, about }: Facts): string {
  const promise = entry.kind === 'escalated' ? entry.body.promise?.text : undefined
  return promise === undefined ? `${about}已转人工。` : `${about}：${promise}`
}

function late({ entry, about }: Facts): string {
  if (entry.kind !== 'overdue') return `${about}超时。`
  return `${about}没能在承诺的 ${moment(entry.body.dueAt)} 前${CLOCKS[entry.body.clock]}`
}

function offerAnswered({ entry, about, who }: Facts): string {
  if (entry.kind === 'handover-lapsed') return `【转办】${about}的转办没有人答复，已失效。`
  return `【转办】${who}${entry.kind === 'handover-accepted' ? '已接办' : '没有接办'}${about}。`
}

/** To the enterprise. */
export const TO_ENTERPRISE: { [E in Event]?: (facts: Facts) => string } = {
  promised,
  claimed: ({ entry, about, who }) =>
    entry.kind === 'claimed' && entry.body.first
      ? `${who}已受理${about}，是这件事的首问责任人，会跟到办结。`
      : `${who}已受理${about}。`,
  'first-reply': ({ about, who, said }) => `${who}已回复${about}${said}`,
  reply: ({ about, who, said }) => `${who}已回复${about}${said}`,
  notice: ({ about }) => `${about}有一次性告知单，请登录平台查看。`,
  paused,
  resumed: ({ about }) => `${about}恢复计时。`,
  handover,
  corrected: ({ about, who, said }) => `${who}更正了对${about}的答复${said}`,
  resolved: ({ about, said }) => `${about}已办结${said}`,
  'call-back': ({ about, who, said }) => `${who}就${about}的评价做了回访${said}`,
  closed: ({ about }) => `${about}已归档。`,
  breach: (facts) => `${late(facts)}，抱歉。已报科室负责人，您也可以催办。`,
}

/** To the bureau's people; what is sealed stays in the console. */
export const TO_STAFF: { [E in Event]?: (facts: Facts) => string } = {
  urgent: ({ about, newest }) => `【紧急】${about}${newest}请立即处理。`,
  waiting: ({ about }) => `【待受理】您包联企业${about}在等人受理。`,
  alert: ({ entry, about }) =>
    `【提醒】${about}：${entry.kind === 'noted' ? LEVELS[entry.body.alert?.level ?? 'half'] : ''}。`,
  reminder: ({ about }) => `【催办】${about}，企业在催办。`,
  order: ({ about }) => `【督办】${about}有督办要求，请到工作台查看。`,
  'bad-rating': ({ about }) => `【评价】${about}没有让企业满意，须回访。`,
  breach: (facts) => `【超时】${late(facts)}。`,
  reopened: ({ about, said }) => `【重新咨询】${about}${said}`,
  offer: ({ about, who }) => `【转办】${who}请您接办${about}，请到工作台答复。`,
  'offer-answered': offerAnswered,
  'opinion-asked': ({ about, who }) => `【会办】${who}请您就${about}提意见，请到工作台查看。`,
  'opinion-given': ({ about, who }) => `【会办】${who}已就${about}给出意见，请到工作台查看。`,
  assigned: (facts) => `【指派】${handover(facts)}`,
  released: ({ about }) => `【退回】${about}没有承办人了，请受理。`,
}
