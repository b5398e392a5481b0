import { BookOutlined, LockOutlined, SendOutlined } from '@ant-design/icons'
import { Button, Input, Segmented } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { type KeyboardEvent, useRef } from 'react'
import { useConsole } from '../shell/console-context.ts'
import { type SendOn, useSendOn } from '../shell/preferences.ts'
import { useShortcut } from '../shell/shortcuts.ts'
import { composer as words } from '../wording.ts'
import { type Draft, lengthOf, type Mode } from './drafts.ts'

const TEXT_MAX = 4000
/** The count appears when it starts to matter. */
const COUNT_FROM = 3600

interface Props {
  thread: string
  /** Empty: this person may not write here. */
  modes: readonly Mode[]
  mode: Mode
  draft: Draft
  faqOpen: boolean
  onMode(mode: Mode): void
  onWrite(mode: Mode, text: string): void
  onFaq(): void
}

/** Where replies and notes are written; which of the two is never in doubt. */
export function Composer(props: Props) {
  const { mode } = props
  const { area, text, length, sendOn, ready, send, press, write } = useWriting(props)
  return (
    <div className={`composer ${mode}`}>
      <ComposerTools {...props} />
      <Input.TextArea
        ref={area}
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={press}
        placeholder={mode === 'reply' ? words.replyPlaceholder : words.notePlaceholder}
        aria-label={mode === 'reply' ? words.reply : words.note}
        autoSize={{ minRows: 2, maxRows: 10 }}
        status={length > TEXT_MAX ? 'error' : ''}
      />
      <div className="composer-foot">
        <span className={`muted hint ${length > COUNT_FROM ? '' : 'keys'}`}>
          {footText(length, sendOn)}
        </span>
        <Button
          type={mode === 'reply' ? 'primary' : 'default'}
          icon={mode === 'reply' ? <SendOutlined aria-hidden /> : <LockOutlined aria-hidden />}
          disabled={!ready}
          onClick={send}
        >
          {mode === 'reply' ? words.send : words.sendNote}
        </Button>
      </div>
    </div>
  )
}

/** The text of the chosen mode, its keys, and its way out. */
function useWriting({ thread, modes, mode, draft, onMode, onWrite }: Props) {
  const { desk } = useConsole()
  const sendOn = useSendOn()
  const area = useRef<TextAreaRef>(null)
  const text = draft[mode]
  const length = lengthOf(text)
  const ready = text.trim() !== '' && length <= TEXT_MAX

  const focus = (to: Mode) => {
    if (modes.includes(to)) onMode(to)
    area.current?.focus({ cursor: 'end' })
  }
  useShortcut('r', () => focus('reply'))
  useShortcut('n', () => focus('note'))

  const send = () => {
    if (!ready) return
    desk.mailer.send(mode === 'reply' ? 'say' : 'note', thread, text.trim())
    onWrite(mode, '')
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const leaves = event.key === 'Escape'
    if (!leaves && !sends(event, sendOn)) return
    event.preventDefault()
    if (leaves) area.current?.blur()
    else send()
  }
  const write = (value: string) => {
    onWrite(mode, value)
    if (mode === 'reply' && value.trim() !== '') desk.typing(thread)
  }
  return { area, text, length, sendOn, ready, send, press, write }
}

function ComposerTools({ modes, mode, faqOpen, onMode, onFaq }: Props) {
  const options = modes.map((value) => ({
    value,
    label: value === 'reply' ? words.reply : words.note,
    icon: value === 'note' ? <LockOutlined aria-hidden /> : undefined,
  }))
  return (
    <div className="composer-tools">
      <Segmented aria-label={words.kind} options={options} value={mode} onChange={onMode} />
      {modes.includes('reply') && (
        <Button
          type="text"
          icon={<BookOutlined aria-hidden />}
          aria-expanded={faqOpen}
          onClick={onFaq}
        >
          {words.faq}
        </Button>
      )}
    </div>
  )
}

/** Enter that picks a word of a Chinese input method is not for us. */
function sends(event: KeyboardEvent, sendOn: SendOn): boolean {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.keyCode === 229) return false
  return event.ctrlKey || event.metaKey || (sendOn === 'enter' && !event.shiftKey)
}

const MOD = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'

function footText(length: number, sendOn: SendOn): string {
  if (length > TEXT_MAX) return words.over(length - TEXT_MAX)
  if (length > COUNT_FROM) return words.left(TEXT_MAX - length)
  return sendOn === 'enter' ? words.enter : words.modEnter(MOD)
}
