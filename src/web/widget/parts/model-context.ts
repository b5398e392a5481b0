import type { ThreadView } from '../../shared/thread-view.ts'
import type { Wording } from '../../shared/wording/index.ts'
import type { ChatModel } from '../model/chat-model.ts'

let model: ChatModel | undefined

/** A page has one widget and everything is drawn from its top: no context is needed. */
export function setModel(given: ChatModel): void {
  model = given
}

export function useModel(): ChatModel {
  return model!
}

export const useWords = (): Wording => useModel().words

/** A desk's name, where anybody has told it yet. */
export function deskName(model: ChatModel, id: string | undefined, view?: ThreadView) {
  return id === undefined ? undefined : (view?.desks[id] ?? model.state.desks[id])
}
