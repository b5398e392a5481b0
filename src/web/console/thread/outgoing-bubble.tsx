import { useEffect, useState } from 'react'
import type { Outgoing } from '../desk/outbox.ts'
import { useConsole, useDesk } from '../shell/console-context.ts'
import { record as words } from '../wording.ts'

/** An answer usually takes milliseconds; after this long the person may push. */
const HANGS_MS = 8000

interface Props {
  item: Outgoing
  onTakeBack(item: Outgoing): void
}

/** A reply or note without an ack: in sight until it is in the record. */
export function OutgoingBubble({ item, onTakeBack }: Props) {
  const kind = item.type === 'note' ? 'note-card' : 'bubble ours mine'
  return (
    <article className={`${kind} outgoing ${item.state}`}>
      <div className={item.type === 'say' ? 'bubble-body' : ''}>
        <p className="words">
          <bdi>{item.text}</bdi>
        </p>
      </div>
      <footer>
        <Delivery item={item} onTakeBack={onTakeBack} />
      </footer>
    </article>
  )
}

function Delivery({ item, onTakeBack }: Props) {
  const { desk } = useConsole()
  const online = useDesk((state) => state.status === 'online')
  const hangs = useHangs(item)
  const retry = () => desk.mailer.retry(item.id)
  if (item.state === 'failed') {
    return (
      <>
        {item.why && <span className="why">{item.why}</span>}
        <button type="button" className="link late" onClick={retry}>
          {words.failed}
        </button>
        <button type="button" className="link" onClick={() => onTakeBack(item)}>
          {words.toComposer}
        </button>
      </>
    )
  }
  if (!online) return <span>{words.waitingToSend}</span>
  if (!hangs) return <span>{words.sending}</span>
  return (
    <button type="button" className="link late" onClick={retry}>
      {words.hangs}
    </button>
  )
}

/** Has this try been under way for suspiciously long? */
function useHangs({ at, state }: Outgoing): boolean {
  const [hangs, setHangs] = useState(false)
  useEffect(() => {
    setHangs(false)
    if (state !== 'sending') return
    const timer = setTimeout(() => setHangs(true), Math.max(0, at + HANGS_MS - Date.now()))
    return () => clearTimeout(timer)
  }, [at, state])
  return hangs
}
