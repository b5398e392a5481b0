import type { Person } from '../../protocol/entries.ts'
import type { AlertLevel, ClockName } from '../../protocol/vocabulary.ts'
import type { AlertDue } from '../alerts.ts'
import type { Draft } from '../chain.ts'
import type { Thread } from '../thread.ts'
import { SYSTEM } from './rule.ts'

const CLOCKS: Record<ClockName, string> = {
  'first-reply': '首次答复',
  'next-reply': '后续答复',
  resolution: '办结',
  handover: '转办',
  reminder: '催办',
  supervision: '督办',
  'call-back': '回访',
}

const WHAT: Record<AlertLevel, (clock: string, owner: string) => string> = {
  half: (clock) => `${clock}时限已过半，仍无人受理`,
  most: (clock) => `${clock}时限已过八成，仍无人受理`,
  overdue: (clock) => `${clock}已超期，仍无人受理`,
  silent: (clock, owner) => `${owner}${clock}已超期`,
  emergency: () => '紧急情况',
}

/** A sealed note of the system: what has come so far, and who was told. */
export function alerting(thread: Thread, due: AlertDue, to: readonly Person[]): Draft<'noted'> {
  const owner = thread.owner ? `承办人${thread.owner.name}` : ''
  const told =
    to.length === 0 ? '没有可以通知的人' : `已通知${to.map(({ name }) => name).join('、')}`
  const text = `${WHAT[due.level](CLOCKS[due.clock], owner)}，${told}。`
  return { kind: 'noted', by: SYSTEM, body: { text, alert: { ...due, to: [...to] } } }
}
