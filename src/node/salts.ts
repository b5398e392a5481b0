import { randomBytes } from 'node:crypto'

const BYTES = 16
/** Salts made by one call of the random source, which costs more than all of them together. */
const POOL = 256

/** A source of salts, 32 hex characters each, none of them given twice. */
export function createSalts(): () => string {
  let pool = ''
  let at = 0
  return () => {
    if (at === pool.length) {
      pool = randomBytes(BYTES * POOL).toString('hex')
      at = 0
    }
    at += 2 * BYTES
    return pool.slice(at - 2 * BYTES, at)
  }
}
