import { afterAll, describe, expect, it } from 'vitest'
import { staffTwoFactors } from '../../src/db/schema.ts'
import { createStaffAuth } from '../../src/identity/staff.ts'
import { APP_SECRET, aBureau, MINUTE, made, PASSWORD, SECOND } from './support.ts'

const bureau = await aBureau({ production: true })
const demo = await aBureau()
afterAll(async () => {
  await bureau.database[Symbol.asyncDispose]()
  await demo.database[Symbol.asyncDispose]()
})

const wrong = { refused: 'not-signed-in' }
let count = 0
/** An administrator with an authenticator app, of whom nobody has heard before. */
async function anAdmin() {
  const username = `admin${count++}`
  const { id, otpauth } = await bureau.hire(username, { role: 'admin', desk: undefined })
  return { id, username, code: () => bureau.code(otpauth) }
}

describe('in production, admins and supervisors', () => {
  it('come with a second factor, officers and curators without', async () => {
    const links = []
    for (const role of ['admin', 'supervisor', 'curator', 'officer'] as const) {
      links.push((await bureau.hire(`new-${role}`, { role })).otpauth)
    }
    expect(links).toEqual([
      expect.stringMatching(/^otpauth:\/\/totp\/Shouwen:new-admin\?secret=[A-Z2-7]{32}&/),
      expect.stringMatching(/^otpauth:/),
      undefined,
      undefined,
    ])
  })

  it('sign in with it and not without (S35)', async () => {
    const { id, username, code } = await anAdmin()
    expect(await bureau.signIn(username)).toEqual({ ...wrong, detail: 'otp-required' })
    expect(await bureau.signIn(username, { otp: '' })).toEqual({ ...wrong, detail: 'otp-required' })
    expect(made(await bureau.signIn(username, { otp: await code() })).caller.id).toBe(id)
  })

  it('do not sign in at all without enrolment (S35)', async () => {
    const { database, clock } = demo
    const { id } = await demo.hire('boss', { role: 'supervisor' })
    const rest = { db: database.db, secret: 'x'.repeat(32), publicUrl: 'https://shouwen.test' }
    const strict = createStaffAuth({ ...rest, production: true, now: () => clock.now })
    const boss = { username: 'boss', password: PASSWORD }
    const from = { address: '10.0.0.1', userAgent: '' }
    const refusal = { refused: 'not-allowed', detail: 'second factor required' }
    expect(await strict.signIn(boss, from)).toEqual(refusal)
    expect(await strict.signIn({ ...boss, password: 'wrong' }, from)).toEqual(wrong)
    const { otpauth } = made(await strict.enableOtp(id))
    const otp = await demo.code(otpauth)
    expect(made(await strict.signIn({ ...boss, otp }, from)).caller.id).toBe(id)
  })

  it('get one when their role comes to need it, and the password alone is out (S35)', async () => {
    const { id } = await bureau.hire('rising')
    const cookie = await bureau.cookieOf('rising')
    const { otpauth } = made(await bureau.auth.setRole(id, { role: 'admin' }))
    expect(await bureau.read(cookie)).toBeNull()
    expect(await bureau.signIn('rising')).toEqual({ ...wrong, detail: 'otp-required' })
    const otp = await bureau.code(otpauth)
    expect(made(await bureau.signIn('rising', { otp })).caller.role).toBe('admin')
  })

  it('get a new one for a lost one, which counts no more', async () => {
    const { id, username, code } = await anAdmin()
    const { otpauth } = made(await bureau.auth.clearOtp(id))
    expect(await bureau.signIn(username, { otp: await code() })).toMatchObject(wrong)
    const otp = await bureau.code(otpauth)
    expect(made(await bureau.signIn(username, { otp })).caller.id).toBe(id)
  })
})

describe('a code', () => {
  it('is good once: its replay is refused, and counts as a failure (S35)', async () => {
    const { username, code } = await anAdmin()
    const otp = await code()
    made(await bureau.signIn(username, { otp }))
    for (let n = 0; n < 5; n++) {
      expect(await bureau.signIn(username, { otp })).toEqual({ ...wrong, detail: 'otp-invalid' })
    }
    expect(await bureau.signIn(username, { otp })).toMatchObject({ refused: 'locked' })
  })

  it('is good once among twenty at once on two processes (S04, S35)', async () => {
    const { username, code } = await anAdmin()
    const { db, clock } = bureau
    const rest = { publicUrl: 'https://shouwen.test', production: true, now: () => clock.now }
    const other = createStaffAuth({ db, secret: APP_SECRET, ...rest })
    const credentials = { username, password: PASSWORD, otp: await code() }
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        (n % 2 ? bureau.auth : other).signIn(credentials, {
          address: `10.7.0.${n}`,
          userAgent: '',
        }),
      ),
    )
    expect(answers.filter((answer) => 'caller' in answer)).toHaveLength(1)
  })

  it('is not good after a newer one was used, though its time has not passed (S35)', async () => {
    const { username, code } = await anAdmin()
    const older = await code()
    bureau.clock.pass(30 * SECOND)
    made(await bureau.signIn(username, { otp: await code() }))
    expect(await bureau.signIn(username, { otp: older })).toMatchObject(wrong)
  })

  it('of another time is refused, and five such lock (S35)', async () => {
    const { username, code } = await anAdmin()
    const old = await code()
    bureau.clock.pass(2 * MINUTE)
    for (let n = 0; n < 5; n++) {
      expect(await bureau.signIn(username, { otp: old })).toEqual({
        ...wrong,
        detail: 'otp-invalid',
      })
    }
    expect(await bureau.signIn(username, { otp: await code() })).toMatchObject({
      refused: 'locked',
    })
  })

  it('does not help a wrong password, and is not used up by it (S35)', async () => {
    const { id, username, code } = await anAdmin()
    const otp = await code()
    expect(await bureau.signIn(username, { otp, password: 'wrong' })).toEqual(wrong)
    expect(made(await bureau.signIn(username, { otp })).caller.id).toBe(id)
  })

  it('is not asked of whom has none', async () => {
    await bureau.hire('plain')
    expect(made(await bureau.signIn('plain', { otp: '123456' })).caller.name).toBe('plain')
  })
})

describe('outside production', () => {
  it('nobody must have a second factor, and who has one must use it', async () => {
    const { id, otpauth } = await demo.hire('optional', { role: 'admin', desk: undefined })
    expect(otpauth).toBeUndefined()
    expect(made(await demo.signIn('optional')).caller.id).toBe(id)
    const enrolled = made(await demo.auth.enableOtp(id))
    expect(await demo.signIn('optional')).toEqual({ ...wrong, detail: 'otp-required' })
    const otp = await demo.code(enrolled.otpauth)
    expect(made(await demo.signIn('optional', { otp })).caller.id).toBe(id)
    expect(made(await demo.auth.clearOtp(id))).toEqual({})
    expect(made(await demo.signIn('optional')).caller.id).toBe(id)
  })
})

describe('the secret of a second factor', () => {
  it('does not stand in the database as it is', async () => {
    const { otpauth } = await bureau.hire('sealed', { role: 'admin', desk: undefined })
    const secret = new URL(otpauth ?? '').searchParams.get('secret') ?? 'none'
    expect(JSON.stringify(await bureau.db.select().from(staffTwoFactors))).not.toContain(secret)
  })

  it('made under another APP_SECRET is an error that says what to do', async () => {
    const { username, code } = await anAdmin()
    const { db, clock } = bureau
    const rest = { publicUrl: 'https://shouwen.test', production: true, now: () => clock.now }
    const other = createStaffAuth({ db, secret: 'y'.repeat(32), ...rest })
    const credentials = { username, password: PASSWORD, otp: await code() }
    const answer = other.signIn(credentials, { address: '10.0.0.1', userAgent: '' })
    await expect(answer).rejects.toThrow('APP_SECRET')
  })
})
