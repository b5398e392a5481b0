import type { Entry, Person, Target } from '../protocol/entries.ts'
import type { EntryKind, Event } from '../protocol/vocabulary.ts'
import type { Recipient } from '../protocol/webhooks.ts'
import type { Telling } from '../record/group.ts'
import { isSealed } from '../record/sight.ts'
import { BAD_GRADE, openClock, type Thread } from '../record/thread.ts'

/** The thread before and after the entry. */
interface Turn {
  before: Thread
  after: Thread
}

type ToEnterprise<K extends EntryKind> = (entry: Entry<K>, turn: Turn) => Event | null
type ToStaff<K extends EntryKind> = (
  entry: Entry<K>,
  turn: Turn,
) => { event: Event; to: readonly Recipient[] } | null

/** Its own deed; that it turned to a person is told all the same, for the promise in it. */
const isOwn = ({ by, kind }: Entry) => by.role === 'enterprise' && kind !== 'escalated'

/** What the enterprise is told. Sealed entries never come here; its own deeds it knows. */
const FOR_ENTERPRISE: { [K in EntryKind]?: ToEnterprise<K> } = {
  escalated: () => 'promised',
  claimed: () => 'claimed',
  said: (_, { before }) => (openClock(before, 'first-reply') ? 'first-reply' : 'reply'),
  'opinion-given': () => 'reply',
  'notice-given': () => 'notice',
  'clock-paused': () => 'paused',
  'clock-resumed': () => 'resumed',
  'handover-accepted': () => 'handover',
  assigned: () => 'handover',
  released: () => 'handover',
  corrected: () => 'corrected',
  resolved: () => 'resolved',
  'called-back': () => 'call-back',
  closed: () => 'closed',
  overdue: () => 'breach',
}

/** Who holds it; while nobody does, the officers of its desk. */
const holders = ({ owner, desk }: Thread): Recipient[] =>
  owner ? [{ person: owner.id }] : officersOf(desk)
const officersOf = (desk: string | null): Recipient[] =>
  desk === null ? [] : [{ desk, role: 'officer' }]
const headsOf = ({ desk }: Thread): Recipient[] =>
  desk === null ? [] : [{ desk, role: 'supervisor' }]
/** The first responder's watch duty lasts until the close, whoever holds it. */
const watching = ({ firstResponder }: Thread): Recipient[] =>
  firstResponder ? [{ person: firstResponder.id }] : []
const person = (someone: { id: string } | null): Recipient[] =>
  someone ? [{ person: someone.id }] : []
const named = ({ person: one, desk }: Target): Recipient[] => [
  ...person(one ?? null),
  ...officersOf(desk?.id ?? null),
]

type Emergency = { body: { urgent?: true | undefined; duty?: Person[] | undefined } }

const urgent = ({ body }: Emergency, { after }: Turn) => {
  if (body.urgent !== true) return null
  const duty = (body.duty ?? []).flatMap(person)
  const to = [{ duty: true as const }, ...duty, ...person(after.owner), ...officersOf(after.desk)]
  return { event: 'urgent' as const, to }
}

/** What the bureau's people are told. */
const FOR_STAFF: { [K in EntryKind]?: ToStaff<K> } = {
  escalated: (entry, turn) =>
    urgent(entry, turn) ?? { event: 'waiting', to: person(entry.body.standing ?? null) },
  noted: ({ body }) => ({ event: 'alert', to: (body.alert?.to ?? []).flatMap(person) }),
  said: urgent,
  corrected: urgent,
  reopened: (entry, turn) =>
    urgent(entry, turn) ?? {
      event: 'reopened',
      to: [...holders(turn.after), ...watching(turn.after)],
    },
  routed: (_, { after }) => (after.urgent ? { event: 'urgent', to: officersOf(after.desk) } : null),
  reminded: (_, { after }) => ({
    event: 'reminder',
    to: [...holders(after), ...watching(after)],
  }),
  overdue: (_, { after }) => ({
    event: 'breach',
    to: [...holders(after), ...watching(after), ...headsOf(after)],
  }),
  rated: ({ body }, { after }) =>
    body.grade <= BAD_GRADE
      ? { event: 'bad-rating', to: [...holders(after), ...watching(after), ...headsOf(after)] }
      : null,
  supervised: (_, { after }) => ({ event: 'order', to: holders(after) }),
  'handover-offered': ({ body }) => ({ event: 'offer', to: named(body.to) }),
  'handover-accepted': (_, { before }) => ({
    event: 'offer-answered',
    to: [...person(before.owner), ...watching(before)],
  }),
  'handover-declined': (_, { before }) => ({ event: 'offer-answered', to: person(before.owner) }),
  'handover-lapsed': (_, { before }) => ({ event: 'offer-answered', to: person(before.owner) }),
  'opinion-asked': ({ body }) => ({ event: 'opinion-asked', to: named(body.to) }),
  'opinion-given': (_, { after }) => ({ event: 'opinion-given', to: person(after.owner) }),
  assigned: ({ body }, { before }) => ({
    event: 'assigned',
    to: [...named(body.to), ...person(before.owner), ...watching(before)],
  }),
  released: (_, { after }) => ({
    event: 'released',
    to: [...officersOf(after.desk), ...headsOf(after), ...watching(after)],
  }),
}

/** Each once, and nobody of their own deed. */
function others(entry: Entry, to: readonly Recipient[]): Recipient[] {
  const all = new Map(to.map((one) => [JSON.stringify(one), one]))
  all.delete(JSON.stringify({ person: entry.by.id }))
  return [...all.values()]
}

/** Who is to be told of this entry outside; `before` is null for the first. */
export function tellingsOf(entry: Entry, before: Thread | null, after: Thread): Telling[] {
  if (before === null) return []
  const turn = { before, after }
  const tellings: Telling[] = []
  const { seq } = entry
  if (!isSealed(entry) && !isOwn(entry)) {
    const event = (FOR_ENTERPRISE[entry.kind] as ToEnterprise<EntryKind> | undefined)?.(entry, turn)
    const to = [{ person: after.asker }]
    if (event) tellings.push({ seq, audience: 'enterprise', event, to })
  }
  const told = (FOR_STAFF[entry.kind] as ToStaff<EntryKind> | undefined)?.(entry, turn)
  const to = told ? others(entry, told.to) : []
  if (told && to.length > 0) tellings.push({ seq, audience: 'staff', event: told.event, to })
  return tellings
}
