import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleFilled,
  HourglassOutlined,
  PauseCircleOutlined,
  QuestionCircleOutlined,
} from '@ant-design/icons'
import type { ComponentType } from 'react'
import { momentText } from '../../shared/time.ts'
import { time } from '../../shared/wording/zh.ts'
import { type ClockReading, durationText, type Urgency } from '../desk/clocks.ts'
import { useNow } from '../shell/use-now.ts'
import { side, clock as words } from '../wording.ts'
import { clocks } from '../words.ts'

const ICONS: Record<Urgency, ComponentType> = {
  'in-time': ClockCircleOutlined,
  soon: HourglassOutlined,
  late: ExclamationCircleFilled,
  paused: PauseCircleOutlined,
  unscheduled: QuestionCircleOutlined,
  done: CheckCircleOutlined,
  missed: ExclamationCircleFilled,
}

/** “还剩 18 分钟 · 首次回复”: a word, an icon and a colour, never colour alone. */
export function ClockWords({ reading }: { reading: ClockReading }) {
  const now = useNow()
  const { clock, urgency } = reading
  const Icon = ICONS[urgency]
  const due = clock.dueAt && side.due(momentText(clock.dueAt, new Date(now), time))
  return (
    <span className={`clock ${urgency}`} title={due}>
      <span aria-hidden>
        <Icon />
      </span>
      <span>
        {readingText(reading)} · {clocks[clock.name]}
      </span>
    </span>
  )
}

export function readingText({ clock, urgency, left }: ClockReading): string {
  switch (urgency) {
    case 'in-time':
    case 'soon':
      return words.left(durationText(left))
    case 'late':
      return words.late(durationText(left))
    case 'paused':
      return words.paused
    case 'unscheduled':
      return words.unscheduled
    case 'missed':
      return words.missed
    case 'done':
      return clock.state === 'met' ? words.met : words.ended
  }
}
