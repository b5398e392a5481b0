import { Button } from 'antd'
import { useState } from 'react'
import { layOut } from '../../shared/answer-text.ts'
import { record, faq as words } from '../wording.ts'
import { Basis } from './basis.tsx'
import type { Candidate } from './faq-candidates.ts'

interface Props {
  candidate: Candidate
  onInsert(): void
}

/** One entry of the knowledge base: its question, its answer on demand, and the way into the reply. */
export function FaqCandidate({ candidate, onInsert }: Props) {
  const { question, answer, basis, confidence } = candidate
  const [open, setOpen] = useState(false)
  return (
    <article className="faq-candidate">
      <header>
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          <bdi>{question}</bdi>
        </button>
        <span className="muted">{record.confidence(Math.round(confidence * 100))}</span>
        <Button type="primary" ghost onClick={onInsert}>
          {words.insert}
        </Button>
      </header>
      <p className={open ? 'words' : 'words muted'}>
        <bdi>{open ? answer : layOut(answer).conclusion}</bdi>
      </p>
      {open && <Basis basis={basis} />}
    </article>
  )
}
