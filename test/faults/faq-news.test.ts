import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { publishEntry } from '../../src/faq/faq-store.ts'
import { runAdmin } from '../../src/node/admin.ts'
import { anEntry } from '../faq/support.ts'
import { figures } from '../support/figures.ts'
import { aProcess, endProcesses, type ServerProcess, until } from '../support/process.ts'
import { freshDatabase } from '../support/server.ts'

const QUESTION = '我们公司上中水回用系统有政策补贴吗？'
const ID = 'reuse-subsidy'
const NOW = new Date('2026-11-23T03:00:00Z')
let databaseUrl: string
let database: Database
let processes: ServerProcess[]

beforeAll(async () => {
  databaseUrl = await freshDatabase()
  processes = await Promise.all([aProcess({ databaseUrl }), aProcess({ databaseUrl })])
  database = openDatabase(databaseUrl, { max: 2, name: 'test' })
}, 120_000)
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await endProcesses()
})

async function admin(...argv: string[]): Promise<string> {
  const said: string[] = []
  const say = (line: string) => said.push(line)
  const code = await runAdmin({ argv, env: { DATABASE_URL: databaseUrl }, out: say, err: say })
  expect([code, said.join()]).toEqual([0, said.join()])
  return said.join('\n')
}

interface Found {
  decision: string
  hits: { version: number; answer: string }[]
}
async function search(url: string, question: string): Promise<Found> {
  const response = await fetch(`${url}/api/faq/search?q=${encodeURIComponent(question)}`)
  return (await response.json()) as Found
}
/** Milliseconds until both processes find it so. */
async function bothFind(question: string, isSo: (found: Found) => boolean): Promise<number> {
  const from = performance.now()
  const here = async ({ url }: ServerProcess) => isSo(await search(url, question))
  await until('both', async () => (await Promise.all(processes.map(here))).every(Boolean), 5_000)
  return Math.round(performance.now() - from)
}
const isAnswered = (version: number) => (found: Found) =>
  found.decision === 'answer' && found.hits[0]?.version === version
const isSilent = ({ decision, hits }: Found) => decision === 'escalate' && hits.length === 0

const breakListening = () => database.sql`
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and query ilike 'listen %'`
const listening = async () => {
  const [row] = await database.sql`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and query ilike 'listen %'`
  return Number(row!.n)
}

/** As if PostgreSQL had told nobody: the row is there, and no word of it. */
const rewriteUntold = (answer: string) =>
  database.sql.begin(async (sql) => {
    await sql`update faq_changes set n = n + 1`
    await sql`insert into faq_versions
      select id, version + 1, entry || jsonb_build_object('answer', ${answer}::text), author, at
      from faq_versions where id = 'snow-maker' order by version desc limit 1`
    await sql`update faq_entries set version = version + 1, change = (select n from faq_changes)
      where id = 'snow-maker'`
  })

describe('a change of the FAQ, in two processes', () => {
  it('is there within a second: a withdrawn answer is silent, a restored one answers', async () => {
    expect(await bothFind(QUESTION, isAnswered(1))).toBeGreaterThan(0)
    const took: number[] = []
    for (let version = 1; version < 8; version += 2) {
      await admin('faq', 'withdraw', ID, '--why', '补助文件已废止')
      took.push(await bothFind(QUESTION, isSilent))
      await admin('faq', 'restore', ID)
      took.push(await bothFind(QUESTION, isAnswered(version + 2)))
    }
    figures('FAQ change', { changes: took.length, slowestMs: Math.max(...took) })
    expect(Math.max(...took)).toBeLessThan(1_000)
  }, 60_000)

  it('brings a new entry and a slot, too', async () => {
    await publishEntry(database.db, anEntry(), { author: 'qian', at: NOW })
    await bothFind(anEntry().question, isAnswered(1))
    await admin('slot', 'set', 'subsidy-notice', '甘水〔2026〕3号。')
    await bothFind(QUESTION, ({ hits }) => hits[0]!.answer.includes('甘水〔2026〕3号。以当年'))
    expect(await admin('slot', 'list')).toContain('甘水〔2026〕3号')
    await admin('slot', 'clear', 'subsidy-notice')
    await bothFind(QUESTION, ({ hits }) => hits[0]!.answer.includes('尚未配置'))
  })

  it('is found although the notification was lost, whether or not anybody listens again', async () => {
    const entry = (answer: string) => anEntry({ answer })
    const write = (answer: string) =>
      publishEntry(database.db, entry(answer), { author: 'qian', at: NOW })
    const said = (answer: string) => (found: Found) => found.hits[0]?.answer === answer
    expect((await breakListening()).length).toBeGreaterThan(1)
    await write('断线时写的。')
    const broken = await bothFind(entry('').question, said('断线时写的。'))
    await until('both listen again', async () => (await listening()) >= 2)
    await rewriteUntold('没人通知。')
    const untold = await bothFind(entry('').question, said('没人通知。'))
    figures('FAQ change unheard', { brokenMs: broken, untoldMs: untold })
    expect(untold).toBeLessThan(2_000)
  }, 30_000)

  it('that cannot be read silences the entry, and disturbs no other', async () => {
    await rewriteUntold('{{of-a-later-release}}')
    await bothFind(anEntry().question, isSilent)
    await bothFind(QUESTION, ({ decision }) => decision === 'answer')
    for (const one of processes) {
      const told = one.logged().filter(({ level }) => Number(level) >= 50)
      expect(told).toMatchObject([{ id: 'snow-maker' }])
    }
  })
})
