import type { ThreadView } from '../../shared/thread-view.ts'
import { dateText, wallTime } from '../../shared/time.ts'
import type { ChatModel } from '../model/chat-model.ts'
import { allWords } from './record-words.ts'
import { stepsOf } from './steps.ts'

const CSS =
  'body{font:16px/1.7 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;' +
  'color:#000;background:#fff;max-width:42em;margin:2em auto;padding:0 1em}' +
  'h1{font-size:20px}h2{font-size:16px;margin:1.2em 0 0}p{white-space:pre-wrap;margin:.2em 0}' +
  'small{color:#444}'

/** One line of a sheet: a heading with words below it. */
export interface Part {
  title: string
  small?: string
  text?: string | undefined
}

/**
 * A sheet of its own in a new window, built without markup or inline style, and the print dialog.
 * False where the browser does not allow the window.
 */
export function printSheet(title: string, parts: readonly Part[]): boolean {
  const page = window.open('', '_blank')
  if (!page) return false
  const { document: doc } = page
  doc.title = title
  doc.body.append(made(doc, 'h1', title))
  for (const part of parts) {
    doc.body.append(made(doc, 'h2', part.title))
    if (part.small) doc.body.append(made(doc, 'small', part.small))
    if (part.text) doc.body.append(made(doc, 'p', part.text))
  }
  const Sheet = (page as unknown as { CSSStyleSheet: typeof CSSStyleSheet }).CSSStyleSheet
  if ('adoptedStyleSheets' in doc && 'replaceSync' in Sheet.prototype) {
    const sheet = new Sheet()
    sheet.replaceSync(CSS)
    doc.adoptedStyleSheets = [sheet]
  }
  page.print()
  return true
}

/** Everything that the person sees of a thread, with its times, in words. */
export function printRecord(model: ChatModel, id: string, view: ThreadView): boolean {
  const { time, widget } = allWords()
  const now = new Date()
  const parts = stepsOf(model, view).map(({ at, title, text }) => ({
    title,
    small: `${dateText(at, now, time)} ${wallTime(at).clock}`,
    text,
  }))
  const number = { title: widget.printNumber, text: id }
  return printSheet(model.state.threads[id]?.question ?? widget.title, [...parts, number])
}

function made(doc: Document, name: string, text: string): HTMLElement {
  const element = doc.createElement(name)
  element.textContent = text
  return element
}
