import type { Me, Summary } from '../../../protocol/http.ts'

export interface Abilities {
  claim: boolean
  reply: boolean
  note: boolean
  resolve: boolean
}

/**
 * What to offer on the screen. The server decides; this only spares people a button that would
 * be refused.
 */
export function abilitiesOf(me: Me, thread: Summary | undefined): Abilities {
  if (!thread) return { claim: false, reply: false, note: false, resolve: false }
  const owns = thread.state === 'held' && thread.owner?.id === me.id
  const atDesk = thread.desk !== undefined && desksOf(me).includes(thread.desk)
  return {
    claim: me.role === 'officer' && thread.state === 'waiting' && atDesk,
    reply: owns,
    // An officer who sees a thread of another desk was asked, offered it or held it: he may note.
    note: me.role === 'officer' || (me.role === 'supervisor' && atDesk),
    resolve: owns,
  }
}

export const desksOf = (me: Me): readonly string[] => me.desks ?? (me.desk ? [me.desk] : [])
