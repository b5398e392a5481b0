import { beforeText } from '../../shared/time.ts'
import { threadOf } from '../model/state.ts'
import { viewOf } from '../model/view-of.ts'
import { deskName, useModel } from './model-context.ts'

/** “等待受理 · 15:40 前首次回复”, “赵工（环评科）办理中” */
export function Standing() {
  const model = useModel()
  const { widget, states, time } = model.words
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
