import { beforeText } from '../../shared/time.ts'
import { threadOf } from '../model/state.ts'
import { viewOf } from '../model/view-of.ts'
import { deskName, useModel } from './model-context.ts'
import { allWords } from './record-words.ts'

/** “等待受理 · 15:40 前首次回复”, “赵工（环评科）办理中” */
export function Standing() {
  const model = useModel()
  const { widget, states, time } = allWords()
  const id = threadOf(model.state)
  const log = id ? model.state.logs[id] : undefined
  if (!log?.caughtUp && !log?.entries.length) return <>{widget.subtitle}</>
  const view = viewOf(log, model.state.me?.id)
  const due = view.clocks['first-reply']?.dueAt
  if (view.state === 'waiting' && due) {
    return <>{widget.statusWaiting(beforeText(due, model.state.now, time))}</>
  }
  if (view.state === 'held' && view.owner) {
    return <>{widget.statusHeld(view.owner.name, deskName(model, view.owner.desk, view))}</>
  }
  return <>{states[view.state]}</>
}

/** One tap away, wherever in an answer one is reading. */
export function AskPerson() {
  const model = useModel()
  const thread = threadOf(model.state)
  const log = thread ? model.state.logs[thread] : undefined
  if (!thread || !log?.entries.length) return null
  if (viewOf(log, model.state.me?.id).state !== 'answering') return null
  return (
    <button type="button" class="text" onClick={() => model.act({ type: 'escalate', thread })}>
      {allWords().widget.askHuman}
    </button>
  )
}
