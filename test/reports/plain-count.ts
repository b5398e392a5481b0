import type { Sql } from '../../src/db/db.ts'
import { Brute, FIRST, MINUTE } from '../clock/brute.ts'

/* A second way of counting: no fold and no calendar of ours, each question asked of the raw rows. */

interface Row {
  thread: string
  seq: number
  t: number
  kind: string
  by: { role: string; id: string }
  // oxlint-disable-next-line typescript/no-explicit-any
  // biome-ignore lint/suspicious/noExplicitAny: the raw row is what it is about
  body: any
}

/** Minutes of 2025 and 2026, by a calendar that was typed again from the notices. */
const { flags } = new Brute([
  ['09:00', '12:00'],
  ['13:30', '17:30'],
])
const isWorked = (minute: number) => flags[minute - FIRST / MINUTE] === 1

const minuteOf = (time: string | number) => new Date(time).getTime() / MINUTE

function walked(from: number, to: number, pauses: [number, number][]): number {
  let worked = 0
  for (let at = from; at < to; at++) {
    if (isWorked(at) && !pauses.some(([a, b]) => a <= at && at < b)) worked += 1
  }
  return worked
}

class Book {
  readonly all: Record<string, { all: string; by: Record<string, string> }> = {}

  /** Cases as `[credited to, counts]`. */
  ratio(name: string, cases: [string | undefined, boolean][]): void {
    const say = (some: typeof cases) => `${some.filter(([, hit]) => hit).length}/${some.length}`
    this.#write(name, cases, say)
  }

  /** Times as `[credited to, working, elapsed]`. */
  time(name: string, times: [string | undefined, number, number][]): void {
    const sum = (some: typeof times, i: 1 | 2) => some.reduce((n, one) => n + one[i], 0)
    this.#write(name, times, (some) => `${some.length}: ${sum(some, 1)} of ${sum(some, 2)}`)
  }

  #write<T extends [string | undefined, ...unknown[]]>(
    name: string,
    cases: T[],
    say: (some: T[]) => string,
  ): void {
    const people = new Set(cases.flatMap(([who]) => who ?? []))
    const by = [...people].map((id) => [id, say(cases.filter(([who]) => who === id))])
    this.all[name] = { all: say(cases), by: Object.fromEntries(by) }
  }
}

/** Who holds it after an entry, by the last one that says anything about it. */
function holder(before: Row[]): string | undefined {
  for (const { kind, by, body } of before.toReversed()) {
    if (kind === 'claimed' || kind === 'handover-accepted') return by.id
    if (kind === 'assigned') return body.to.person.id
    if (kind === 'released') return undefined
    if (kind === 'reopened' && !body.owner) return undefined
  }
  return undefined
}

interface Told {
  rows: Row[]
  at: (time: number) => string | undefined
  of: (kind: string) => Row[]
}

const isHuman = ({ rows }: Told) =>
  rows.some(({ kind }) => kind === 'escalated' || kind === 'reopened')

/** Every figure, counted thread by thread. */
export async function counted(sql: Sql, now: number) {
  const rows = await sql<Row[]>`
    select thread, seq, (extract(epoch from at) * 1000)::float8 as t, kind, by, body
    from entries order by thread, seq`
  const threads = [...Map.groupBy(rows, ({ thread }) => thread).values()].map(
    (own): Told => ({
      rows: own,
      at: (time) => holder(own.filter(({ t }) => t <= time)),
      of: (kind) => own.filter((row) => row.kind === kind),
    }),
  )
  const book = new Book()
  countBot(book, threads)
  const human = threads.filter(isHuman)
  countRates(book, human)
  countOffers(book, human)
  countClocks(book, human, now)
  countHolding(book, human, now)
  countQueue(book, human, now)
  return book.all
}

function countBot(book: Book, threads: Told[]): void {
  book.ratio(
    'bot-share',
    threads.map((told) => [undefined, told.of('answered').length > 0 && !isHuman(told)]),
  )
  book.ratio(
    'helpful',
    threads.flatMap(({ of }) =>
      of('answered').flatMap(({ seq }): [undefined, boolean][] => {
        const last = of('judged').findLast(({ body }) => body.seq === seq)
        return last ? [[undefined, last.body.helpful]] : []
      }),
    ),
  )
}

const PUBLIC = ['said', 'notice-given', 'resolved']
const isWithdrawn = ({ rows }: Told) => {
  const last = rows.findLast(({ kind }) => kind === 'closed' || kind === 'reopened')
  return last?.kind === 'closed' && last.by.role === 'enterprise'
}

function countRates(book: Book, human: Told[]): void {
  book.ratio(
    'response',
    human.flatMap((told): [string | undefined, boolean][] => {
      const reply = told.rows.find(({ kind, by }) => PUBLIC.includes(kind) && by.role === 'officer')
      if (!reply && isWithdrawn(told)) return []
      return [[reply ? reply.by.id : told.at(Infinity), reply !== undefined]]
    }),
  )
  book.ratio(
    'resolution',
    human
      .filter((told) => !isWithdrawn(told))
      .map((told) => {
        const last = told.rows.findLast(({ kind }) => kind === 'resolved' || kind === 'reopened')
        const done = last?.kind === 'resolved'
        return [done ? last.by.id : told.at(Infinity), done]
      }),
  )
  book.ratio(
    'satisfaction',
    human.flatMap(({ rows, of }) =>
      of('rated').map((rated): [string, boolean] => [
        rows.findLast(({ kind, seq }) => kind === 'resolved' && seq < rated.seq)!.by.id,
        rated.body.grade > 2,
      ]),
    ),
  )
  book.ratio(
    'reopened',
    human.flatMap(({ rows, of }) =>
      of('resolved').map((done): [string, boolean] => {
        const after = rows.find(
          ({ kind, seq }) => seq > done.seq && ['reopened', 'resolved'].includes(kind),
        )
        return [done.by.id, after?.kind === 'reopened']
      }),
    ),
  )
  book.ratio(
    'reminded',
    human.map(({ rows, of, at }) => {
      const [first] = of('reminded')
      const who = first ? holder(rows.filter(({ seq }) => seq < first.seq)) : at(Infinity)
      return [who, first !== undefined]
    }),
  )
  book.ratio(
    'notice-again',
    human.flatMap(({ of }) =>
      of('notice-given').map((row, i): [string, boolean] => [row.by.id, i > 0]),
    ),
  )
}

/** What ends a pending offer; a desk's officer's “no” does not. */
function countOffers(book: Book, human: Told[]): void {
  book.ratio(
    'accepted',
    human.flatMap(({ rows, of }) =>
      of('handover-offered').flatMap((offer): [string, boolean][] => {
        const ends = ['handover-accepted', 'handover-withdrawn', 'handover-lapsed']
        if (offer.body.to.person) ends.push('handover-declined')
        ends.push('assigned', 'released')
        const end = rows.find(({ seq, kind }) => seq > offer.seq && ends.includes(kind))
        return end ? [[offer.by.id, end.kind === 'handover-accepted']] : []
      }),
    ),
  )
  const chains = human.flatMap(({ rows, at }) => {
    const hands = rows.map((_, i) => holder(rows.slice(0, i + 1))).filter((id) => id !== undefined)
    const changes = hands.filter((id, i) => id !== hands[i - 1])
    return changes.length === 0 ? [] : [{ changes, now: at(Infinity) }]
  })
  book.ratio(
    'handed-on',
    chains.map(({ changes }) => [changes[0], changes.length > 1]),
  )
  book.ratio(
    'long-chain',
    chains.map(({ changes, now }) => [now, changes.length > 2]),
  )
}

function pausesIn(clock: Record<string, string> & { pauses?: { from: string; to: string }[] }) {
  const over = (clock.pauses ?? []).map(({ from, to }) => [minuteOf(from), minuteOf(to)])
  return over as [number, number][]
}

function countClocks(book: Book, human: Told[], now: number): void {
  const decided: { name: string; late: boolean; who: string | undefined }[] = []
  const replies: [string | undefined, number, number][] = []
  const onTime: [string | undefined, boolean][] = []
  const resolved: typeof replies = []
  for (const { rows, at } of human) {
    const told = rows.flatMap((row) =>
      ((row.body.clocks ?? []) as Row['body'][]).map((clock) => ({ clock, row })),
    )
    const last = new Map(told.map((one) => [`${one.clock.name}#${one.clock.n}`, one]))
    const asked = [...last.values()].filter(({ clock }) => clock.name === 'first-reply')
    const counts = asked.find(({ clock }) => clock.metAt) ?? asked.at(-1)
    for (const story of last.values()) {
      const { clock, row } = story
      if (clock.name === 'handover') continue
      const { startedAt, metAt, dueAt, pausedAt, endedAt } = clock
      const met =
        row.by.role === 'system' ? holder(rows.filter((r) => r.seq <= row.seq)) : row.by.id
      const late = minuteOf(pausedAt ?? metAt ?? endedAt ?? now) > minuteOf(dueAt)
      const who = late ? at(Date.parse(dueAt)) : met
      if (late || metAt) decided.push({ name: clock.name, late, who })
      if ((late || metAt) && story === counts) onTime.push([who, !late])
      if (!metAt) continue
      const pauses = pausesIn(clock)
      if (pausedAt) pauses.push([minuteOf(pausedAt), minuteOf(metAt)])
      const [from, to] = [minuteOf(startedAt), minuteOf(metAt)]
      const time: (typeof replies)[number] = [met, walked(from, to, pauses), to - from]
      if (story === counts) replies.push(time)
      if (clock.name === 'resolution') resolved.push(time)
    }
  }
  const of = (name?: string) =>
    decided
      .filter((one) => name === undefined || one.name === name)
      .map(({ late, who }): [string | undefined, boolean] => [who, late])
  book.ratio('overdue', of())
  const names = ['first-reply', 'next-reply', 'resolution', 'reminder', 'supervision', 'call-back']
  for (const name of names) {
    book.ratio(`overdue-${name}`, of(name))
  }
  book.ratio('on-time', onTime)
  book.time('first-reply-time', replies)
  book.time('resolution-time', resolved)
}

/** In which state it is after an entry, as far as holding goes. */
function isHeld(before: Row[]): boolean {
  const last = before.findLast(({ kind }) =>
    ['escalated', 'claimed', 'assigned', 'handover-accepted', 'released', 'reopened']
      .concat('resolved', 'closed')
      .includes(kind),
  )
  const kind = last?.kind ?? ''
  return /^(claimed|assigned|handover-accepted)$/.test(kind) || last?.body.owner !== undefined
}

/** When the thread as a whole stood still. */
function standstillsIn(rows: Row[], now: number): [number, number][] {
  const clocks = new Map(
    rows
      .flatMap(({ body }) => body.clocks ?? [])
      .filter(({ name }) => name === 'resolution')
      .map((clock) => [clock.n, clock]),
  )
  return [...clocks.values()].flatMap((clock): [number, number][] => {
    const { pausedAt, pauseEndsAt, metAt, endedAt } = clock
    if (!pausedAt) return pausesIn(clock)
    const to = Math.min(minuteOf(metAt ?? endedAt ?? now), minuteOf(pauseEndsAt))
    return [...pausesIn(clock), [minuteOf(pausedAt), to]]
  })
}

/** Stretches at a desk's queue: to nobody's credit, and a new one wherever it is routed to. */
function countQueue(book: Book, human: Told[], now: number): void {
  const waits: [undefined, number, number][] = []
  for (const { rows } of human) {
    const pauses = standstillsIn(rows, now)
    let since: number | null = null
    const until = (end: number) => {
      if (since === null) return
      const [from, to] = [since / MINUTE, end / MINUTE]
      waits.push([undefined, walked(from, to, pauses), to - from])
      since = null
    }
    for (const { kind, t, body } of rows) {
      const isBack = kind === 'reopened' && !body.owner
      const isWaiting = since !== null
      const isMoved = isWaiting && kind === 'routed'
      if (isMoved || ['claimed', 'assigned', 'closed'].includes(kind)) until(t)
      if (isMoved || isBack || kind === 'released' || kind === 'escalated') since ??= t
    }
    until(now)
  }
  book.time('queue-time', waits)
}

function countHolding(book: Book, human: Told[], now: number): void {
  const held: [string, number, number][] = []
  for (const { rows } of human) {
    const pauses = standstillsIn(rows, now)
    const ends = [...rows.map(({ t }) => t), now]
    let open: { who: string; from: number } | null = null
    for (const [i, end] of ends.entries()) {
      const before = rows.slice(0, i + 1)
      const who = i < rows.length && isHeld(before) ? holder(before) : undefined
      if (open && open.who !== who) {
        const [from, to] = [open.from / MINUTE, end / MINUTE]
        held.push([open.who, walked(from, to, pauses), to - from])
        open = null
      }
      if (who && !open) open = { who, from: end }
    }
  }
  book.time('holding-time', held)
}
