import { useEffect, useState } from 'preact/hooks'
import { useModel } from './model-context.ts'

/** A blink of the line is no news; only an absence of this long is told. */
const PATIENCE_MS = 1500

/** How the connection stands, when it does not. */
export function Strip() {
  const { state, words } = useModel()
  const { status, why, wasOnline } = state
  const away = status !== 'online'
  const [told, setTold] = useState(false)
  useEffect(() => {
    if (!away) return setTold(false)
    const timer = setTimeout(() => setTold(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [away])
  const { widget } = words
  if (status === 'ended') {
    const other = widget.endedPerson
    const expired = why?.startsWith('token') || why === 'not-signed-in' || why === '4401'
    return (
      <div class="strip bad" role="alert">
        <span>{why === 'stopped' ? other : expired ? widget.endedToken : widget.endedOther}</span>
        <button type="button" class="inline" onClick={() => location.reload()}>
          {widget.reload}
        </button>
      </div>
    )
  }
  // The region stays, so that a screen reader hears what comes into it.
  const text =
    why === 'token' ? widget.noToken : wasOnline || why ? widget.offline : widget.connecting
  return (
    <div class={told && away ? 'strip' : 'hidden'} role="status">
      {told && away && text}
    </div>
  )
}
