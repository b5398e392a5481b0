import type { ClockName } from '../../../protocol/vocabulary.ts'
import type { ThreadView } from '../../shared/thread-view.ts'
import { beforeText } from '../../shared/time.ts'
import { allWords } from './record-words.ts'

/** The promises to the enterprise, the nearest first. */
const TOLD: readonly ClockName[] = ['first-reply', 'next-reply', 'call-back', 'resolution']
const MINUTE_MS = 60_000
/** From here on the rest is counted in minutes: before, nights and lunch breaks lie between. */
const COUNTED_MINUTES = 60

/** “最迟 15:40 前首次回复，还剩 18 分钟”; undefined where nothing is promised. */
export function clockWords(view: ThreadView, now: Date) {
  const { widget, time } = allWords()
  for (const name of TOLD) {
    const clock = view.clocks[name]
    if (!clock) continue
    if (clock.pausedAt) return { mood: '', text: widget.clockPaused }
    if (!clock.dueAt) continue
    const left = Math.ceil((Date.parse(clock.dueAt) - now.getTime()) / MINUTE_MS)
    const before = beforeText(clock.dueAt, now, time)
    const what = widget.clockNames[name as keyof typeof widget.clockNames]
    if (left <= 0) return { mood: 'late', text: widget.clockLate(before, what) }
    if (left > COUNTED_MINUTES) return { mood: '', text: widget.clockDue(before, what) }
    return { mood: 'soon', text: widget.clockSoon(before, what, left) }
  }
  return undefined
}
