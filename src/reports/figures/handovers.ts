import { answerable, type ThreadFacts } from '../facts.ts'
import type { RatioFigure } from '../figure.ts'

/** Who held it, one after the other; somebody who gets it back stands there twice. */
export function chainOf({ spans }: ThreadFacts) {
  const held = spans.flatMap(({ state, who }) => (state === 'held' && who.person ? [who] : []))
  return held.filter((who, i) => who.person?.id !== held[i - 1]?.person?.id)
}

/** Holders from which on a chain is long. */
const LONG = 3

export const handedOn: RatioFigure = {
  name: 'handed-on',
  kind: 'ratio',
  zh: {
    name: '转办率',
    text: '有人承办过的咨询中，承办人变更过（转办、指派或重新受理）的所占比例；计给第一位承办人。',
  },
  en: {
    name: 'Handed on',
    text: 'Of the threads that somebody held, the share whose holder changed (handover, assignment, or a new claim); credited to the first holder.',
  },
  of(facts) {
    const [first, ...more] = chainOf(facts)
    return first ? [{ hit: more.length > 0, who: first }] : []
  },
}

export const longChain: RatioFigure = {
  name: 'long-chain',
  kind: 'ratio',
  zh: {
    name: '多次转手率',
    text: '有人承办过的咨询中，先后经过三手及以上的所占比例；计给现在的承办人或科室。',
  },
  en: {
    name: 'Long chains',
    text: 'Of the threads that somebody held, the share that went through three hands or more; credited to who holds it now.',
  },
  of(facts) {
    const { length } = chainOf(facts)
    return length === 0 ? [] : [{ hit: length >= LONG, who: answerable(facts) }]
  },
}

export const accepted: RatioFigure = {
  name: 'accepted',
  kind: 'ratio',
  zh: {
    name: '转办接收率',
    text: '已有结果的转办（接收、谢绝、撤回、逾期失效、被指派取代）中，被接收的所占比例；计给提出转办的人。',
  },
  en: {
    name: 'Handovers accepted',
    text: 'Of the offered handovers that are over (accepted, declined, withdrawn, lapsed, overtaken), the share that was accepted; credited to who offered.',
  },
  of: ({ handovers }) =>
    handovers.flatMap(({ end, from }) =>
      end === null ? [] : [{ hit: end === 'accepted', who: from }],
    ),
}
