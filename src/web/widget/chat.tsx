import { render } from 'preact'
import { addSheet } from '../shared/sheet.ts'
import { themeCss } from '../shared/theme.ts'
import { loadWording } from '../shared/wording/index.ts'
import { ChatModel } from './model/chat-model.ts'
import type { Chat, Stage } from './options.ts'
import { setModel } from './parts/model-context.ts'
import { Panel } from './parts/panel.tsx'
import panel from './styles/panel.css?inline'

/** After a chunk did not come; the words of an `ask` wait in the outbox meanwhile. */
const PAGES_AGAIN_MS = 5000

/** Called once by the loader; from here on the connection lives, whether the panel is open or not. */
export async function mount(stage: Stage): Promise<Chat> {
  const words = await loadWording(stage.locale)
  addSheet(stage.root, themeCss(':host') + panel)
  const place = document.createElement('div')
  place.lang = stage.locale === 'zh' ? 'zh-CN' : 'en'
  stage.root.append(place)

  let asked = false
  let gone = false
  const draw = () => {
    asked = false
    if (gone) return
    render(model.state.open ? <Panel onClose={() => turn(false)} /> : null, place)
  }
  // A page of a replay changes the state two hundred times; one drawing is enough.
  const redraw = () => {
    if (asked) return
    asked = true
    queueMicrotask(draw)
  }
  const model = new ChatModel(stage, words, redraw)
  setModel(model)
  const turn = (open: boolean) => {
    if (model.state.open === open) return
    model.setOpen(open)
    draw()
    stage.onOpen(open)
  }
  const loadPages = async (): Promise<void> => {
    try {
      const pages = await import('./parts/pages.ts')
      await pages.loadWords(stage.locale, words)
      addSheet(stage.root, pages.css)
      model.set({ pages })
    } catch {
      if (!gone) setTimeout(() => void loadPages(), PAGES_AGAIN_MS)
    }
  }
  void loadPages()
  return {
    open: () => turn(true),
    close: () => turn(false),
    destroy() {
      gone = true
      model.destroy()
      render(null, place)
      place.remove()
    },
  }
}
