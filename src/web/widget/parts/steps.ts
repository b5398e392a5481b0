import type { Item } from '../../shared/thread-items.ts'
import type { ThreadView } from '../../shared/thread-view.ts'
import type { ChatModel } from '../model/chat-model.ts'
import { milestoneText } from './events.tsx'
import { deskName } from './model-context.ts'
import { allWords } from './record-words.ts'

export interface Step {
  seq: number
  at: string
  title: string
  /** What was said, word for word. */
  text?: string | undefined
}

/** All that has happened in a thread, one line for each. */
export function stepsOf(model: ChatModel, view: ThreadView): Step[] {
  return view.items.map((item) => ({ seq: item.seq, at: item.at, ...told(model, item, view) }))
}

function told(
  model: ChatModel,
  item: Item,
  view: ThreadView,
): { title: string; text?: string | undefined } {
  const { widget } = allWords()
  switch (item.type) {
    case 'message': {
      const names = item.files.map(({ name }) => name).join('、')
      const text = [item.corrected?.text ?? item.text, names].filter(Boolean).join('\n')
      if (item.side !== 'officer') return { title: widget.stepSaid(item.name ?? widget.me), text }
      return { title: widget.stepReplied(item.name ?? '', deskName(model, item.desk, view)), text }
    }
    case 'answer':
      return { title: widget.machine, text: item.corrected?.text ?? item.text }
    case 'choices':
      return { title: widget.stepOffered }
    case 'reply':
      return { title: widget.machine, text: item.corrected?.text ?? item.text }
    case 'escalated':
      return { title: widget.escalated(deskName(model, item.desk, view)), text: item.promise }
    case 'emergency':
      return { title: widget.emergencyTitle, text: item.text }
    case 'notice': {
      const { items, steps, window: where, limit } = item.notice
      return { title: widget.notice, text: [...items, ...steps, where, limit].join('\n') }
    }
    case 'resolved':
      return {
        title: widget.resolvedBy(item.name ?? ''),
        text: item.corrected?.text ?? item.summary,
      }
    case 'removed':
      return { title: widget.removed }
    case 'milestone':
      return { title: milestoneText(model, item.what, view) }
  }
}
