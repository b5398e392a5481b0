import type { Locale } from '../../protocol/vocabulary.ts'
import { BRAND_DARK, BRAND_LIGHT, propertiesCss } from '../shared/brand.ts'
import { addSheet } from '../shared/sheet.ts'
import { launcherWords } from '../shared/wording/launcher.ts'
import type { ShouwenOptions } from './options.ts'
import css from './styles/launcher.css?inline'

export interface Launcher {
  root: ShadowRoot
  locale: Locale
  setUnread(n: number): void
  setOpen(open: boolean): void
  setBusy(busy: boolean): void
  setFailed(): void
  remove(): void
}

const BUBBLE =
  'M12 3.5c-5 0-9 3.3-9 7.6 0 2.5 1.4 4.7 3.5 6.1l-.6 3.3 3.5-1.9c.8.2 1.7.3 2.6.3 5 0 9-3.4 9-7.8s-4-7.6-9-7.6Z'

/** The host element with its shadow root, and the button in it. */
export function createLauncher(options: ShouwenOptions, onOpen: () => void): Launcher {
  const locale = options.locale ?? 'zh'
  const words = launcherWords[locale]
  const host = document.createElement('shouwen-widget')
  if (options.position === 'left') host.dataset.position = 'left'
  if (options.theme) host.dataset.theme = options.theme
  const root = host.attachShadow({ mode: 'open' })
  addSheet(root, propertiesCss(':host', BRAND_LIGHT, BRAND_DARK) + css)

  const label = element('span', 'label', words.label)
  const badge = element('span', 'badge', '')
  badge.hidden = true
  const button = element('button', 'launcher', '')
  button.setAttribute('type', 'button')
  button.setAttribute('aria-label', words.label)
  button.setAttribute('aria-haspopup', 'dialog')
  button.append(icon(), label, badge)
  button.addEventListener('click', onOpen)
  root.append(button)
  document.body.append(host)

  return {
    root,
    locale,
    setUnread(n) {
      badge.hidden = n === 0
      badge.textContent = n > 9 ? '9+' : String(n)
      button.setAttribute('aria-label', n === 0 ? words.label : words.unread(n))
    },
    setOpen(open) {
      button.hidden = open
      if (!open) button.focus({ preventScroll: true })
    },
    setBusy(busy) {
      button.toggleAttribute('aria-busy', busy)
      label.textContent = busy ? words.loading : words.label
    },
    setFailed() {
      button.removeAttribute('aria-busy')
      label.textContent = words.failed
    },
    remove: () => host.remove(),
  }
}

function element(name: string, className: string, text: string): HTMLElement {
  const made = document.createElement(name)
  made.className = className
  made.textContent = text
  return made
}

function icon(): SVGElement {
  const SVG = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', BUBBLE)
  svg.append(path)
  return svg
}
