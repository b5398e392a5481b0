import { Button } from 'antd'
import { useState } from 'react'
import { record, faq as words } from '../wording.ts'
import { Basis } from './basis.tsx'
import type { Candidate } from './faq-candidates.ts'

/** One entry of the knowledge base: its question, its answer on demand, and the way into the reply. */
export function FaqCandidate({ candidate, onInsert }: { candidate: Candidate; onInsert(): void }) {
  const { id, question, answer, basis = [], confidence } = candidate
  const [open, setOpen] = useState(false)
  return (
    <article className="faq-candidate">
      <header>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          disabled={!answer}
        >
          <bdi>{question ?? id}</bdi>
        </button>
        <span className="muted">{record.confidence(Math.round(confidence * 100))}</span>
        {answer ? (
          <Button size="small" type="primary" ghost onClick={onInsert}>
            {words.insert}
          </Button>
        ) : (
          <span className="muted">{words.candidate}</span>
        )}
      </header>
      {answer && (
        <p className={`words ${open ? '' : 'clamped'}`}>
          <bdi>{answer}</bdi>
        </p>
      )}
      {open && <Basis basis={basis} />}
    </article>
  )
}
