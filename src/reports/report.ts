import { shanghaiDate } from '../clock/day.ts'
import type { ThreadFacts, Who } from './facts.ts'
import type { Figure } from './figure.ts'
import { FIGURES } from './figures.ts'
import { isAbout, isCredited, type Scope } from './scope.ts'
import type { Look } from './spent.ts'
import { Ratio, type RatioRead, type TimeRead, Times } from './tally.ts'

/** What a report is broken down by; days and months are those of the question, in Shanghai. */
export const GROUPINGS = ['day', 'month', 'desk', 'officer', 'topic', 'district'] as const
export type Grouping = (typeof GROUPINGS)[number]

export type Figures = Record<string, RatioRead | TimeRead>
export interface Group {
  /** Date, month or id; null for what has none. */
  key: string | null
  /** An officer's, as the newest entry names them. */
  name?: string
  threads: number
  figures: Figures
}

export interface Report {
  total: Omit<Group, 'key' | 'name'>
  groups: Group[]
}

/** Figures of one group as they are counted. */
class Count {
  threads = 0
  name: string | undefined
  readonly #parts = FIGURES.map((figure) => (figure.kind === 'ratio' ? new Ratio() : new Times()))

  ratio = (i: number) => this.#parts[i] as Ratio
  times = (i: number) => this.#parts[i] as Times

  read() {
    const figures = FIGURES.map(({ name }, i) => [name, this.#parts[i]!.read()] as const)
    return { threads: this.threads, figures: Object.fromEntries(figures) as Figures }
  }
}

/** Counts threads into figures, one after the other; nothing of a thread is kept. */
export function createReport(look: Look, by: Grouping | undefined, scope: Scope) {
  const total = new Count()
  const groups = new Map<string | null, Count>()
  const isWanted = (who: Who) => isCredited(scope, who)

  return {
    add(facts: ThreadFacts): void {
      if (!isAbout(scope, facts)) return
      const touched = new Set<Count>()
      const countsFor = (who: Who) => {
        const found = [total]
        if (by) found.push(groupOf(groups, keyOf(by, facts, who), by, who))
        for (const count of found) touched.add(count)
        return found
      }
      for (const [i, figure] of FIGURES.entries()) add(i, figure, facts, look, isWanted, countsFor)
      for (const count of touched) count.threads += 1
    },
    read(): Report {
      const read = [...groups].map(([key, count]) => ({
        key,
        ...(count.name === undefined ? {} : { name: count.name }),
        ...count.read(),
      }))
      return { total: total.read(), groups: read.sort((a, b) => inOrder(a.key, b.key)) }
    },
  }
}

function add(
  i: number,
  figure: Figure,
  facts: ThreadFacts,
  look: Look,
  isWanted: (who: Who) => boolean,
  countsFor: (who: Who) => Count[],
): void {
  if (figure.kind === 'ratio') {
    for (const { hit, who } of figure.of(facts, look)) {
      if (isWanted(who)) for (const count of countsFor(who)) count.ratio(i).add(hit)
    }
    return
  }
  for (const { spent, who } of figure.of(facts, look)) {
    if (isWanted(who)) for (const count of countsFor(who)) count.times(i).add(spent)
  }
}

function groupOf(
  groups: Map<string | null, Count>,
  key: string | null,
  by: Grouping,
  { person }: Who,
): Count {
  const count = groups.get(key) ?? new Count()
  groups.set(key, count)
  // threads come oldest first, so that the last name is the newest; a redacted one has none
  if (by === 'officer' && person?.name) count.name = person.name
  return count
}

function keyOf(by: Grouping, { thread }: ThreadFacts, who: Who): string | null {
  switch (by) {
    case 'day':
      return shanghaiDate(new Date(thread.openedAt))
    case 'month':
      return shanghaiDate(new Date(thread.openedAt)).slice(0, 7)
    case 'desk':
      return who.desk
    case 'officer':
      return who.person?.id ?? null
    case 'topic':
      return thread.topic
    case 'district':
      return thread.enterprise.district ?? null
  }
}

/** What has no key comes last. */
function inOrder(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return a < b ? -1 : 1
}
