import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runAdmin } from '../../src/node/admin.ts'
import { freshDatabase } from '../support/server.ts'

let folder: string
let DATABASE_URL: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shouwen-calendar-'))
  DATABASE_URL = await freshDatabase()
})
afterAll(() => rm(folder, { recursive: true }))

async function admin(...argv: string[]) {
  const said: string[] = []
  const say = (line: string) => void said.push(line)
  const code = await runAdmin({ argv, env: { DATABASE_URL }, out: say, err: say })
  return { code, said: said.join('\n') }
}
const inFile = async (value: unknown) => {
  const file = join(folder, 'next.json')
  await writeFile(file, typeof value === 'string' ? value : JSON.stringify(value))
  return file
}

describe('npm run admin, about the calendar', () => {
  it('shows the one in force, takes it back with a new year, and shows that', async () => {
    const { said } = await admin('calendar', 'show')
    const calendar = JSON.parse(said)
    const notice = { notice: '国办发明电〔2026〕1号', holidays: ['2027-01-01'], workdays: [] }
    const next = { ...calendar, years: { ...calendar.years, '2027': notice } }
    const same = await admin('calendar', 'import', await inFile(next))
    expect([same.code, same.said]).toEqual([1, expect.stringContaining('version')])
    const file = await inFile({ ...next, version: 'cn-2027.1' })
    expect((await admin('calendar', 'import', file)).code).toBe(0)
    expect(JSON.parse((await admin('calendar', 'show')).said).years).toHaveProperty('2027')
  })

  it('takes nothing that is no calendar', async () => {
    for (const wrong of ['{', {}, []]) {
      expect((await admin('calendar', 'import', await inFile(wrong))).code).toBe(1)
    }
    expect((await admin('calendar', 'import', join(folder, 'none.json'))).code).toBe(1)
  })

  it.each([['calendar'], ['calendar show x'], ['calendar import'], ['calendar drop']])(
    'does not understand “%s”',
    async (line) => {
      expect((await admin(...line.split(' '))).code).toBe(2)
    },
  )
})
