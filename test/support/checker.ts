import { isDeepStrictEqual } from 'node:util'
import type { Sql } from '../../src/db/db.ts'
import type { StoredEntry } from '../../src/protocol/entries.ts'
import { contentOf, GENESIS, linkHolds } from '../../src/record/chain.ts'
import { evolve, fold } from '../../src/record/evolve.ts'
import type { Thread } from '../../src/record/thread.ts'
import type { History, Invoked } from './caller.ts'

/** What the record says about what was sent. Every list is empty where the promises hold. */
export interface Findings {
  figures: Record<string, number>
  /** Acknowledged and not in the record where the ack says. */
  lost: string[]
  /** In the record, and never sent. */
  unexpected: string[]
  /** In the record more than once, or acknowledged in two ways. */
  duplicated: string[]
  /** Refused, also as `unavailable`, and yet in the record. */
  refusedYetStored: string[]
  /** Gaps, broken links, time that runs backwards, what the state before did not allow. */
  disorder: string[]
  /** Thread rows that are not the fold of their entries. */
  projection: string[]
}

/** Lists of a flawless run, to be compared with. */
export const FLAWLESS = {
  lost: [],
  unexpected: [],
  duplicated: [],
  refusedYetStored: [],
  disorder: [],
  projection: [],
}

/** A text that carries its command's id, so that the checker finds it without our bookkeeping. */
export const marked = (text: string, id: string) => `${text} ⟦${id}⟧`
const MARK = /⟦([0-9a-f-]{36})⟧/
const MADE_BY: Record<string, string> = {
  ask: 'asked',
  say: 'said',
  note: 'noted',
  claim: 'claimed',
  resolve: 'resolved',
  reopen: 'reopened',
  rate: 'rated',
}

function markOf({ kind, by, body }: StoredEntry): string | undefined {
  if (kind === 'escalated' && by.role === 'bot') return undefined
  const { text, note, summary } = (body ?? {}) as Record<string, unknown>
  return MARK.exec(String(text ?? note ?? summary ?? ''))?.[1]
}

export async function storedEntries(sql: Sql): Promise<Map<string, StoredEntry[]>> {
  const rows = await sql`select * from entries order by thread, seq`
  const threads = new Map<string, StoredEntry[]>()
  for (const { at, ...row } of rows) {
    const entry = { ...row, at: new Date(String(at)).toISOString() } as StoredEntry
    threads.set(entry.thread, [...(threads.get(entry.thread) ?? []), entry])
  }
  return threads
}

/** Drains the whole database and holds it against everything that was sent. */
export async function check(sql: Sql, history: History): Promise<Findings> {
  const threads = await storedEntries(sql)
  const found = new Map<string, StoredEntry[]>()
  for (const entry of [...threads.values()].flat()) {
    const id = markOf(entry)
    if (id) found.set(id, [...(found.get(id) ?? []), entry])
  }
  const invoked = [...history.values()]
  const of = (outcome: Invoked['outcome']) => invoked.filter((one) => one.outcome === outcome)
  const at = (thread: string, seq: number) => threads.get(thread)?.[seq - 1]
  const isStored = ({ id }: Invoked) => found.has(id)
  return {
    figures: {
      ok: of('ok').length,
      fail: of('fail').length,
      unknown: of('unknown').length,
      recovered: of('unknown').filter(isStored).length,
      retried: invoked.filter(({ tries }) => tries > 1).length,
      unavailable: invoked.filter(({ refusals }) => refusals.includes('unavailable')).length,
      threads: threads.size,
      entries: [...threads.values()].flat().length,
    },
    lost: of('ok')
      .filter((one) => !isInPlace(one, at))
      .map(nameOf),
    unexpected: [...found.keys()].filter((id) => !history.has(id)),
    duplicated: [
      ...[...found].filter(([, entries]) => entries.length > 1).map(([id]) => id),
      ...invoked.filter(({ acks }) => !acks.every((ack) => isDeepStrictEqual(ack, acks[0]))),
    ].map(String),
    refusedYetStored: of('fail').filter(isStored).map(nameOf),
    disorder: [...threads].flatMap(([id, entries]) => disorderOf(id, entries)),
    projection: await wrongRows(sql, threads),
  }
}

const nameOf = ({ id, type, thread, refusals }: Invoked) =>
  `${type} ${id} in ${thread} (${refusals.join() || 'no refusal'})`

/** The entry that the ack names is of the right kind, and carries the command's own words. */
function isInPlace(
  { id, type, by, acks }: Invoked,
  at: (thread: string, seq: number) => StoredEntry | undefined,
): boolean {
  const entry = acks[0] && at(acks[0].thread, acks[0].seq)
  if (!entry) return false
  if (type === 'escalate') return entry.kind === 'escalated'
  if (entry.kind !== MADE_BY[type] || entry.by.id !== by) return false
  return type === 'claim' || type === 'rate' || markOf(entry) === id
}

function disorderOf(id: string, entries: readonly StoredEntry[]): string[] {
  const wrong: string[] = []
  const kept = (seq: number) =>
    entries.flatMap<object>(({ kind, body }) =>
      kind === 'redacted' && body?.seq === seq ? (body.kept as object) : [],
    )[0]
  let prev = GENESIS
  let thread: Thread | null = null
  let at = ''
  entries.forEach((entry, i) => {
    const say = (what: string) => wrong.push(`${id}:${entry.seq} ${entry.kind} ${what}`)
    if (entry.seq !== i + 1) say(`stands at place ${i + 1}`)
    if (!linkHolds(entry, prev)) say('breaks the chain')
    if (entry.body !== null && contentOf(entry as never) !== entry.content) say('was changed')
    if (entry.at < at) say('runs backwards in time')
    const no = thread && notAllowed(thread, entry)
    if (no) say(no)
    thread = evolve(thread, {
      ...entry,
      body: entry.body ?? kept(entry.seq),
    } as never)
    prev = entry.hash
    at = entry.at
  })
  return wrong
}

/** What the state before an entry forbids: the append has decided on another head than it stored. */
function notAllowed(before: Thread, { kind, by, body }: StoredEntry): string | undefined {
  const isOwners = before.state === 'held' && before.owner?.id === by.id
  switch (kind) {
    case 'claimed':
      if (before.state !== 'waiting' || before.owner) return `while ${before.state}`
      return (body as { first: boolean }).first === (before.firstResponder === null)
        ? undefined
        : 'is wrong about the first responder'
    case 'said':
      return by.role === 'enterprise' || isOwners ? undefined : 'by one who is not the owner'
    case 'resolved':
      return isOwners ? undefined : 'by one who is not the owner'
    case 'handover-offered':
      if (before.offer) return 'while another is pending'
      return isOwners ? undefined : 'by one who is not the owner'
    case 'handover-accepted': {
      const person = before.offer?.to.person?.id
      if (before.state !== 'held' || !before.offer) return 'of what was not offered'
      return person === undefined || person === by.id ? undefined : 'by one who was not offered it'
    }
    case 'closed':
      return before.state === 'closed' ? 'twice' : undefined
    case 'reopened':
      return ['resolved', 'closed'].includes(before.state) ? undefined : `while ${before.state}`
    case 'escalated':
      return before.state === 'answering' ? undefined : `while ${before.state}`
    default:
      return undefined
  }
}

/** Rows whose fold or whose columns say something else than their entries. */
async function wrongRows(sql: Sql, threads: Map<string, StoredEntry[]>): Promise<string[]> {
  const rows = await sql`select id, state, desk, owner, seq, head, urgent, uscc, fold from threads`
  const wrong = rows.filter((row) => {
    const entries = threads.get(row.id)
    const folded = JSON.parse(JSON.stringify(entries ? fold(entries) : null)) as Thread | null
    if (!folded) return true
    const { state, desk, owner, seq, head, urgent, enterprise } = folded
    const columns = { state, desk, owner: owner?.id ?? null, seq, head, urgent }
    return (
      !isDeepStrictEqual(row.fold, folded) ||
      row.uscc !== enterprise.uscc ||
      Object.entries(columns).some(([name, value]) => row[name] !== value)
    )
  })
  const missing = [...threads.keys()].filter((id) => !rows.some((row) => row.id === id))
  return [...wrong.map((row) => String(row.id)), ...missing]
}
