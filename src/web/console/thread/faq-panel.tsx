import { CloseOutlined } from '@ant-design/icons'
import { Button, Empty, Input, Spin } from 'antd'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useConsole } from '../shell/console-context.ts'
import { app, faq as words } from '../wording.ts'
import { FaqCandidate } from './faq-candidate.tsx'
import { type Candidate, candidatesOf, replyFrom } from './faq-candidates.ts'

interface Props {
  question: string
  onInsert(text: string): void
  onClose(): void
}

type Found =
  | { state: 'searching' }
  | { state: 'failed' }
  | { state: 'found'; candidates: readonly Candidate[] }

/** The knowledge base beside the reply: search, read, insert with its basis. */
export function FaqPanel({ question, onInsert, onClose }: Props) {
  const [q, setQ] = useState(question)
  const { found, search } = useFaqSearch(question)
  return (
    <section
      className="faq-panel"
      aria-label={words.title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        onClose()
      }}
    >
      <header>
        <Input.Search
          value={q}
          onChange={(event) => setQ(event.target.value)}
          onSearch={search}
          placeholder={words.placeholder}
          aria-label={words.placeholder}
          autoFocus
        />
        <Button
          type="text"
          icon={<CloseOutlined aria-hidden />}
          aria-label={app.close}
          onClick={onClose}
        />
      </header>
      <div className="faq-found" aria-live="polite">
        <FoundEntries found={found} onRetry={() => search(q)} onInsert={onInsert} />
      </div>
    </section>
  )
}

interface FoundProps {
  found: Found
  onRetry(): void
  onInsert(text: string): void
}

function FoundEntries({ found, onRetry, onInsert }: FoundProps) {
  if (found.state === 'searching') return <Spin />
  if (found.state === 'failed') {
    return (
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.failed}>
        <Button onClick={onRetry}>{app.retry}</Button>
      </Empty>
    )
  }
  if (found.candidates.length === 0) {
    return (
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={words.empty}>
        <p className="muted">{words.emptyHint}</p>
      </Empty>
    )
  }
  return found.candidates.map((one) => (
    <FaqCandidate key={one.id} candidate={one} onInsert={() => onInsert(replyFrom(one))} />
  ))
}

function useFaqSearch(first: string) {
  const { api } = useConsole()
  const [found, setFound] = useState<Found>({ state: 'found', candidates: [] })
  const running = useRef<AbortController>(undefined)
  const search = useCallback(
    async (q: string) => {
      running.current?.abort()
      if (q.trim() === '') return
      const control = new AbortController()
      running.current = control
      setFound({ state: 'searching' })
      try {
        const result = await api.searchFaq(q.trim(), control.signal)
        setFound({ state: 'found', candidates: candidatesOf(result) })
      } catch {
        if (!control.signal.aborted) setFound({ state: 'failed' })
      }
    },
    [api],
  )
  // Only the question that stood there when the panel was opened is searched by itself.
  const opening = useRef(first)
  useEffect(() => {
    void search(opening.current)
    return () => running.current?.abort()
  }, [search])
  return { found, search: (q: string) => void search(q) }
}
