import { RobotOutlined } from '@ant-design/icons'
import { type ReactNode, useState } from 'react'
import { layOut } from '../../shared/answer-text.ts'
import type { OpenEntry } from '../../shared/thread-fold.ts'
import { record as words } from '../wording.ts'
import { Basis } from './basis.tsx'
import type { Line } from './lines.ts'
import { Moment } from './moment.tsx'

interface CardProps {
  line: Line
  label: string
  extra?: string
  children: ReactNode
}

/** What the machine said to the enterprise; it never passes for a person. */
function BotCard({ line, label, extra, children }: CardProps) {
  return (
    <article className="bot-card" aria-label={label}>
      <header>
        <RobotOutlined aria-hidden /> {label}
        {extra && <span className="card-extra">{extra}</span>}
      </header>
      {children}
      <footer>
        <Moment line={line} />
      </footer>
    </article>
  )
}

const percent = (confidence: number) => words.confidence(Math.round(confidence * 100))

export function BotAnswer({ line, entry }: { line: Line; entry: OpenEntry<'answered'> }) {
  const { question, answer, basis, version, confidence } = entry.body
  // What was said is in the record in full; an officer in a hurry reads the conclusion.
  const [open, setOpen] = useState(false)
  const { conclusion } = layOut(answer)
  return (
    <BotCard
      line={line}
      label={words.machine}
      extra={`${words.version(version)} · ${percent(confidence)}`}
    >
      <p className="bot-question">
        <bdi>{question}</bdi>
      </p>
      <p className="words">
        <bdi>{open ? answer : conclusion}</bdi>
      </p>
      {open && <Basis basis={basis} />}
      <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? words.showLess : words.showAll}
      </button>
    </BotCard>
  )
}

export function BotChoices({ line, entry }: { line: Line; entry: OpenEntry<'offered'> }) {
  const { choices, confidence } = entry.body
  return (
    <BotCard line={line} label={words.machineChoices} extra={percent(confidence)}>
      <ul className="bot-choices">
        {choices.map((choice) => (
          <li key={choice.id}>
            <bdi>{choice.question}</bdi>
          </li>
        ))}
      </ul>
    </BotCard>
  )
}

export function BotReply({ line, entry }: { line: Line; entry: OpenEntry<'replied'> }) {
  const { text, refer } = entry.body
  return (
    <BotCard line={line} label={words.machineReply}>
      <p className="words">
        <bdi>{text}</bdi>
      </p>
      {refer && (
        <p className="words">
          <bdi>{refer.to}</bdi>：<bdi>{refer.text}</bdi>
        </p>
      )}
    </BotCard>
  )
}
