import { shanghaiDate } from '../clock/day.ts'
import type { Sql } from '../db/db.ts'
import type { Seal } from '../protocol/http.ts'
import { endOf } from '../record/seal.ts'
import type { Signer } from '../record/seal-key.ts'
import { firstUnsealed, sealDay } from '../record/seal-store.ts'

/**
 * Milliseconds after midnight in which entries of the day before may still be on their way: a
 * command is stored or given up within seconds, and clocks of processes differ by less than that.
 */
const GRACE = 5 * 60_000
const DAY = 86_400_000

export interface Sealing {
  sql: Sql
  signer: Signer
  sealed(seal: Seal): void
}

/**
 * Seals every day with changes that is over and has no seal yet, oldest first, so that missed days
 * get the seals that they would have had. Made by exactly one process, whoever comes first.
 * @returns what to call again and again; it asks the database once a day when all is sealed
 */
export function createSealing({ sql, signer, sealed }: Sealing) {
  let through = ''
  return async (now: Date): Promise<void> => {
    const last = shanghaiDate(new Date(now.getTime() - GRACE - DAY))
    if (last <= through) return
    for (;;) {
      const first = await firstUnsealed(sql, endOf(last))
      if (first === null) break
      const seal = await sealDay(sql, shanghaiDate(first), signer, now)
      if (seal === null) return // somebody else is at it: looked at again next time
      sealed(seal)
    }
    through = last
  }
}
