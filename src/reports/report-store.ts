import type { WorkingCalendar } from '../clock/calendar.ts'
import type { Db } from '../db/db.ts'
import { type Refusal, refuse } from '../protocol/refusals.ts'
import type { Locale } from '../protocol/vocabulary.ts'
import type { Period } from '../record/export-store.ts'
import { type Behind, createBehind } from './behind.ts'
import type { Page, Piece } from './cell.ts'
import { csvOf } from './csv.ts'
import type { Span, ThreadFacts } from './facts.ts'
import { countAsked, factsIn, factsOfAll } from './facts-store.ts'
import { FIGURES } from './figures.ts'
import { createReport, type Grouping, type Report } from './report.ts'
import { headOf, rowOf, WIDTHS } from './row.ts'
import { isListed, type Scope } from './scope.ts'
import type { Look } from './spent.ts'
import { XLSX_ROWS, xlsxOf } from './xlsx.ts'

export interface ReportQuery extends Period, Scope {
  by?: Grouping | undefined
}
/** Which cases of a figure are asked for: those that its numerator counts, or the others; or all. */
export interface BehindQuery extends Period, Scope {
  figure: string
  hit?: boolean | undefined
}

/** Figures of a period, from entries alone: neither the threads’ rows nor staff or desks are read. */
export interface Reports {
  /** @returns `too-fast` while others are counting, `unavailable` where it took too long */
  figures(query: ReportQuery): Promise<WholeReport | Refusal>
  /** The threads that a figure is made of; refusals as those of `figures`. */
  behind(query: BehindQuery): Promise<Behind | Refusal>
  /** Where a thread has been, and with whom, one after the other. */
  chain(thread: string): Promise<Span[]>
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

/** Reports counted at the same time by one process; a report is many reads. */
const TOGETHER = 2
/** Seconds after which one may come again. */
const AGAIN = 5
const PATIENCE = 60_000
/** Threads behind a figure that are shown; the files have all. */
const SHOWN = 200
const SHEET = { zh: '咨询', en: 'threads' } as const

const DEFINITIONS = FIGURES.map(({ name, kind, zh, en }) => ({ name, kind, zh, en }))

export function createReports(services: ReportServices): Reports {
  const { db, now, calendar, patience = PATIENCE } = services
  let counting = 0
  const look = () => ({ now: now().getTime(), calendar: calendar() })

  /** Shows one thread after the other; a few do so at a time, and none for ever. */
  async function walk(period: Period, at: Look, see: (facts: ThreadFacts) => void) {
    if (counting >= TOGETHER) return refuse('too-fast', { retryAfter: AGAIN })
    counting += 1
    try {
      const until = performance.now() + patience
      for await (const page of factsIn(db, period, at.now)) {
        for (const facts of page) see(facts)
        if (performance.now() > until) return refuse('unavailable', { detail: 'period' })
      }
      return null
    } finally {
      counting -= 1
    }
  }

  return {
    async figures({ by, ...scope }) {
      const at = look()
      const report = createReport(at, by, scope)
      const refusal = await walk(scope, at, report.add)
      if (refusal) return refusal
      return {
        at: new Date(at.now).toISOString(),
        calendar: at.calendar.version,
        ...report.read(),
        definitions: DEFINITIONS,
      }
    },
    async behind({ figure: name, hit, ...scope }) {
      const figure = FIGURES.find((one) => one.name === name)
      if (!figure) return refuse('bad-request', { detail: 'figure' })
      const at = look()
      const found = createBehind(at, { figure, hit, ...scope }, SHOWN)
      return (await walk(scope, at, found.add)) ?? found.read()
    },
    async chain(thread) {
      const [facts] = await factsOfAll(db, [thread], look().now)
      return facts?.spans ?? []
    },
    async file(query, form, locale) {
      const at = look()
      const total = await countAsked(db, query, at.now)
      if (form === 'xlsx' && total > XLSX_ROWS) return refuse('too-large', { detail: 'period' })
      const pages = pagesOf(factsIn(db, query, at.now), at, query)
      const head = headOf(locale)
      const sheet = { head, widths: WIDTHS, name: SHEET[locale], at: new Date(at.now) }
      return { total, pieces: form === 'csv' ? csvOf(head, pages) : xlsxOf(sheet, pages) }
    },
  }
}

async function* pagesOf(
  threads: AsyncIterable<ThreadFacts[]>,
  look: Look,
  scope: Scope,
): AsyncGenerator<Page, void> {
  let done = 0
  for await (const page of threads) {
    done += page.length
    const seen = page.filter((facts) => isListed(scope, facts))
    yield { done, rows: seen.map((facts) => rowOf(facts, look)) }
  }
}
