import { useLayoutEffect } from 'preact/hooks'

/** The same condition as in the style sheet. */
export const FULL_SCREEN = '(max-width: 520px), (max-height: 480px)'

/**
 * A phone's screen keyboard covers a fixed element instead of shrinking it. The visual viewport
 * tells what is left; the panel is put there, and the host page is not touched.
 */
export function useViewport(panel: { current: HTMLElement | null }): void {
  useLayoutEffect(() => {
    const viewport = window.visualViewport
    if (!viewport) return
    const place = () => {
      const style = panel.current?.style
      style?.setProperty('--sw-top', `${viewport.offsetTop}px`)
      style?.setProperty('--sw-height', `${viewport.height}px`)
    }
    place()
    viewport.addEventListener('resize', place)
    viewport.addEventListener('scroll', place)
    return () => {
      viewport.removeEventListener('resize', place)
      viewport.removeEventListener('scroll', place)
    }
  }, [panel])
}
