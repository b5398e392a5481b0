/** A desk, as routing and the interface know it. */
export interface Desk {
  id: string
  name: string
  /** FAQ topics whose questions it takes. */
  topics: readonly string[]
  /** Takes what no rule routes. */
  fallback: boolean
}

/**
 * Where a question goes: the desk that a matching entry names, else the one that takes its topic,
 * else the fallback. Null only where a bureau has no desk at all.
 */
export function routeTo(
  desks: readonly Desk[],
  question: { topic: string | null; desk?: string | undefined },
): string | null {
  const named = desks.find(({ id }) => id === question.desk)
  const byTopic = desks.find(
    ({ topics }) => question.topic !== null && topics.includes(question.topic),
  )
  const last = desks.find(({ fallback }) => fallback) ?? desks[0]
  return (named ?? byTopic ?? last)?.id ?? null
}
