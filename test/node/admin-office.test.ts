import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../../src/clock/limits.ts'
import { runAdmin } from '../../src/node/admin.ts'
import { aThread } from '../contract/support.ts'
import { aServer, type TestServer } from '../support/server.ts'

let server: TestServer
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shouwen-office-'))
  server = await aServer()
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

async function admin(...argv: string[]) {
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const env = { DATABASE_URL: server.databaseUrl }
  return { code: await runAdmin({ argv, env, out: say, err: say }), said: said.join('\n') }
}
const USCC = '91330199MA2F7K4X27'

describe('npm run admin, about the office', () => {
  it('makes and changes desks', async () => {
    expect((await admin('desk', 'add', 'air', '大气科')).code).toBe(0)
    const set = ['desk', 'set', 'air', '--topics', 'voc,dust', '--hours', '08:30-12:00,14:00-17:30']
    const { code, said } = await admin(...set, '--lead', 'sun')
    expect([code, JSON.parse(said)]).toEqual([
      0,
      expect.objectContaining({
        topics: ['voc', 'dust'],
        hours: [
          { from: '08:30', to: '12:00' },
          { from: '14:00', to: '17:30' },
        ],
      }),
    ])
    expect((await admin('desk', 'list')).said).toContain('"大气科"')
    expect((await admin('desk', 'set', 'air', '--hours', 'none')).code).toBe(0)
    expect((await admin('desk', 'set', 'air', '--hours', '9-12')).code).toBe(1)
    expect((await admin('desk', 'set', 'air', '--active', 'no')).said).toContain('"active":false')
  })

  it('sets rosters, leave and standing officers by the names that people sign in with', async () => {
    expect((await admin('roster', 'set', 'water', '2099-01-05', 'night', 'wang')).code).toBe(0)
    expect((await admin('roster', 'show', 'water', '2099-01-01')).said).toBe(
      '2099-01-05  night  wang',
    )
    expect((await admin('roster', 'set', 'water', '2099-01-05', 'night', 'zhao')).code).toBe(1)
    const given = await admin('leave', 'add', 'wang', '2099-01-01', '2099-01-03')
    expect(given.code).toBe(0)
    expect((await admin('leave', 'list', 'water')).said).toBe(given.said)
    expect((await admin('leave', 'drop', 'water', given.said.split(' ')[0]!)).code).toBe(0)
    expect((await admin('standing', 'set', USCC, 'wang', '--stand-in', 'li')).code).toBe(0)
    expect((await admin('standing', 'list')).said).toContain(`${USCC}  wang  stand-in li`)
    expect((await admin('standing', 'end', USCC)).code).toBe(0)
    expect((await admin('standing', 'end', USCC)).code).toBe(1)
  })

  it('adds a table of limits', async () => {
    const file = join(folder, 'limits.json')
    await writeFile(
      file,
      JSON.stringify({ ...DEFAULT_LIMITS, id: 'next', effective: '2099-01-01' }),
    )
    expect((await admin('limits', 'set', file)).code).toBe(0)
    expect(JSON.parse((await admin('limits', 'show')).said)).toHaveLength(2)
    expect((await admin('limits', 'set', join(folder, 'none.json'))).code).toBe(1)
  })

  it('disables somebody with open threads only when it is said where they go', async () => {
    await aThread(server, 'held')
    const no = await admin('disable', 'wang')
    expect([no.code, no.said]).toEqual([
      1,
      expect.stringMatching(/wang holds open threads: 1.*--to.*--release/),
    ])
    expect((await admin('disable', 'wang', '--to', 'sun')).code).toBe(1)
    expect((await admin('disable', 'wang', '--to', 'li', '--release')).code).toBe(2)
    expect(await admin('disable', 'wang', '--to', 'li')).toEqual({ code: 0, said: 'disabled wang' })
    expect(await admin('enable', 'wang')).toEqual({ code: 0, said: 'enabled wang' })
  })

  it.each([
    ['desk'],
    ['desk add air'],
    ['roster set water'],
    ['leave drop'],
    ['limits set'],
    ['desk close air'],
  ])('does not understand “%s”', async (line) => {
    expect((await admin(...line.split(' '))).code).toBe(2)
  })
})
