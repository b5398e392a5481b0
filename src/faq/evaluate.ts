import type { DecisionType } from '../protocol/vocabulary.ts'
import { percent } from './measure.ts'

/** A row as in `bureau-dev.jsonl`; `expect` is `faq:<id>`, `human:…`, `refer:…`, `reply:…`, `unsure`. */
export interface EvalRow {
  q: string
  expect: string
}

/** What `evaluate` needs of a decision: what was done, and whom the search put first. */
export interface Outcome {
  decision: DecisionType
  /** The answered entry. */
  answered?: string
  /** The offered entries. */
  chosen?: readonly string[]
  /** Ids in search order, whatever the decision. */
  ranked: readonly string[]
}

/** Percentages 0–100, but `n` and `mustEscalateAnswered`, which count. */
export interface Figures {
  n: number
  hit1: number
  hit3: number
  answered: number
  precision: number
  inScopeAnswered: number
  inScopeChosen: number
  outOfScopeAnswered: number
  mustEscalateAnswered: number
  escalatedRight: number
  repliedRight: number
}

/**
 * Measures the whole pipeline on labelled rows. `inScopeChosen` counts rows whose entry was among
 * the offered choices.
 */
export function evaluate(rows: readonly EvalRow[], decideFn: (q: string) => Outcome): Figures {
  const done = rows.map((row) => {
    const gold = row.expect.startsWith('faq:') ? row.expect.slice(4) : null
    return { kind: row.expect.split(':')[0]!, gold, ...decideFn(row.q) }
  })
  type Done = (typeof done)[number]
  const of = (...kinds: string[]) => done.filter((row) => kinds.includes(row.kind))
  const count = (among: readonly Done[], test: (row: Done) => boolean) => among.filter(test).length
  const isAnswer = (row: Done) => row.decision === 'answer'
  const isRight = (row: Done) => isAnswer(row) && row.answered === row.gold

  const inScope = of('faq')
  const outOfScope = of('refer', 'reply', 'unsure')
  const human = of('human')
  const fixed = of('refer', 'reply')
  const within = (first: number) => (row: Done) => row.ranked.slice(0, first).includes(row.gold!)
  const answers = count(done, isAnswer)
  return {
    n: done.length,
    hit1: percent(count(inScope, within(1)), inScope.length),
    hit3: percent(count(inScope, within(3)), inScope.length),
    answered: percent(answers, done.length),
    precision: answers === 0 ? 100 : percent(count(done, isRight), answers),
    inScopeAnswered: percent(count(inScope, isAnswer), inScope.length),
    inScopeChosen: percent(
      count(inScope, (row) => row.chosen?.includes(row.gold!) ?? false),
      inScope.length,
    ),
    outOfScopeAnswered: percent(count(outOfScope, isAnswer), outOfScope.length),
    mustEscalateAnswered: count(human, isAnswer),
    escalatedRight: percent(
      count(human, (row) => row.decision === 'escalate'),
      human.length,
    ),
    repliedRight: percent(
      count(fixed, (row) => row.decision === 'reply'),
      fixed.length,
    ),
  }
}
