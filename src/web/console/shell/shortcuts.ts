import { useEffect, useRef } from 'react'

type Key = 'j' | 'k' | 'c' | 'r' | 'n' | '/' | 'Escape'

const TYPING = 'input, textarea, select, [contenteditable="true"]'
/** antd's dialogs, drawers and menus close themselves on Escape. */
const DIALOG =
  '.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open, .ant-dropdown:not(.ant-dropdown-hidden)'

/** Does this key press belong to a field, a dialog or the browser rather than to us? */
function isTaken(event: KeyboardEvent, key: Key): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true
  if (event.isComposing) return true
  if (document.querySelector(DIALOG)) return true
  const target = event.target as Element | null
  return key !== 'Escape' && target?.closest(TYPING) !== null && target !== null
}

/** One key, wherever the focus is, except while somebody writes or a dialog is open. */
export function useShortcut(key: Key, run: () => void, enabled = true): void {
  const latest = useRef(run)
  useEffect(() => {
    latest.current = run
  })
  useEffect(() => {
    if (!enabled) return
    const press = (event: KeyboardEvent) => {
      if (event.key !== key || isTaken(event, key)) return
      event.preventDefault()
      latest.current()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [key, enabled])
}
