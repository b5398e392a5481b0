import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm'
import type { WorkingCalendar } from '../clock/calendar.ts'
import { dayOfDate } from '../clock/day.ts'
import type { Db } from '../db/db.ts'
import { entries } from '../db/schema.ts'
import type { StoredEntry } from '../protocol/entries.ts'
import { type Refusal, refuse } from '../protocol/refusals.ts'
import type { Locale } from '../protocol/vocabulary.ts'
import type { Period } from '../record/export-store.ts'
import { endOf } from '../record/seal.ts'
import type { Page, Piece } from './cell.ts'
import { csvOf } from './csv.ts'
import { factsOf, type ThreadFacts } from './facts.ts'
import { FIGURES } from './figures.ts'
import { createReport, type Grouping, type Report } from './report.ts'
import { headOf, rowOf, WIDTHS } from './row.ts'
import type { Look } from './spent.ts'
import { XLSX_ROWS, xlsxOf } from './xlsx.ts'

export interface ReportQuery extends Period {
  by?: Grouping | undefined
  /** The desks whose supervisor asks; everything, for an admin, without. */
  desks?: readonly string[]
}

/** Figures of a period, from entries alone: neither the threads’ rows nor staff or desks are read. */
export interface Reports {
  /** @returns `too-fast` while others are counting, `unavailable` where it took too long */
  figures(query: ReportQuery): Promise<WholeReport | Refusal>
  /**
   * A row a thread, as a file that is made while it is read.
   * @returns `too-large` where there are more threads than a sheet has rows
   */
  file(query: ReportQuery, form: FileForm, locale: Locale): Promise<ReportFile | Refusal>
}

export type FileForm = 'csv' | 'xlsx'
export interface ReportFile {
  /** How many threads it looks at; whoever asks for some desks gets a row for some of them. */
  total: number
  /** Nothing is held between two of them. */
  pieces: AsyncGenerator<Piece, void>
}

export interface WholeReport extends Report {
  /** When it was made; what came later is not in it. */
  at: string
  /** Version of the working calendar that it was counted by. */
  calendar: string
  definitions: Pick<(typeof FIGURES)[number], 'name' | 'kind' | 'zh' | 'en'>[]
}

export interface ReportServices {
  db: Db
  calendar(): WorkingCalendar
  now(): Date
  /** Milliseconds after which counting is given up. */
  patience?: number
}

/** Threads in hand at a time. */
const PAGE = 50
/** Reports counted at the same time by one process; a report is many reads. */
const TOGETHER = 2
/** Seconds after which one may come again. */
const AGAIN = 5
const PATIENCE = 60_000
const DAY = 86_400_000
const SHEET = { zh: '咨询', en: 'threads' } as const

const DEFINITIONS = FIGURES.map(({ name, kind, zh, en }) => ({ name, kind, zh, en }))

export function createReports(services: ReportServices): Reports {
  const { db, now, calendar, patience = PATIENCE } = services
  let counting = 0
  const look = () => ({ now: now().getTime(), calendar: calendar() })

  async function counted({ by, desks, ...period }: ReportQuery) {
    const at = look()
    const report = createReport(at, by, desks)
    const until = performance.now() + patience
    for await (const page of factsIn(db, period, at.now)) {
      for (const facts of page) report.add(facts)
      if (performance.now() > until) return refuse('unavailable', { detail: 'period' })
    }
    return {
      at: new Date(at.now).toISOString(),
      calendar: at.calendar.version,
      ...report.read(),
      definitions: DEFINITIONS,
    }
  }

  return {
    async figures(query) {
      if (counting >= TOGETHER) return refuse('too-fast', { retryAfter: AGAIN })
      counting += 1
      try {
        return await counted(query)
      } finally {
        counting -= 1
      }
    },
    async file({ desks, ...period }, form, locale) {
      const at = look()
      const total = await db.$count(entries, and(isAskedIn(period), isUpTo(at.now)))
      if (form === 'xlsx' && total > XLSX_ROWS) return refuse('too-large', { detail: 'period' })
      const pages = pagesOf(factsIn(db, period, at.now), at, desks)
      const head = headOf(locale)
      const sheet = { head, widths: WIDTHS, name: SHEET[locale], at: new Date(at.now) }
      return { total, pieces: form === 'csv' ? csvOf(head, pages) : xlsxOf(sheet, pages) }
    },
  }
}

async function* pagesOf(
  threads: AsyncIterable<ThreadFacts[]>,
  look: Look,
  desks: readonly string[] | undefined,
): AsyncGenerator<Page, void> {
  let done = 0
  for await (const page of threads) {
    done += page.length
    const seen = page.filter(({ thread }) => !desks || desks.includes(thread.desk ?? ''))
    yield { done, rows: seen.map((facts) => rowOf(facts, look)) }
  }
}

/**
 * Threads asked in a period as their entries up to `now` tell them, oldest first, some at a time. A
 * day and a page are statements of their own: no transaction waits for whoever reads them.
 */
async function* factsIn(
  db: Db,
  { from, to }: Period,
  now: number,
): AsyncGenerator<ThreadFacts[], void> {
  for (let day = dayOfDate(from); day <= dayOfDate(to); day++) {
    const ids = await askedOn(db, new Date(day * DAY).toISOString().slice(0, 10))
    for (let i = 0; i < ids.length; i += PAGE) {
      yield await factsOfAll(db, ids.slice(i, i + PAGE), now)
    }
  }
}

/** That a thread was asked on one of these days in Shanghai. */
const isAskedIn = ({ from, to }: Period) =>
  and(
    eq(entries.seq, 1),
    gte(entries.at, new Date(endOf(from).getTime() - DAY)),
    lt(entries.at, endOf(to)),
  )

const isUpTo = (now: number) => lt(entries.at, new Date(now + 1))

/** Threads asked on a day in Shanghai, oldest first. */
async function askedOn(db: Db, day: string): Promise<string[]> {
  const rows = await db
    .select({ thread: entries.thread })
    .from(entries)
    .where(isAskedIn({ from: day, to: day }))
    .orderBy(asc(entries.at), asc(entries.thread))
  return rows.map(({ thread }) => thread)
}

/** Words of people, which no figure asks for: they stay in the database. */
const WORDS = '{answer,basis,files,summary,comment,note,card,promise}'
const bodyWithoutWords = sql<Record<string, unknown> | null>`
  case when ${entries.body} ? 'text'
    then (${entries.body} - ${WORDS}::text[]) || '{"text": ""}'
    else ${entries.body} - ${WORDS}::text[] end`

async function factsOfAll(db: Db, ids: readonly string[], now: number): Promise<ThreadFacts[]> {
  const rows = await db
    .select({
      thread: entries.thread,
      seq: entries.seq,
      at: entries.at,
      kind: entries.kind,
      by: entries.by,
      body: bodyWithoutWords,
    })
    .from(entries)
    .where(and(inArray(entries.thread, [...ids]), isUpTo(now)))
    .orderBy(asc(entries.thread), asc(entries.seq))
  const byThread = Map.groupBy(rows, ({ thread }) => thread)
  return ids.flatMap((id) => {
    const stored = (byThread.get(id) ?? []).map((row) => ({ ...row, at: row.at.toISOString() }))
    return factsOf(stored as unknown as StoredEntry[]) ?? []
  })
}
