/** `/widget.js`: a button, and the chat only when somebody wants it. */
import { createLauncher, type Launcher } from './launcher.ts'
import { type Chat, fromScript, type ShouwenApi, type ShouwenOptions } from './options.ts'

const script = document.currentScript as HTMLScriptElement | null
const server = new URL(script?.src ?? location.href).origin
/** Set by the chat while a thread is open: then it is loaded early, to tell of replies. */
const WAITING_KEY = 'shouwen:waiting'

let launcher: Launcher | undefined
let chat: Promise<Chat> | undefined
let options: ShouwenOptions | undefined

function load(): Promise<Chat> {
  const { root, setUnread, setOpen, locale } = launcher!
  chat ??= import(/* @vite-ignore */ `${server}${__CHAT__}`).then(({ mount }) =>
    mount({ root, server, options, locale, onUnread: setUnread, onOpen: setOpen }),
  )
  return chat
}

async function open(): Promise<void> {
  if (!launcher) return
  launcher.setBusy(true)
  try {
    const loaded = await load()
    launcher?.setBusy(false)
    loaded.open()
  } catch {
    chat = undefined
    launcher?.setFailed()
  }
}

function start(given: ShouwenOptions): void {
  if (launcher) return
  options = given
  launcher = createLauncher(given, () => void open())
  if (waitsForReply()) {
    const idle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 2000))
    idle(() => void (launcher && load().catch(() => (chat = undefined))))
  }
}

function waitsForReply(): boolean {
  try {
    return localStorage.getItem(WAITING_KEY) !== null
  } catch {
    return false
  }
}

const api: ShouwenApi = {
  init: (given) => whenBody(() => start(given)),
  open: () => void open(),
  close: () => void chat?.then((loaded) => loaded.close()),
  destroy() {
    void chat?.then((loaded) => loaded.destroy())
    launcher?.remove()
    chat = launcher = options = undefined
  },
}

function whenBody(run: () => void): void {
  if (document.body) run()
  else document.addEventListener('DOMContentLoaded', run, { once: true })
}

const page = window as Window & { Shouwen?: ShouwenApi }
// A page that carries the tag twice gets one widget.
if (!page.Shouwen) {
  page.Shouwen = api
  const given = fromScript(script?.dataset ?? {})
  if (given) api.init(given)
}
