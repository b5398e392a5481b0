import type { ClockName } from '../../protocol/vocabulary.ts'
import { answerableAt, type ClockStory, type ThreadFacts } from '../facts.ts'
import { type Case, NOBODY, type RatioFigure } from '../figure.ts'
import { isBroken } from '../spent.ts'

/** A decided clock as a case: kept, to whose credit who met it; or broken, by who held it when due. */
export function kept(facts: ThreadFacts, { fact, metBy }: ClockStory, now: number): Case[] {
  const broken = isBroken(fact, now)
  if (broken === null) return []
  const who = broken ? answerableAt(facts, Date.parse(fact.dueAt ?? '')) : (metBy ?? NOBODY)
  return [{ hit: !broken, who }]
}

const broken = (facts: ThreadFacts, names: readonly ClockName[], now: number): Case[] =>
  facts.clocks
    .filter(({ fact }) => names.includes(fact.name))
    .flatMap((clock) => kept(facts, clock, now))
    .map(({ hit, who }) => ({ hit: !hit, who }))

/** An offer that nobody answers lapses: that is no broken promise of its owner. */
const PROMISES = {
  'first-reply': { zh: '首次答复', en: 'first reply' },
  'next-reply': { zh: '后续答复', en: 'next reply' },
  resolution: { zh: '办结', en: 'resolution' },
  reminder: { zh: '答复催办', en: 'answer to a reminder' },
  supervision: { zh: '答复督办', en: 'answer to an order' },
  'call-back': { zh: '差评回访', en: 'call-back after a bad rating' },
} as const
const NAMES = Object.keys(PROMISES) as (keyof typeof PROMISES)[]

export const overdue: RatioFigure = {
  name: 'overdue',
  kind: 'ratio',
  zh: {
    name: '超时率',
    text: '全部已有结果的时限（首次答复、后续答复、办结、催办、督办、回访）中，超时的所占比例，依法依规中止的时间不计；超时的计给到期时的承办人或科室，按时的计给完成人。',
  },
  en: {
    name: 'Overdue',
    text: 'Of all promises that are decided (every clock but that of an offered handover), the share that was broken, pauses taken off; credited to who held the thread when it fell due, else to who kept it.',
  },
  of: (facts, { now }) => broken(facts, NAMES, now),
}

/** The same for each clock by itself. */
export const overdueBy: RatioFigure[] = NAMES.map((clock) => ({
  name: `overdue-${clock}`,
  kind: 'ratio',
  zh: {
    name: `${PROMISES[clock].zh}超时率`,
    text: `已有结果的“${PROMISES[clock].zh}”时限中超时的所占比例；归属同“超时率”。`,
  },
  en: {
    name: `Overdue: ${PROMISES[clock].en}`,
    text: `Of the decided promises of a ${PROMISES[clock].en}, the share that was broken; credited as under Overdue.`,
  },
  of: (facts, { now }) => broken(facts, [clock], now),
}))
