import type { Summary } from '../../../protocol/http.ts'
import { beforeText, listText } from '../../shared/time.ts'
import { isUnread } from '../model/state.ts'
import { deskName, useModel } from './model-context.ts'

/** One thread in a list: the question, how it stands, and whether there is something new. */
export function ThreadCard({ thread }: { thread: Summary }) {
  const model = useModel()
  const { widget, states, outcomes, time } = model.words
  const { now } = model.state
  const due = thread.clocks.find(({ name, state }) => name === 'first-reply' && state === 'running')
  const { owner, outcome, state } = thread
  let standing = states[state]
  if (state === 'waiting' && due?.dueAt) {
    standing = widget.statusWaiting(beforeText(due.dueAt, now, time))
  } else if (state === 'held' && owner) {
    standing = widget.statusHeld(owner.name, deskName(model, owner.desk))
  } else if (outcome) standing = `${standing} · ${outcomes[outcome]}`
  return (
    <button
      type="button"
      class="thread"
      onClick={() => model.show({ page: 'thread', key: thread.id })}
    >
      <b>{thread.question}</b>
      <span class="muted">
        <span>{standing}</span>
        <time dateTime={thread.at}>{listText(thread.at, now, time)}</time>
      </span>
      {isUnread(thread) && <span class="new">{widget.unread}</span>}
    </button>
  )
}
