import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Me } from '../../../protocol/http.ts'
import { type Api, createApi, Problem } from '../api.ts'

export type Session =
  | { state: 'loading' }
  | { state: 'unreachable' }
  | { state: 'out'; expired: boolean }
  | { state: 'in'; me: Me }

export interface SessionControl {
  session: Session
  api: Api
  entered(me: Me): void
  /** Somebody else ended it: time, an administrator, another tab. */
  expired(): void
  leave(): Promise<void>
  restore(): void
}

/** Who is signed in: asked of the server at the start, ended by any 401. */
export function useSession(): SessionControl {
  const [session, setSession] = useState<Session>({ state: 'loading' })
  const expired = useCallback(() => {
    setSession((was) => (was.state === 'in' ? { state: 'out', expired: true } : was))
  }, [])
  const api = useMemo(() => createApi(expired), [expired])

  const restore = useCallback(() => {
    setSession({ state: 'loading' })
    void whoIsIt(api).then(setSession)
  }, [api])
  useEffect(restore, [restore])

  const entered = useCallback((me: Me) => setSession({ state: 'in', me }), [])
  const leave = useCallback(async () => {
    await api.signOut()
    setSession({ state: 'out', expired: false })
  }, [api])
  return { session, api, entered, expired, leave, restore }
}

async function whoIsIt(api: Api): Promise<Session> {
  try {
    return { state: 'in', me: await api.session() }
  } catch (error) {
    if (error instanceof Problem && error.code === 'not-signed-in') {
      return { state: 'out', expired: false }
    }
    return { state: 'unreachable' }
  }
}
