import type { ThreadFacts, Who } from './facts.ts'

/** What of a period is looked at; an empty text stands for what has none. */
export interface Scope {
  /** The desks whose supervisor asks; everything, for an admin, without. */
  desks?: readonly string[] | undefined
  desk?: string | undefined
  officer?: string | undefined
  topic?: string | undefined
  district?: string | undefined
}

const fits = (wanted: string | undefined, is: string | null | undefined) =>
  wanted === undefined || wanted === (is ?? '')

/** Whether a case is to the credit of one who is looked at. */
export const isCredited = ({ desks, desk, officer }: Scope, who: Who): boolean =>
  (!desks || (who.desk !== null && desks.includes(who.desk))) &&
  fits(desk, who.desk) &&
  fits(officer, who.person?.id)

/** Whether a thread is about what is looked at, whoever did what in it. */
export const isAbout = ({ topic, district }: Scope, { thread }: ThreadFacts): boolean =>
  fits(topic, thread.topic) && fits(district, thread.enterprise.district)

/** Whether a thread stands in a list of threads: by who has it now. */
export const isListed = (scope: Scope, facts: ThreadFacts): boolean => {
  const { desk, owner } = facts.thread
  const person = owner && { id: owner.id, name: owner.name }
  return isAbout(scope, facts) && isCredited(scope, { person, desk })
}
