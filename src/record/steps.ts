import type { Entry, Target } from '../protocol/entries.ts'
import type { EntryKind } from '../protocol/vocabulary.ts'
import { alertKey } from './alerts.ts'
import { clockKey, isOpen, type Thread } from './thread.ts'

/** How much of the enterprise's newest words the fold keeps: what routing reads. */
const NEWEST_KEPT = 500

export const firstOf = (text: string, n: number) => [...text.slice(0, n * 2)].slice(0, n).join('')

/** The enterprise's newest words, by the entry that says them. */
export const newestOf = (seq: number, text: string) => ({ seq, text: firstOf(text, NEWEST_KEPT) })

type Change = Partial<Thread>
export type Step<K extends EntryKind> = (thread: Thread, entry: Entry<K>) => Change

const person = (entry: Entry, desk: string | null) => ({
  id: entry.by.id,
  name: entry.by.name ?? '',
  ...(desk === null ? {} : { desk }),
})

/** Former owners, once this one is among them: they go on seeing the thread. */
const withFormer = (thread: Thread): Thread['formerOwners'] =>
  thread.owner === null
    ? thread.formerOwners
    : [...new Set([...thread.formerOwners, thread.owner.id])]

/** The owner changes hands. */
const handOver = (thread: Thread, to: Target['person'], desk: string): Change => ({
  state: 'held',
  owner: to ?? null,
  desk,
  firstResponder: thread.firstResponder ?? to ?? null,
  formerOwners: thread.owner?.id === to?.id ? thread.formerOwners : withFormer(thread),
  offer: null,
})

/** Names stay in the entry, from where they can be taken away. */
const nameless = ({ person, desk }: Target): Target => ({
  ...(person ? { person: { id: person.id, name: '' } } : {}),
  ...(desk ? { desk: { id: desk.id, name: '' } } : {}),
})

const isSame = (a: Target, b: Target) => a.person?.id === b.person?.id && a.desk?.id === b.desk?.id

/** Of an emergency: who is on duty was rung. */
const rung = ({
  at,
  body: { duty },
}: Entry<'escalated' | 'said' | 'reopened' | 'corrected'>): Change =>
  duty?.length
    ? { alert: { level: 'emergency', clock: null, at, to: duty.map(({ id }) => id) } }
    : {}

const said: Step<'said'> = (thread, entry) => {
  if (entry.by.role !== 'enterprise') return {}
  const newest =
    entry.body.text === undefined ? thread.newest : newestOf(entry.seq, entry.body.text)
  return { newest, urgent: thread.urgent || entry.body.urgent === true, ...rung(entry) }
}

const reopened: Step<'reopened'> = (thread, entry) => ({
  state: entry.body.owner ? 'held' : 'waiting',
  // whom it names held it before, and a redacted entry names nobody
  owner: entry.body.owner ? thread.owner : null,
  formerOwners: entry.body.owner ? thread.formerOwners : withFormer(thread),
  desk: entry.body.desk,
  newest: newestOf(entry.seq, entry.body.text),
  urgent: thread.urgent || entry.body.urgent === true,
  outcome: null,
  ...rung(entry),
})

const redacted: Step<'redacted'> = (thread, entry) => {
  const gone = entry.body.seq
  const change: Change = {}
  if (thread.question.seq === gone) change.question = { ...thread.question, text: '' }
  if (thread.newest.seq === gone) change.newest = { ...thread.newest, text: '' }
  return change
}

/** What each kind changes; kinds that only stand on the record change nothing. */
export const STEPS: { [K in EntryKind]?: Step<K> } = {
  answered: () => ({ answered: true }),
  offered: (_, entry) => ({
    choices: { ids: entry.body.choices.map((c) => c.id), confidence: entry.body.confidence },
  }),
  replied: (thread, entry) => ({ referred: thread.referred || entry.body.refer !== undefined }),
  escalated: (thread, entry) => ({
    state: 'waiting',
    desk: entry.body.desk,
    topic: entry.body.topic ?? null,
    choices: null,
    escalatedSeq: entry.seq,
    urgent: thread.urgent || entry.body.urgent === true,
    standing: entry.body.standing?.id ?? null,
    ...rung(entry),
  }),
  claimed: (thread, entry) => ({
    state: 'held',
    owner: person(entry, thread.desk),
    firstResponder: thread.firstResponder ?? person(entry, thread.desk),
  }),
  routed: (_, entry) => (entry.body.to.desk ? { desk: entry.body.to.desk.id } : {}),
  said,
  noted: (thread, { at, body: { alert } }) => {
    if (alert === undefined) return {}
    const { level, to } = alert
    return {
      alert: {
        level,
        clock: clockKey({ name: alert.clock, n: alert.n }),
        at,
        to: to.map(({ id }) => id),
      },
      alerted: [...thread.alerted, alertKey(thread, alert)],
    }
  },
  'handover-offered': (_, entry) => ({
    offer: { seq: entry.seq, to: nameless(entry.body.to) },
  }),
  'handover-accepted': (thread, entry) =>
    handOver(thread, person(entry, entry.body.desk), entry.body.desk),
  // a desk's officer's “no” is only recorded: somebody else of the desk may still accept
  'handover-declined': (thread) => (thread.offer?.to.person ? { offer: null } : {}),
  'handover-withdrawn': () => ({ offer: null }),
  'handover-lapsed': () => ({ offer: null }),
  'opinion-asked': (thread, { body: { to } }) =>
    thread.consulted.some((one) => isSame(one, to))
      ? {}
      : { consulted: [...thread.consulted, nameless(to)] },
  'notice-given': (thread) => ({ notices: thread.notices + 1 }),
  resolved: (_, entry) => ({
    state: 'resolved',
    outcome: entry.body.outcome,
    endedAt: entry.at,
    resolution: { at: entry.at, outcome: entry.body.outcome, rated: false },
  }),
  rated: (thread, entry) => ({
    rating: entry.body.grade,
    resolution: thread.resolution ? { ...thread.resolution, rated: true } : null,
  }),
  reopened,
  reminded: (_, entry) => ({ remindedAt: entry.at }),
  assigned: (thread, entry) => {
    const to = entry.body.to.person
    return handOver(thread, to, to?.desk ?? thread.desk ?? '')
  },
  released: (thread, entry) => ({
    state: 'waiting',
    owner: null,
    desk: entry.body.desk,
    formerOwners: withFormer(thread),
    offer: null,
  }),
  corrected: (thread, entry) => ({
    urgent: thread.urgent || entry.body.urgent === true,
    ...rung(entry),
  }),
  // a clock that was late before numbers were written down is the open one of its name
  overdue: (thread, { body: { clock: name, n } }) => ({
    noticed: [
      ...thread.noticed,
      ...thread.clocks
        .filter((clock) => isOpen(clock) && clock.name === name && clock.n === (n ?? clock.n))
        .map(clockKey),
    ],
  }),
  redacted,
  closed: (thread, entry) => ({
    state: 'closed',
    outcome: entry.body.outcome,
    endedAt: thread.state === 'resolved' ? thread.endedAt : entry.at,
  }),
}
