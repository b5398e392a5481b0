import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { createStaffAuth } from '../../src/identity/staff.ts'
import { staffByName } from '../../src/identity/staff-store.ts'
import { runAdmin } from '../../src/node/admin.ts'
import { createDatabase } from '../support/cluster.ts'
import { aFolder, cleanUp, postmastersOf } from '../support/embedded.ts'
import { APP_SECRET, type Attempt, aBureau } from './support.ts'

const bureau = await aBureau()
const { db, clock, database } = bureau
const strict = createStaffAuth({
  db,
  secret: APP_SECRET,
  publicUrl: 'https://x.test',
  production: true,
  now: () => clock.now,
})
afterAll(() => database[Symbol.asyncDispose]())

async function admin(line: string, more: Record<string, string | undefined> = {}) {
  const [out, err]: [string[], string[]] = [[], []]
  const env = { DATABASE_URL: database.url, APP_SECRET, ...more }
  const argv = line.split(' ').filter(Boolean)
  const code = await runAdmin({
    argv,
    env,
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  })
  const said = out.join('\n')
  const password = /^password: (.+)$/m.exec(said)?.[1] ?? ''
  const otpauth = /otpauth:.+$/m.exec(said)?.[0]
  return { code, out: said, err: err.join('\n'), password, otpauth }
}
const production = { NODE_ENV: 'production' }
const signIn = async (username: string, attempt: Attempt) => {
  const { password = '', otp, address = '10.0.0.1' } = attempt
  const answer = await strict.signIn(
    { username, password, ...(otp && { otp }) },
    { address, userAgent: '' },
  )
  return 'refused' in answer ? answer.refused : answer.caller.role
}

describe('npm run admin', () => {
  it('creates the first administrator, who signs in with what it printed', async () => {
    const { code, password, otpauth } = await admin(
      'create Root --role admin --name 管理员',
      production,
    )
    expect(code).toBe(0)
    expect(await signIn('root', { password, otp: await bureau.code(otpauth) })).toBe('admin')
    expect(await staffByName(db, 'root')).toMatchObject({ name: '管理员' })
  })

  it('creates officers and supervisors at their desks', async () => {
    expect(await admin('create wang --role officer --desk water')).toMatchObject({
      code: 0,
      otpauth: undefined,
    })
    expect(await admin('create sun --role supervisor --desks water,eia')).toMatchObject({ code: 0 })
    expect(await staffByName(db, 'wang')).toMatchObject({ name: 'wang', desk: 'water' })
    expect(await staffByName(db, 'sun')).toMatchObject({
      role: 'supervisor',
      desks: ['water', 'eia'],
    })
  })

  it('gives a second factor outside production where it is asked for', async () => {
    expect((await admin('create zhao --role officer --desk eia --otp')).otpauth).toMatch(
      /^otpauth:/,
    )
  })

  it('resets a password', async () => {
    const before = await admin('create li --role officer --desk water')
    const after = await admin('reset LI')
    expect(after.password).not.toBe(before.password)
    expect(await signIn('li', before)).toBe('not-signed-in')
    expect(await signIn('li', after)).toBe('officer')
  })

  it('unlocks', async () => {
    const { password } = await admin('create locked --role curator')
    for (let n = 0; n < 5; n++) await signIn('locked', { password: 'wrong' })
    expect(await signIn('locked', { password })).toBe('locked')
    expect(await admin('unlock locked')).toMatchObject({ code: 0, out: 'unlocked locked' })
    expect(await signIn('locked', { password })).toBe('curator')
  })

  it('clears a second factor, and gives a new one where one is required', async () => {
    const { password } = await admin('create boss --role admin', production)
    const fresh = await admin('clear-otp boss', production)
    expect(await signIn('boss', { password, otp: await bureau.code(fresh.otpauth) })).toBe('admin')
    expect((await admin('clear-otp boss')).otpauth).toBeUndefined()
    expect(await signIn('boss', { password })).toBe('not-allowed')
  })
})

describe('where the server has not been started yet', () => {
  it('makes the tables of a database', async () => {
    const name = `bare_${crypto.randomUUID().replaceAll('-', '')}`
    const DATABASE_URL = await createDatabase(inject('pgAdminUrl'), name)
    expect(await admin('create first --role admin', { DATABASE_URL })).toMatchObject({ code: 0 })
  })

  it('makes the embedded database, and stops it again', async () => {
    const DATA_DIR = aFolder()
    const embedded = { DATABASE_URL: undefined, DATA_DIR, ...production, EMBEDDED: '1' }
    const { code, otpauth } = await admin('create first --role admin', embedded)
    expect([code, otpauth]).toEqual([0, expect.stringMatching(/^otpauth:/)])
    expect(await admin('unlock first', embedded)).toMatchObject({ code: 0 })
    expect(postmastersOf(DATA_DIR)).toEqual([])
    await cleanUp()
  })
})

describe('it ends with 1 and says why', () => {
  it.each([
    ['create wang --role officer --desk water', 'username: is taken'],
    ['create new --role officer', 'desk'],
    ['create new --role officer --desk nowhere', 'nowhere'],
    ['reset nobody', 'no account “nobody”'],
    ['unlock nobody', 'no account'],
    ['clear-otp nobody', 'no account'],
  ])('for “%s”', async (line, reason) => {
    expect(await admin(line)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining(reason),
    })
  })

  it('in production without APP_SECRET or a database', async () => {
    const noSecret = await admin('reset wang', { ...production, APP_SECRET: undefined })
    expect(noSecret).toMatchObject({ code: 1, err: expect.stringContaining('APP_SECRET') })
    const noDatabase = await admin('reset wang', { ...production, DATABASE_URL: undefined })
    expect(noDatabase).toMatchObject({ code: 1, err: expect.stringContaining('DATABASE_URL') })
  })

  it('when the database does not answer, without a stack or a password', async () => {
    const DATABASE_URL = 'postgres://shouwen:geheim@127.0.0.1:1/none'
    const { code, err } = await admin('reset wang', { DATABASE_URL })
    expect(code).toBe(1)
    expect(err).toContain('ECONNREFUSED')
    expect(err).not.toMatch(/geheim|\n\s+at /)
  })
})

describe('it ends with 2 and shows the usage', () => {
  it.each([
    '',
    'remove wang',
    'create',
    'create a b --role admin',
    'create a',
    'create a --role king',
    'reset --force',
  ])('for “%s”', async (line) => {
    const { code, err } = await admin(line)
    expect([code, err]).toEqual([2, expect.stringContaining('npm run admin -- create')])
  })

  it('but with 0 when it is asked for', async () => {
    expect(await admin('--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('clear-otp'),
    })
  })
})

describe('the program', () => {
  it('does the same from a shell', async () => {
    const program = fileURLToPath(new URL('../../src/node/admin.ts', import.meta.url))
    const env = { PATH: process.env.PATH, DATABASE_URL: database.url, APP_SECRET }
    const run = promisify(execFile)
    const args = [program, 'create', 'shell', '--role', 'curator']
    expect((await run(process.execPath, args, { env })).stdout).toMatch(
      /^created shell .*\npassword: /,
    )
    await expect(run(process.execPath, [program], { env })).rejects.toMatchObject({ code: 2 })
  })
})
