import { useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Within this many pixels of the end somebody is reading the end. */
const NEAR_PX = 80
const MARGIN_PX = 12

/**
 * Keeps the newest in sight while the reader is at the end, and offers the way there otherwise.
 * A tall card (an answer) is shown from its top: the conclusion comes first.
 */
export function useFollow(
  ref: { current: HTMLDivElement | null },
  newest: string,
  caughtUp: boolean,
) {
  const atEnd = useRef(true)
  const [below, setBelow] = useState(false)

  const toEnd = () => {
    const box = ref.current
    if (!box) return
    const last = box.querySelector<HTMLElement>('.item:last-of-type')
    const tall = last && last.offsetHeight > box.clientHeight - NEAR_PX
    box.scrollTop = tall && isLast(box, last) ? last.offsetTop - MARGIN_PX : box.scrollHeight
    atEnd.current = true
    setBelow(false)
  }
  const onScroll = () => {
    const box = ref.current
    if (!box) return
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX
    if (atEnd.current) setBelow(false)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new is the only trigger
  useLayoutEffect(() => {
    if (atEnd.current || !caughtUp) toEnd()
    else setBelow(true)
  }, [newest, caughtUp])

  return { below, toEnd, onScroll }
}

const isLast = (box: HTMLElement, item: HTMLElement) =>
  item.offsetTop + item.offsetHeight > box.scrollHeight - NEAR_PX
