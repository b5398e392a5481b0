import { answerable, firstReplyOf, type ThreadFacts, type Who } from '../facts.ts'
import type { RatioFigure } from '../figure.ts'
import { kept } from './promises.ts'

/** Grades from this one on are satisfied (五级评价: 非常满意、满意、基本满意). */
const SATISFIED = 3

/** Whether anybody has publicly answered it, and who first did. */
const repliedBy = (facts: ThreadFacts): Who | null => firstReplyOf(facts)?.metBy ?? null

export const response: RatioFigure = {
  name: 'response',
  kind: 'ratio',
  zh: {
    name: '响应率',
    text: '转到人工的咨询中（企业在首次答复前撤回的不计），已由工作人员公开答复的所占比例；已答复的计给首次答复人，未答复的计给现在的承办人或科室。',
  },
  en: {
    name: 'Response rate',
    text: 'Of the threads that went to a person (without those withdrawn before any reply), the share that an officer has publicly answered; credited to who first replied, else to who holds it now.',
  },
  of(facts) {
    if (facts.humanAt === null) return []
    const by = repliedBy(facts)
    if (by === null && facts.withdrawn) return []
    return [{ hit: by !== null, who: by ?? answerable(facts) }]
  },
}

export const onTime: RatioFigure = {
  name: 'on-time',
  kind: 'ratio',
  zh: {
    name: '按时首复率',
    text: '首次答复时限已有结果（已答复或已超时）的咨询中，在承诺时限内首次答复的所占比例；按时的计给答复人，超时的计给到期时的承办人或科室。',
  },
  en: {
    name: 'First replies on time',
    text: 'Of the threads whose first-reply clock is decided (answered or late), the share answered by its due time; credited to who replied, or if late to who held it when it fell due.',
  },
  of(facts, look) {
    const clock = firstReplyOf(facts)
    return clock ? kept(facts, clock, look.now) : []
  },
}

export const resolution: RatioFigure = {
  name: 'resolution',
  kind: 'ratio',
  zh: {
    name: '解决率',
    text: '转到人工的咨询中（企业撤回的不计），已办结且办结后未再重开的所占比例；办结的计给办结人，其余计给现在的承办人或科室。',
  },
  en: {
    name: 'Resolution rate',
    text: 'Of the threads that went to a person (without those withdrawn), the share that is resolved and was not reopened after it; credited to who resolved, else to who holds it now.',
  },
  of(facts) {
    if (facts.humanAt === null || facts.withdrawn) return []
    const last = facts.resolutions.at(-1)
    const hit = last !== undefined && !last.reopened
    return [{ hit, who: hit ? last.by : answerable(facts) }]
  },
}

export const satisfaction: RatioFigure = {
  name: 'satisfaction',
  kind: 'ratio',
  zh: {
    name: '满意率',
    text: '企业的全部评价中，三至五级（基本满意、满意、非常满意）所占比例；计给被评价的那次办结的办结人。',
  },
  en: {
    name: 'Satisfaction rate',
    text: 'Of all ratings, the share with grade 3, 4 or 5; credited to whose resolution was rated.',
  },
  of: ({ resolutions }) =>
    resolutions.flatMap(({ grade, by }) =>
      grade === null ? [] : [{ hit: grade >= SATISFIED, who: by }],
    ),
}

export const reopened: RatioFigure = {
  name: 'reopened',
  kind: 'ratio',
  zh: { name: '重开率', text: '全部办结中，办结后被企业重开的所占比例；计给那次办结的办结人。' },
  en: {
    name: 'Reopen rate',
    text: 'Of all resolutions, the share that the enterprise reopened; credited to who resolved.',
  },
  of: ({ resolutions }) =>
    resolutions.map((resolved) => ({ hit: resolved.reopened, who: resolved.by })),
}

export const reminded: RatioFigure = {
  name: 'reminded',
  kind: 'ratio',
  zh: {
    name: '催办率',
    text: '转到人工的咨询中，被企业催办过的所占比例；催办过的计给首次催办时的承办人或科室，其余计给现在的承办人或科室。',
  },
  en: {
    name: 'Reminder rate',
    text: 'Of the threads that went to a person, the share that the enterprise has reminded of; credited to who held it at the first reminder, else to who holds it now.',
  },
  of(facts) {
    if (facts.humanAt === null) return []
    const [first] = facts.reminders
    return [{ hit: first !== undefined, who: first?.who ?? answerable(facts) }]
  },
}
