/** A desk, as routing and the interface know it. */
export interface Desk {
  id: string
  name: string
  /** FAQ topics whose questions it takes. */
  topics: readonly string[]
  /** Where its enterprises are and what they make; empty: anywhere, anything. */
  districts: readonly string[]
  industries: readonly string[]
  /** Takes what no rule routes. */
  fallback: boolean
  /** Working time of its own; null: the calendar's. */
  hours: { from: string; to: string }[] | null
  /** Who is told of what is overdue; null: every administrator. */
  lead: string | null
}

/** What a question goes by; `desk` where the matching entry names one. */
export interface Question {
  topic: string | null
  desk?: string | undefined
  enterprise?: { district?: string | undefined; industry?: string | undefined } | undefined
}

/** The rules of a desk that fit; null where one of them does not. */
function fitting(list: readonly string[], value: string | undefined): 0 | 1 | null {
  if (list.length === 0) return 0
  return value !== undefined && list.includes(value) ? 1 : null
}

/** How closely a desk is made for this enterprise; null where it is for others. */
function closeness({ districts, industries }: Desk, { enterprise }: Question): number | null {
  const byDistrict = fitting(districts, enterprise?.district)
  const byIndustry = fitting(industries, enterprise?.industry)
  return byDistrict === null || byIndustry === null ? null : byDistrict + byIndustry
}

/** The desk that is made most closely for the enterprise, the first of equals. */
function closest(desks: readonly Desk[], question: Question, atLeast: number): Desk | undefined {
  let best: { desk: Desk; by: number } | undefined
  for (const desk of desks) {
    const by = closeness(desk, question)
    if (by !== null && by >= atLeast && (best === undefined || by > best.by)) best = { desk, by }
  }
  return best?.desk
}

/**
 * Where a question goes: the desk that a matching entry names; else, of those that take its topic,
 * the one made for the enterprise's district and industry; else one made for these, whatever the
 * topic; else the fallback. Null only where a bureau has no desk at all.
 */
export function routeTo(desks: readonly Desk[], question: Question): string | null {
  const { topic } = question
  const named = desks.find(({ id }) => id === question.desk)
  const ofTopic = desks.filter(({ topics }) => topic !== null && topics.includes(topic))
  const general = desks.filter(({ topics }) => topics.length === 0)
  const found =
    named ??
    closest(ofTopic, question, 0) ??
    closest(general, question, 1) ??
    desks.find(({ fallback }) => fallback) ??
    desks[0]
  return found?.id ?? null
}
