import { useState } from 'preact/hooks'
import { isLarge, setLarge } from '../model/large.ts'
import { useModel } from './model-context.ts'
import { allWords } from './record-words.ts'

/** Seen by this person in this browser; a changed notice gets a new name and is shown again. */
const SEEN = 'privacy-1'

/** Large type, and what happens to one's words: unfolded until it has been acknowledged once. */
export function HomeFoot() {
  const model = useModel()
  const { widget } = allWords()
  const [large, turn] = useState(isLarge)
  const [open, setOpen] = useState(() => model.kept.get(SEEN) === undefined)
  const [first, setFirst] = useState(open)
  const acknowledge = () => {
    model.kept.put(SEEN, '1')
    setFirst(false)
    setOpen(false)
  }
  return (
    <section class="foot">
      {open && (
        <div class="card notice">
          <h3>{widget.privacyTitle}</h3>
          <p>
            <b>{widget.privacy}</b>
          </p>
          <details>
            <summary>{widget.privacyMore}</summary>
            <dl>
              {widget.privacyParts.map(([what, text]) => (
                <div key={what}>
                  <dt>{what}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
          </details>
          <button type="button" class="secondary wide" onClick={acknowledge}>
            {widget.privacySeen}
          </button>
        </div>
      )}
      {!open && <p class="privacy">{widget.privacy}</p>}
      <p class="ways">
        {!first && (
          <button type="button" class="inline" aria-expanded={open} onClick={() => setOpen(!open)}>
            {widget.privacyTitle}
          </button>
        )}
        <button
          type="button"
          class="inline"
          aria-pressed={large}
          onClick={() => {
            setLarge(model.host, !large)
            turn(!large)
          }}
        >
          {widget.largeType}
        </button>
      </p>
    </section>
  )
}
