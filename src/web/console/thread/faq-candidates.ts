import type { Explain, FaqHit, FaqSearch } from '../../../protocol/http.ts'
import { faq as words } from '../wording.ts'
import { citation } from './basis.tsx'

/** A candidate of the search; its text where the server sent it. */
export type Candidate = Explain['candidates'][number] &
  Partial<Pick<FaqHit, 'question' | 'answer' | 'basis' | 'version'>>

/** What the search considered, the most confident first, with the texts of the hits. */
export function candidatesOf({ hits, explain }: FaqSearch): Candidate[] {
  const texts = new Map(hits.map((hit) => [hit.id, hit]))
  const candidates: Candidate[] = (explain?.candidates ?? []).map((candidate) => ({
    ...texts.get(candidate.id),
    ...candidate,
  }))
  const known = new Set(candidates.map(({ id }) => id))
  const rest = hits.filter((hit) => !known.has(hit.id))
  return [...candidates, ...rest.map((hit) => ({ ...hit, confidence: 0, features: {} }))].sort(
    (a, b) => b.confidence - a.confidence,
  )
}

/** The answer as a reply: the curated words, then what they rest on. */
export function replyFrom({ answer = '', basis = [] }: Candidate): string {
  if (basis.length === 0) return answer
  return `${answer}\n\n${words.basisLine(basis.map(citation).join('；'))}`
}
