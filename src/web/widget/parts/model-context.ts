import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { ThreadView } from '../../shared/thread-view.ts'
import type { Wording } from '../../shared/wording/index.ts'
import type { ChatModel } from '../model/chat-model.ts'

export const ModelContext = createContext<ChatModel | null>(null)

export function useModel(): ChatModel {
  return useContext(ModelContext)!
}

export const useWords = (): Wording => useModel().words

/** A desk's name, where anybody has told it yet. */
export function deskName(model: ChatModel, id: string | undefined, view?: ThreadView) {
  return id === undefined ? undefined : (view?.desks[id] ?? model.state.desks[id])
}
