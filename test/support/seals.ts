import { generateKeyPairSync } from 'node:crypto'
import { createSealing } from '../../src/actions/seal.ts'
import type { Sql } from '../../src/db/db.ts'
import type { Seal } from '../../src/protocol/http.ts'
import { contentOf, GENESIS, hashOf } from '../../src/record/chain.ts'
import { endOf } from '../../src/record/seal.ts'
import { createSigner } from '../../src/record/seal-key.ts'
import type { TestServer } from './server.ts'

/** A moment of a day in Shanghai, `HH:MM`. */
export const on = (day: string, time = '10:00') => new Date(`${day}T${time}:00+08:00`)

/** The first minute in which that day may be sealed. */
export const nightAfter = (day: string) => new Date(endOf(day).getTime() + 5 * 60_000)

/** One process that seals; a new one knows nothing of what was sealed before. */
export async function aSealer(sql: Sql, key: string) {
  const made: Seal[] = []
  const signer = await createSigner(key)
  const seal = createSealing({ sql, signer, sealed: (one) => made.push(one) })
  return { seal, made, signer }
}

/** Seals what a running server has, as its own round would after that day. */
export async function sealThrough(server: TestServer, day: string): Promise<Seal[]> {
  const { sealKey } = server.running.prepared.secrets
  const { seal, made } = await aSealer(server.database.sql, sealKey)
  await seal(nightAfter(day))
  return made
}

/** A whole Ed25519 private key in PEM. */
export const newSealKey = () =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string

type Item = Record<string, unknown>

/** What somebody does who knows how hashes are made: every entry from `seq` on is linked anew. */
export function relinked(items: readonly Item[], seq: number): Item[] {
  let prev = seq > 1 ? String(items[seq - 2]!.hash) : GENESIS
  return items.map((item, i) => {
    if (i < seq - 1) return item
    const said = { ...item, seq: i + 1 }
    const content = 'salt' in item ? contentOf(said as never) : String(item.content)
    const hash = hashOf(prev, content)
    const entry = { ...said, ...('content' in item ? { content } : {}), prev, hash }
    prev = hash
    return entry
  })
}
