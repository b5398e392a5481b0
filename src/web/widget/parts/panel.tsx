import { useEffect, useRef } from 'preact/hooks'
import { Composer } from './composer.tsx'
import { Header } from './header.tsx'
import { Home } from './home.tsx'
import { useModel } from './model-context.ts'
import { Skeleton } from './skeleton.tsx'
import { Strip } from './strip.tsx'
import { useDraft } from './use-draft.ts'
import { FULL_SCREEN, useViewport } from './use-viewport.ts'

/** The open window: a card on a desk, the whole screen on a phone. */
export function Panel({ onClose }: { onClose(): void }) {
  const model = useModel()
  const { view, pages } = model.state
  const place = view.page === 'thread' ? view.key : 'home'
  const panel = useRef<HTMLElement>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useDraft(place)
  const composing = { field, text, setText }
  useViewport(panel)
  useFocus(panel, field, view.page)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.isComposing) {
      event.stopPropagation()
      onClose()
    } else if (event.key === 'Tab' && matchMedia(FULL_SCREEN).matches) keepInside(event)
  }
  return (
    <section
      class="panel"
      ref={panel}
      role="dialog"
      aria-label={model.words.widget.title}
      aria-modal={matchMedia(FULL_SCREEN).matches}
      onKeyDown={onKeyDown}
      // Without this the browser would leave the host page for the file.
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        const files = event.dataTransfer?.files
        if (files?.length && view.page !== 'mine') void model.files.pick(place, [...files])
      }}
    >
      <Header onClose={onClose} />
      <Strip />
      {view.page === 'home' && <Home />}
      {view.page !== 'home' && !pages && <Skeleton page />}
      {view.page === 'mine' && pages && <pages.Mine />}
      {view.page === 'thread' && pages && <pages.Escort id={view.key} />}
      {view.page === 'thread' && pages && (
        <pages.Thread
          key={view.key}
          id={view.key}
          onDiscard={(back) => text === '' && setText(back)}
        />
      )}
      {view.page === 'home' && (
        <Composer
          {...composing}
          place="home"
          placeholder={model.words.widget.askPlaceholder}
          suggest
          onSend={(said) => model.ask(said)}
        />
      )}
      {view.page === 'thread' && pages && <pages.Footer {...composing} />}
    </section>
  )
}

/**
 * Into the field where there is a keyboard; on a phone to the title, so that the screen keyboard
 * does not cover what was just opened.
 */
function useFocus(
  panel: { current: HTMLElement | null },
  field: { current: HTMLTextAreaElement | null },
  page: string,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another page moves the focus
  useEffect(() => {
    const keyboard = matchMedia('(hover: hover) and (pointer: fine)').matches
    const title = panel.current?.querySelector<HTMLElement>('h2')
    const target = keyboard && field.current ? field.current : title
    target?.focus({ preventScroll: true })
  }, [page])
}

/** On the whole screen the page behind cannot be seen, so Tab stays here. */
function keepInside(event: KeyboardEvent): void {
  const panel = event.currentTarget as HTMLElement
  const stops = [
    ...panel.querySelectorAll<HTMLElement>(
      'a[href], button:not(:disabled), textarea, input, summary, [tabindex="0"]',
    ),
  ]
  const active = (panel.getRootNode() as ShadowRoot).activeElement
  const [first, last] = [stops[0], stops[stops.length - 1]]
  const leaving = event.shiftKey ? active === first : active === last
  if (!leaving) return
  event.preventDefault()
  ;(event.shiftKey ? last : first)?.focus()
}
