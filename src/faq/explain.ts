import type { Explain } from '../protocol/http.ts'
import type { Reason } from '../protocol/vocabulary.ts'
import type { At } from './answer.ts'
import { namedSignals } from './confidence.ts'
import { servable } from './entry.ts'
import { namedFeatures } from './features.ts'
import { saidOf } from './said.ts'
import type { Judged } from './search.ts'

/** What settled a decision; each says it to staff. */
const WHY = {
  emergency: () => '命中应急规则，先给应急卡片并转人工。',
  rule: ({ rule }) => `命中规则 ${rule ?? ''}，不看检索结果。`,
  files: () => '带了附件，按个案转人工。',
  nothing: () => '没有检索到条目。',
  far: ({ confidence, choose }) => `第一名把握 ${confidence}，低于提示线 ${choose}，转人工。`,
  silenced: ({ first }) =>
    `最像的是 ${first ?? ''}，但它现在不能答（过期、依据废止或待审），转人工。`,
  sure: ({ confidence, answer }) => `第一名把握 ${confidence}，达到作答线 ${answer}，直接作答。`,
  between: ({ confidence, choose, answer }) =>
    `第一名把握 ${confidence}，在提示线 ${choose} 和作答线 ${answer} 之间，列出选项。`,
} as const satisfies Record<string, (facts: Facts) => string>

export type Why = keyof typeof WHY

interface Facts {
  confidence: number
  answer: number
  choose: number
  first: string | undefined
  rule: string | undefined
}

/** Candidates that staff are shown. */
const MAX_EXPLAINED = 10
/** Differences between the first two that the sentence names. */
const MAX_NAMED = 3

export const round = (x: number) => Math.round(x * 10_000) / 10_000

const rounded = (values: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, round(value)]))

/** What is asked of one candidate; the text only of what may be said to an enterprise now. */
function candidateOf(judged: Judged, { now, slots }: At): Explain['candidates'][number] {
  const { profile, score, confidence, features, signals } = judged
  const { entry } = profile.served
  return {
    id: entry.id,
    score: round(score),
    confidence: round(confidence),
    features: rounded(namedFeatures(features)),
    signals: rounded(namedSignals(signals)),
    ...(servable(entry, now) && saidOf(profile.served, slots)),
  }
}

type Candidate = Explain['candidates'][number]

/** Why the second is not the first: every feature in which they differ, the largest first. */
function secondOf([first, second]: readonly Candidate[]): Explain['second'] {
  if (!first || !second) return undefined
  const names = new Set([...Object.keys(first.features), ...Object.keys(second.features)])
  const differences = [...names]
    .map((feature) => {
      const [one, two] = [first.features[feature] ?? 0, second.features[feature] ?? 0]
      return { feature, first: one, second: two, by: round(one - two) }
    })
    .filter(({ by }) => by !== 0)
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by))
  const named = differences.slice(0, MAX_NAMED)
  const said = named.map(({ feature, by }) => `${feature} ${by > 0 ? '高' : '低'} ${Math.abs(by)}`)
  const behind = round(first.score - second.score)
  const text = `${first.id} 比 ${second.id} 高 ${behind} 分；${said.join('，') || '各项特征相同'}。`
  return { id: second.id, behind, differences, text }
}

/** Everything that led to a decision, for staff. */
export function explainOf(
  rules: { id: string; reason: Reason }[],
  found: readonly Judged[],
  at: At,
  settled: { why: Why; rule?: string },
): Explain {
  const candidates = found.slice(0, MAX_EXPLAINED).map((one) => candidateOf(one, at))
  const thresholds = { answer: round(at.weights.tauAnswer), choose: round(at.weights.tauChoose) }
  const [first] = candidates
  const { why: code, rule } = settled
  const facts = { confidence: first?.confidence ?? 0, ...thresholds, first: first?.id, rule }
  const second = secondOf(candidates)
  return {
    why: { code, text: WHY[code](facts), ...(rule !== undefined && { rule }) },
    rules,
    thresholds,
    candidates,
    ...(second && { second }),
  }
}
