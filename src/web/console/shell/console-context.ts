import { createContext, useContext } from 'react'
import type { Me } from '../../../protocol/http.ts'
import type { Api } from '../api.ts'
import type { Desk } from '../desk/desk.ts'
import type { DeskState } from '../desk/state.ts'
import { useStore } from '../desk/store.ts'

export interface ConsoleParts {
  me: Me
  api: Api
  desk: Desk
}

const Parts = createContext<ConsoleParts | null>(null)
export const ConsoleProvider = Parts.Provider

export function useConsole(): ConsoleParts {
  const parts = useContext(Parts)
  if (!parts) throw new Error('used outside of the workspace')
  return parts
}

/** A part of the live state; `select` must not make new objects. */
export function useDesk<S>(select: (state: DeskState) => S): S {
  return useStore(useConsole().desk.store, select)
}
