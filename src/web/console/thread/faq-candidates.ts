import type { Basis } from '../../../protocol/entries.ts'
import type { Explain, FaqHit, FaqSearch } from '../../../protocol/http.ts'
import { layOut } from '../../shared/answer-text.ts'
import { faq as words } from '../wording.ts'
import { citation } from './citation.ts'

/** An entry that an officer may quote, and how sure the search is that it fits. */
export interface Candidate {
  id: string
  question: string
  answer: string
  basis: readonly Basis[]
  confidence: number
}

/** The server explains every candidate, and sends texts with some of them. */
type Explained = Explain['candidates'][number] & Partial<Pick<FaqHit, (typeof TEXTS)[number]>>
const TEXTS = ['question', 'answer', 'basis'] as const

/** What the search considered and can be quoted, the most confident first. */
export function candidatesOf({ hits, explain }: FaqSearch): Candidate[] {
  const explained: readonly Explained[] = explain?.candidates ?? []
  const confidences = new Map(explained.map(({ id, confidence }) => [id, confidence]))
  const texts = new Map<string, Candidate>()
  for (const one of [...hits, ...explained]) {
    const { id, question, answer, basis = [] } = one
    if (!question || !answer || texts.has(id)) continue
    texts.set(id, { id, question, answer, basis, confidence: confidences.get(id) ?? 0 })
  }
  return [...texts.values()].sort((a, b) => b.confidence - a.confidence)
}

/** The answer as a reply: the curated words, and what they rest on unless they say it themselves. */
export function replyFrom({ answer, basis }: Candidate): string {
  if (basis.length === 0 || layOut(answer).basis !== undefined) return answer
  return `${answer}\n\n${words.basisLine(basis.map(citation).join('；'))}`
}
