import { clockOf, firstReplyOf, type Span, type ThreadFacts } from '../facts.ts'
import { NOBODY, type Timed, type TimeFigure } from '../figure.ts'
import { type Look, spent, standstills, timeOf } from '../spent.ts'

export const firstReplyTime: TimeFigure = {
  name: 'first-reply-time',
  kind: 'time',
  zh: {
    name: '首次答复用时',
    text: '从转到人工到工作人员首次公开答复（受理不算答复）；工作用时扣除中止和非工作时间，自然用时不扣除；计给答复人。',
  },
  en: {
    name: 'Time to the first reply',
    text: 'From going to a person to the first public reply of an officer (a claim is none); working time without pauses, and elapsed time with everything; credited to who replied.',
  },
  of(facts, look) {
    const clock = firstReplyOf(facts)
    const time = timeOf(clock?.fact, look)
    return time ? [{ spent: time, who: clock?.metBy ?? NOBODY }] : []
  },
}

export const resolutionTime: TimeFigure = {
  name: 'resolution-time',
  kind: 'time',
  zh: {
    name: '办结用时',
    text: '从转到人工（重开的从重开）到办结，每次办结各计一次；工作用时扣除中止和非工作时间，自然用时不扣除；计给办结人。',
  },
  en: {
    name: 'Time to resolution',
    text: 'From going to a person, or from a reopening, to each resolution; working time without pauses, and elapsed time with everything; credited to who resolved.',
  },
  of: (facts, look) =>
    facts.resolutions.flatMap(({ clock, by }) => {
      const fact = clock === null ? undefined : clockOf(facts, 'resolution', clock)?.fact
      const time = timeOf(fact, look)
      return time ? [{ spent: time, who: by }] : []
    }),
}

export const queueTime: TimeFigure = {
  name: 'queue-time',
  kind: 'time',
  zh: {
    name: '待受理用时',
    text: '咨询在科室队列中等待受理的每一段时间，含仍在等待的；计给该科室。',
  },
  en: {
    name: 'Time in the queue',
    text: 'Every stretch in which a thread waited in a desk’s queue, those that still wait among them; credited to the desk.',
  },
  of: (facts, look) => stretches(facts, 'waiting', look),
}

export const holdingTime: TimeFigure = {
  name: 'holding-time',
  kind: 'time',
  zh: {
    name: '承办用时',
    text: '每位承办人每一段持有咨询的时间，含仍在承办的；工作用时扣除办结时限中止的时间和非工作时间；计给当时的承办人。',
  },
  en: {
    name: 'Time held',
    text: 'Every stretch in which an officer held a thread, those that he still holds among them; working time without the pauses of the resolution clock; credited to that officer.',
  },
  of: (facts, look) => stretches(facts, 'held', look),
}

export function stretches(facts: ThreadFacts, state: Span['state'], look: Look): Timed[] {
  const pauses = standstills(facts, look.now)
  return facts.spans
    .filter((span) => span.state === state)
    .map(({ from, to, who }) => ({
      spent: spent({ from, to: to ?? look.now }, pauses, look.calendar),
      who,
    }))
}
