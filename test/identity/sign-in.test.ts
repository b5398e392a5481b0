import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signInFailures, staffPasswords, staffSessions } from '../../src/db/schema.ts'
import { foldLoginName, isLoginName } from '../../src/identity/login-name.ts'
import { createStaffAuth } from '../../src/identity/staff.ts'
import { APP_SECRET, aBureau, type Bureau, cookieIn, HOUR, made, PASSWORD } from './support.ts'

let bureau: Bureau
let wang: string
beforeAll(async () => {
  bureau = await aBureau()
  wang = (await bureau.hire('wang', { name: '王工' })).id
  await bureau.hire('sun', { role: 'supervisor', desk: undefined, desks: ['water', 'eia'] })
})
afterAll(() => bureau.database[Symbol.asyncDispose]())

const wrong = { refused: 'not-signed-in' }

describe('signing in', () => {
  it('says who it is, and until when', async () => {
    const { caller } = made(await bureau.signIn('wang'))
    expect(caller).toMatchObject({ role: 'officer', name: '王工', desk: 'water', desks: ['water'] })
    expect(caller.expiresAt).toEqual(new Date(+bureau.clock.now + 12 * HOUR))
  })

  it('gives a supervisor all desks, and none to sit at', async () => {
    const { caller } = made(await bureau.signIn('sun'))
    expect(caller).toMatchObject({ role: 'supervisor', desks: ['water', 'eia'] })
    expect(caller).not.toHaveProperty('desk')
  })

  it('is refused for a wrong password and for an unknown name in the same words (S33)', async () => {
    expect(await bureau.signIn('wang', { password: 'wrong' })).toEqual(wrong)
    expect(await bureau.signIn('nobody', { password: 'wrong' })).toEqual(wrong)
    expect(await bureau.signIn('nobody')).toEqual(wrong)
  })

  it('takes as long for an unknown name as for a wrong password (S33)', async () => {
    const [known, unknown]: [number[], number[]] = [[], []]
    for (let n = 0; n < 8; n++) {
      for (const [name, times] of [
        ['wang', known],
        [`nobody ${n}`, unknown],
      ] as const) {
        const start = performance.now()
        await bureau.signIn(name, { password: 'wrong', address: `10.1.0.${n}` })
        times.push(performance.now() - start)
        await bureau.auth.unlock(wang)
      }
    }
    const fastest = (times: number[]) => Math.min(...times)
    expect(fastest(unknown)).toBeGreaterThan(fastest(known) / 2)
    expect(fastest(known)).toBeGreaterThan(fastest(unknown) / 2)
  })

  it('folds the name: case, full width, composed or not (S27)', async () => {
    await bureau.hire('René', { name: 'René' })
    for (const typed of ['rené', 'RENE\u0301', 'ｒｅｎé', ' René ']) {
      expect(made(await bureau.signIn(typed)).caller.name).toBe('René')
    }
  })

  it('finds nobody under a name that cannot be stored, and does not fail (S39)', async () => {
    for (const typed of ['wang\u0000', '\ud800', '', ' ', `wang' or '1'='1`, 'ﷺ'.repeat(64)]) {
      expect(await bureau.signIn(typed)).toEqual(wrong)
    }
  })

  it('takes any password that can be typed, and no other form of it', async () => {
    const password = '密码 🐎 \u0000 correct'
    await bureau.hire('horse', { password })
    expect(made(await bureau.signIn('horse', { password })).caller.name).toBe('horse')
    expect(await bureau.signIn('horse', { password: password.toUpperCase() })).toEqual(wrong)
    expect(await bureau.signIn('horse', { password: `${password} ` })).toEqual(wrong)
  })

  it('is refused for whom an administrator has locked, in the same words', async () => {
    const { id } = await bureau.hire('gone')
    await bureau.auth.disable(id)
    expect(await bureau.signIn('gone')).toEqual(wrong)
    await bureau.auth.enable(id)
    expect(made(await bureau.signIn('gone')).caller.id).toBe(id)
  })

  it('hashes a bounded number of passwords at once, and says when there are too many', async () => {
    const crowd = Array.from({ length: 60 }, (_, n) =>
      bureau.signIn(`crowd ${n}`, { password: 'wrong', address: `10.2.0.${n}` }),
    )
    const answers = await Promise.all(crowd)
    const refused = answers.map((answer) => 'refused' in answer && answer.refused)
    expect(refused.filter((one) => one === 'not-signed-in')).toHaveLength(34)
    expect(refused.filter((one) => one === 'too-fast')).toHaveLength(26)
  })
})

describe('what the database holds', () => {
  it('is neither the password nor the token (S31)', async () => {
    const signedIn = made(await bureau.signIn('wang'))
    const token = cookieIn(signedIn).split('=')[1] ?? ''
    const rows = await bureau.db.select().from(staffSessions)
    const passwords = await bureau.db.select().from(staffPasswords)
    const stored = JSON.stringify([rows, passwords])
    expect(token.length).toBeGreaterThanOrEqual(43)
    expect(stored).not.toContain(token)
    expect(stored).not.toContain(PASSWORD)
    expect(await bureau.read(`shouwen_session=${rows[0]?.token}`)).toBeNull()
    expect(await bureau.read(`shouwen_session=${rows[0]?.id}`)).toBeNull()
  })

  it('opens nothing under another APP_SECRET', async () => {
    const cookie = await bureau.cookieOf('wang')
    const { db } = bureau
    const rest = {
      db,
      publicUrl: 'https://shouwen.test',
      production: false,
      now: () => bureau.clock.now,
    }
    const other = createStaffAuth({ ...rest, secret: `${APP_SECRET}!` })
    expect(await other.read(cookie, bureau.clock.now)).toBeNull()
    expect(() => createStaffAuth({ ...rest, secret: 'short' })).toThrow('APP_SECRET')
  })

  it('has no failure left of a name and address that signed in', async () => {
    const address = '10.3.0.1'
    await bureau.fail(3, 'wang', { address })
    await bureau.fail(1, 'wang', { address: '10.3.0.2' })
    await bureau.cookieOf('wang', { address })
    const rows = await bureau.db.select().from(signInFailures)
    const left = rows.filter((row) => row.username === 'wang').map((row) => row.address)
    expect(left).not.toContain(address)
    expect(left).toContain('10.3.0.2')
  })
})

describe('a sign-in name', () => {
  it.each(['wang', '王工', 'a.b_c-d', 'rené', '9'])('may be %s', (name) => {
    expect(isLoginName(foldLoginName(name))).toBe(true)
  })

  it.each(['', '.a', 'a b', 'a@b', 'a\u200bb', 'a\u202eb', 'x'.repeat(65), 'a/b', "a'b"])(
    'may not be %j',
    (name) => {
      expect(isLoginName(foldLoginName(name))).toBe(false)
    },
  )
})
