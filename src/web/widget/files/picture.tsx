import { useEffect, useRef } from 'preact/hooks'
import { draw } from './shrink.ts'

export const isPicture = (type: string) => /^image\/(png|jpeg|webp)$/.test(type)

interface Props {
  blob: Blob
  name: string
  /** Longer side, px. */
  edge: number
  onFailed?(): void
}

/** On a canvas: a host's content policy may forbid pictures from `blob:` addresses. */
export function Picture({ blob, name, edge, onFailed }: Props) {
  const ref = useRef<HTMLCanvasElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another picture is drawn again
  useEffect(() => {
    let gone = false
    createImageBitmap(blob).then(
      (bitmap) => !gone && ref.current && draw(ref.current, bitmap, edge),
      () => !gone && onFailed?.(),
    )
    return () => {
      gone = true
    }
  }, [blob, edge])
  return <canvas ref={ref} class="picture" role="img" aria-label={name} />
}
