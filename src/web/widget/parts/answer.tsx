import { useState } from 'preact/hooks'
import type { Basis } from '../../../protocol/entries.ts'
import { layOut } from '../../shared/answer-text.ts'
import type { ItemOf } from '../../shared/thread-items.ts'
import { Corrected } from './corrected.tsx'
import { Icon } from './icons.tsx'
import { useModel } from './model-context.ts'
import { allWords } from './record-words.ts'
import { Blocks, Text } from './text.tsx'

type Answer = ItemOf<'answer'>

/** Conclusion first, then what to do, then what it rests on; always marked as the machine's. */
export function AnswerCard(props: { item: Answer; thread: string; asked: string | undefined }) {
  const { item, thread, asked } = props
  const { widget } = allWords()
  const { conclusion, body, basis, note } = layOut(item.text)
  return (
    <article class="card machine">
      <header class="by">
        <span class="tag">{widget.machine}</span>
        {/* Which curated question was answered, where it is not the asker's own. */}
        {item.question !== asked && <span class="muted">{item.question}</span>}
      </header>
      <Corrected correction={item.corrected}>
        <p class="conclusion">
          <Text text={conclusion} />
        </p>
        <Blocks blocks={body} />
      </Corrected>
      <BasisList basis={item.basis} text={basis} />
      <p class="note">{note ?? widget.machineNote}</p>
      <Actions item={item} thread={thread} />
    </article>
  )
}

function BasisList({ basis, text }: { basis: readonly Basis[]; text: string | undefined }) {
  const { widget } = allWords()
  if (basis.length === 0) return text ? <p class="note">{text}</p> : null
  return (
    <details class="basis">
      <summary>
        {widget.basis(basis.length)}
        <Icon name="chevron" />
      </summary>
      <ul>
        {basis.map(({ title, number, article, issuer, effective, status }) => (
          <li key={`${title}${article}`}>
            <b>《{title.replace(/^《|》$/g, '')}》</b>
            {article && <span> {article}</span>}
            <span class="muted">
              {[
                number,
                issuer,
                effective && widget.basisInForce(effective),
                widget.basisStatus[status],
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      {text && <p class="note">{text}</p>}
    </details>
  )
}

function Actions({ item, thread }: { item: Answer; thread: string }) {
  const model = useModel()
  const { widget } = allWords()
  const [busy, setBusy] = useState(false)
  const judge = (helpful: boolean) => model.act({ type: 'judge', thread, seq: item.seq, helpful })
  const escalate = async () => {
    setBusy(true)
    if (!(await model.act({ type: 'escalate', thread }))) setBusy(false)
  }
  return (
    <footer class="actions">
      <button type="button" aria-pressed={item.helpful === true} onClick={() => judge(true)}>
        {widget.helpful}
      </button>
      <button type="button" aria-pressed={item.helpful === false} onClick={() => judge(false)}>
        {widget.notHelpful}
      </button>
      <CopyButton text={item.text} />
      {item.helpful !== undefined && <span class="muted">{widget.thanks}</span>}
      {item.newest && (
        <button type="button" class="secondary wide" disabled={busy} onClick={escalate}>
          <Icon name="person" />
          {widget.toHuman}
        </button>
      )}
    </footer>
  )
}

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { widget } = allWords()
  const [said, setSaid] = useState<string>()
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setSaid(widget.copied)
    } catch {
      // Plain http and some web views have no clipboard.
      setSaid(widget.copyFailed)
    }
  }
  return (
    <button type="button" onClick={copy}>
      <Icon name="copy" />
      <span role="status">{said ?? label ?? widget.copy}</span>
    </button>
  )
}
