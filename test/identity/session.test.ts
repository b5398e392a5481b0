import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { staffSessions } from '../../src/db/schema.ts'
import { createStaffAuth, sessionsAlive, sweepSignIns } from '../../src/identity/staff.ts'
import { APP_SECRET, aBureau, type Bureau, HOUR, MINUTE, made, SECOND } from './support.ts'

let bureau: Bureau
let wang: string
beforeAll(async () => {
  bureau = await aBureau()
  wang = (await bureau.hire('wang', { name: '王工' })).id
})
afterAll(() => bureau.database[Symbol.asyncDispose]())

const alive = async (session: string) =>
  (await sessionsAlive(bureau.db, [session], bureau.clock.now)).get(session)

describe('the session cookie', () => {
  it('is for the server alone: HttpOnly, SameSite=Lax, Secure, everywhere on the site (S32)', async () => {
    const { setCookie } = made(await bureau.signIn('wang'))
    const [pair, ...flags] = setCookie.split('; ')
    expect(pair).toMatch(/^shouwen_session=[A-Za-z0-9_-]{43}$/)
    expect(flags.toSorted()).toEqual([
      'HttpOnly',
      'Max-Age=43200',
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ])
  })

  it('is not Secure where there is no TLS, or no browser would send it', async () => {
    const { db, clock } = bureau
    const publicUrl = 'http://127.0.0.1:8787'
    const auth = createStaffAuth({
      db,
      secret: APP_SECRET,
      publicUrl,
      production: false,
      now: () => clock.now,
    })
    expect((await auth.signOut(null)).setCookie).not.toContain('Secure')
  })

  it('is found among others', async () => {
    const cookie = await bureau.cookieOf('wang')
    expect(await bureau.read(`a=1; ${cookie}; xshouwen_session=2`)).toMatchObject({ id: wang })
  })

  it.each([
    null,
    undefined,
    '',
    'shouwen_session=',
    'shouwen_session',
    'shouwen_session=..%00',
    'other=1',
  ])('is not in %j', async (header) => {
    expect(await bureau.auth.read(header, bureau.clock.now)).toBeNull()
  })

  it('counts for nothing when there are two, of which somebody else set one (S31)', async () => {
    const cookie = await bureau.cookieOf('wang')
    expect(await bureau.read(`${cookie}; shouwen_session=${'x'.repeat(43)}`)).toBeNull()
  })
})

describe('a session', () => {
  it('is a new one at every sign-in, and the one before of that browser ends (S31)', async () => {
    const before = await bureau.cookieOf('wang')
    const after = await bureau.cookieOf('wang', { cookie: before })
    expect(after).not.toBe(before)
    expect(await bureau.read(before)).toBeNull()
    expect(await bureau.read(after)).toMatchObject({ id: wang })
  })

  it('cannot be fixed from outside: a cookie set before is not the one after (S31)', async () => {
    const fixed = `shouwen_session=${'A'.repeat(43)}`
    const after = await bureau.cookieOf('wang', { cookie: fixed })
    expect(after).not.toBe(fixed)
    expect(await bureau.read(fixed)).toBeNull()
  })

  it('does not end those on other devices', async () => {
    const [phone, desk] = [await bureau.cookieOf('wang'), await bureau.cookieOf('wang')]
    expect(await bureau.read(phone)).toMatchObject({ id: wang })
    expect(await bureau.read(desk)).toMatchObject({ id: wang })
  })

  it('ends with the sign-out, for its sockets too, and takes the cookie along (S31)', async () => {
    const { caller, setCookie } = made(await bureau.signIn('wang'))
    const cookie = setCookie.split(';')[0]
    expect(await alive(caller.session)).toMatchObject({ id: wang })
    expect((await bureau.auth.signOut(cookie)).setCookie).toMatch(/^shouwen_session=; .*Max-Age=0/)
    expect(await bureau.auth.read(cookie, bureau.clock.now)).toBeNull()
    expect(await alive(caller.session)).toBeUndefined()
  })

  it('ends when its person rests for two hours (S32)', async () => {
    const cookie = await bureau.cookieOf('wang')
    bureau.clock.pass(2 * HOUR - SECOND)
    expect(await bureau.read(cookie)).toMatchObject({ id: wang })
    bureau.clock.pass(2 * HOUR)
    expect(await bureau.read(cookie)).toBeNull()
  })

  it('ends after twelve hours, however busy (S32)', async () => {
    const cookie = await bureau.cookieOf('wang')
    for (let hours = 1; hours < 12; hours++) {
      bureau.clock.pass(HOUR)
      expect(await bureau.read(cookie)).toMatchObject({ id: wang })
    }
    bureau.clock.pass(HOUR - SECOND)
    expect(await bureau.read(cookie)).toMatchObject({ id: wang })
    bureau.clock.pass(SECOND)
    expect(await bureau.read(cookie)).toBeNull()
  })

  it('writes its activity down once a minute at most', async () => {
    const { caller, setCookie } = made(await bureau.signIn('wang'))
    const seenAt = async () => {
      const rows = await bureau.db.select().from(staffSessions)
      return rows.find(({ id }) => id === caller.session)?.seenAt
    }
    const start = bureau.clock.now
    const cookie = setCookie.split(';')[0] ?? ''
    bureau.clock.pass(MINUTE - SECOND)
    await bureau.read(cookie)
    expect(await seenAt()).toEqual(start)
    bureau.clock.pass(SECOND)
    await bureau.read(cookie)
    expect(await seenAt()).toEqual(bureau.clock.now)
  })

  it('is gone from the database some time after its end, a living one is not', async () => {
    const old = made(await bureau.signIn('wang'))
    bureau.clock.pass(2 * HOUR)
    const living = made(await bureau.signIn('wang'))
    bureau.clock.pass(MINUTE)
    await sweepSignIns(bureau.db, bureau.clock.now)
    const ids = (await bureau.db.select().from(staffSessions)).map(({ id }) => id)
    expect(ids).not.toContain(old.caller.session)
    expect(ids).toContain(living.caller.session)
  })
})
