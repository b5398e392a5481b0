import { useEffect, useState } from 'react'
import type { Me } from '../../../protocol/http.ts'
import { Connection } from '../../shared/connection.ts'
import { type Api, Problem } from '../api.ts'
import { Desk } from '../desk/desk.ts'

const socketUrl = () => `${location.origin.replace(/^http/, 'ws')}/ws`

/** One live desk as long as this person is signed in on this page. */
export function useDeskLife(me: Me, api: Api, onExpired: () => void): Desk | undefined {
  const [desk, setDesk] = useState<Desk>()
  useEffect(() => {
    const made = new Desk({
      me,
      api,
      storage: sessionStorage,
      connect: (options) => new Connection({ url: socketUrl(), ...options }),
      // The line may also be refused for another reason: only a 401 means “sign in again”.
      onEnded: () => {
        api.session().catch((error) => {
          if (error instanceof Problem && error.code === 'not-signed-in') onExpired()
        })
      },
    })
    made.start()
    setDesk(made)
    return () => made.stop()
  }, [me, api, onExpired])
  return desk
}
