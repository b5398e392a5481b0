import type { ThreadFacts } from './facts.ts'
import type { Figure } from './figure.ts'
import { isAbout, isCredited, type Scope } from './scope.ts'
import type { Look } from './spent.ts'

/** The threads behind a figure: how many, and the newest of them, newest first. */
export interface Behind {
  total: number
  ids: string[]
}

export interface BehindWhat extends Scope {
  figure: Figure
  /** Only cases that the numerator counts, or only the others. */
  hit?: boolean | undefined
}

/** Looks at threads, oldest first, and keeps the ids of the last `most`. */
export function createBehind(look: Look, { figure, hit, ...scope }: BehindWhat, most: number) {
  let total = 0
  const ids: string[] = []
  const isBehind = (facts: ThreadFacts): boolean =>
    figure.kind === 'time'
      ? figure.of(facts, look).some(({ who }) => isCredited(scope, who))
      : figure
          .of(facts, look)
          .some((one) => isCredited(scope, one.who) && (hit === undefined || hit === one.hit))
  return {
    add(facts: ThreadFacts): void {
      if (!isAbout(scope, facts) || !isBehind(facts)) return
      total += 1
      if (ids.push(facts.thread.id) > most) ids.shift()
    },
    read: (): Behind => ({ total, ids: ids.toReversed() }),
  }
}
