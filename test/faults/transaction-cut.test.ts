import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { isInDoubt } from '../../src/db/faults.ts'
import { aPostgres, type Postgres } from '../support/postgres.ts'

let postgres: Postgres
let database: Database
const lines = new Set<Socket>()
const relay = createServer((near) => {
  const far = connect(Number(target.port), target.hostname)
  near.on('error', () => {}).pipe(far)
  far.on('error', () => {}).pipe(near)
  lines.add(near)
  near.once('close', () => lines.delete(near))
})
let target: URL

beforeAll(async () => {
  postgres = await aPostgres()
  target = new URL(await postgres.createDatabase('shouwen'))
  await once(relay.listen(0, '127.0.0.1'), 'listening')
  const url = new URL(target)
  url.port = String((relay.address() as AddressInfo).port)
  database = openDatabase(url.href, { max: 1 })
}, 60_000)

afterAll(async () => {
  await database[Symbol.asyncDispose]()
  relay.close()
  await postgres[Symbol.asyncDispose]()
})

/** A transaction whose line goes, by `cut`, while PostgreSQL works on its statement. */
const cutWithin = (cut: (line: Socket) => void) =>
  database.db.transaction(async (tx) => {
    await tx.execute(sql`select 1`)
    const cutMeanwhile = async () => {
      for (const line of lines) cut(line)
    }
    await Promise.all([tx.execute(sql`select pg_sleep(20)`), cutMeanwhile()])
  })

it.each([
  ['ends', (line: Socket) => void line.end()],
  ['breaks', (line: Socket) => void line.resetAndDestroy()],
])(
  'a line that %s within a transaction fails this transaction and nothing else',
  async (_, cut) => {
    const broken = await cutWithin(cut).catch((error: unknown) => error)
    expect(isInDoubt(broken)).toBe(true)
    expect(await database.db.execute(sql`select 1 as one`)).toMatchObject([{ one: 1 }])
  },
)
