import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Within this many pixels of the end somebody is reading the end. */
const NEAR_PX = 80
const MARGIN_PX = 12

/**
 * Keeps the newest in sight while the reader is at the end, and offers the way there otherwise.
 * `shown` counts what is on the screen. A tall card (an answer) is shown from its top: the
 * conclusion comes first. What comes of one's own doing (`moves`) is always followed.
 */
export function useFollow(
  ref: { current: HTMLDivElement | null },
  shown: number,
  caughtUp: boolean,
  moves: number,
) {
  const atEnd = useRef(true)
  const before = useRef({ shown: 0, height: 0, moves })
  const [below, setBelow] = useState(false)

  const toEnd = () => {
    const box = ref.current
    if (!box) return
    const top = fromItsTop(box)
    box.scrollTop = top ? top.offsetTop - MARGIN_PX : box.scrollHeight
    atEnd.current = true
    setBelow(false)
  }
  const onScroll = () => {
    const box = ref.current
    if (!box) return
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX
    if (atEnd.current) setBelow(false)
  }
  // After every drawing: a message that turns into a failed one grows without being new.
  useLayoutEffect(() => {
    const height = ref.current?.scrollHeight ?? 0
    const { shown: shownBefore, height: heightBefore, moves: movesBefore } = before.current
    const isNews = shown > shownBefore
    before.current = { shown, height, moves }
    if (moves !== movesBefore) atEnd.current = true
    if (isNews && !atEnd.current && caughtUp) setBelow(true)
    else if (isNews || (atEnd.current && height !== heightBefore)) toEnd()
  })
  // A strip above or a screen keyboard below takes room from the same end.
  useLayoutEffect(() => {
    const box = ref.current
    if (!box || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(() => {
      if (atEnd.current && !fromItsTop(box)) box.scrollTop = box.scrollHeight
    })
    observer.observe(box)
    return () => observer.disconnect()
  }, [ref])

  return { below, toEnd, onScroll }
}

/** What the end must not push out of sight: an emergency card, or a last card too tall to fit. */
function fromItsTop(box: HTMLElement): HTMLElement | undefined {
  const [last, before] = ([...box.children] as HTMLElement[]).reverse()
  const isAlarm = (item?: HTMLElement) => item?.querySelector('.emergency')
  const first = isAlarm(before) ? before : last
  const room = box.clientHeight - (first === before ? 0 : NEAR_PX)
  return first && box.scrollHeight - first.offsetTop > room ? first : undefined
}
