import type { Db } from '../db/db.ts'
import { loadDesks } from '../desk/desk-store.ts'
import { type Desk, routeTo } from '../desk/routing.ts'
import { personById } from '../identity/directory-store.ts'
import type { Bureau } from './services.ts'

/** Desks change rarely and are asked for at every escalation; `refresh` reads them again. */
export interface LiveBureau extends Bureau {
  refresh(): Promise<void>
}

export async function openBureau(db: Db): Promise<LiveBureau> {
  let desks: Desk[] = await loadDesks(db)
  return {
    async refresh() {
      desks = await loadDesks(db)
    },
    route(question) {
      const desk = routeTo(desks, question)
      if (desk === null) throw new Error('the bureau has no desk')
      return desk
    },
    desks: () => desks.map(({ id, name }) => ({ id, name })),
    deskName: (id) => desks.find((desk) => desk.id === id)?.name ?? id,
    async isActiveOfficer(id) {
      const person = await personById(db, id)
      return person?.role === 'officer' && person.active
    },
    async find(id) {
      const named = desks.find((desk) => desk.id === id)
      if (named) return { desk: { id: named.id, name: named.name } }
      const found = await personById(db, id)
      if (!found?.active || !(found.role === 'officer' || found.role === 'supervisor')) return null
      const { name, role, desk, desks: all } = found
      const at = desk === undefined ? {} : { desk }
      return { person: { id: found.id, name, ...at }, role, desks: all }
    },
  }
}
