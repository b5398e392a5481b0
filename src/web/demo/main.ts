/** The mock host platform: who is signed in, and the one script tag that a host page needs. */
import { demo as words } from '../shared/wording/zh.ts'

interface DemoEnterprise {
  id: string
  uscc: string
  name: string
  district: string
  industry: string
  person: string
}

async function start(): Promise<void> {
  const picker = document.querySelector<HTMLSelectElement>('#enterprise')!
  try {
    const response = await fetch('/demo/enterprises')
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    const all = (await response.json()) as DemoEnterprise[]
    const wanted = new URLSearchParams(location.search).get('enterprise')
    const chosen = all.find(({ id }) => id === wanted) ?? all[0]!
    fillPicker(picker, all, chosen)
    showFacts(chosen)
    embed(chosen)
    setInterval(() => void showInbox(), LOOK)
    await showInbox()
  } catch {
    document.querySelector('#who')!.textContent = words.failed
  }
}

function fillPicker(picker: HTMLSelectElement, all: DemoEnterprise[], chosen: DemoEnterprise) {
  picker.replaceChildren(
    ...all.map(({ id, name, person }) => {
      const option = new Option(words.hello(person, name), id)
      option.selected = id === chosen.id
      return option
    }),
  )
  picker.disabled = false
  // A reload, as a real sign-in would be: the widget never changes its person on a live page.
  picker.addEventListener('change', () => {
    location.search = new URLSearchParams({ enterprise: picker.value }).toString()
  })
}

function showFacts(chosen: DemoEnterprise): void {
  document.querySelector('#who')!.textContent = words.hello(chosen.person, chosen.name)
  const values = [chosen.name, chosen.uscc, chosen.district, chosen.industry]
  document.querySelectorAll('#enterprise-facts dd').forEach((cell, i) => {
    cell.textContent = values[i] ?? '—'
  })
}

/** What a host page writes into its HTML, with its own address of the token. */
function embed({ id }: DemoEnterprise): void {
  const script = document.createElement('script')
  script.src = '/widget.js'
  script.dataset.tokenUrl = `/demo/token?${new URLSearchParams({ enterprise: id })}`
  const locale = new URLSearchParams(location.search).get('locale')
  if (locale) script.dataset.locale = locale
  document.body.append(script)
}

/** Milliseconds between two looks at what the host platform was told. */
const LOOK = 3_000
const SHOWN = 6
const CLOCK = new Intl.DateTimeFormat('zh-CN', { timeStyle: 'short', timeZone: 'Asia/Shanghai' })

interface Told {
  arrivedAt: string
  data: { audience: 'enterprise' | 'staff'; text: string }
}

/** What would leave as a short message now; a look that fails leaves what was there. */
async function showInbox(): Promise<void> {
  const response = await fetch('/demo/inbox').catch(() => null)
  if (!response?.ok) return
  const all = (await response.json()) as Told[]
  const items = all.slice(0, SHOWN).map(({ arrivedAt, data }) => {
    const item = document.createElement('li')
    const time = document.createElement('time')
    time.textContent = CLOCK.format(new Date(arrivedAt))
    item.append(`${words.told[data.audience]}：${data.text}`, time)
    return item
  })
  if (items.length === 0) return
  document.querySelector('#inbox ul')!.replaceChildren(...items)
}

void start()
