import { afterAll, describe, expect, it } from 'vitest'
import { sessionsAlive, touchSessions } from '../../src/identity/staff.ts'
import { aBureau, cookieIn, HOUR, made, SECOND } from './support.ts'

const bureau = await aBureau()
const { id: wang } = await bureau.hire('wang')
afterAll(() => bureau.database[Symbol.asyncDispose]())

const alive = async (session: string) =>
  (await sessionsAlive(bureau.db, [session], bureau.clock.now)).get(session)

describe('an open socket', () => {
  it('is not activity by itself, what its person does on it is', async () => {
    const { caller } = made(await bureau.signIn('wang'))
    bureau.clock.pass(HOUR)
    await touchSessions(bureau.db, [caller.session], bureau.clock.now)
    bureau.clock.pass(2 * HOUR - SECOND)
    expect(await alive(caller.session)).toMatchObject({ id: wang })
    bureau.clock.pass(SECOND)
    expect(await alive(caller.session)).toBeUndefined()
  })

  it('learns of all sessions in one question, and of none when it asks for none', async () => {
    const [one, two] = [made(await bureau.signIn('wang')), made(await bureau.signIn('wang'))]
    await bureau.auth.signOut(cookieIn(one))
    const ids = [one.caller.session, two.caller.session, 'unknown']
    const found = await sessionsAlive(bureau.db, ids, bureau.clock.now)
    expect([...found]).toEqual([[two.caller.session, two.caller]])
    expect(await sessionsAlive(bureau.db, [], bureau.clock.now)).toEqual(new Map())
  })

  it('ends with the account, the password and the second factor (S31)', async () => {
    const { id } = await bureau.hire('leaving')
    for (const change of [
      () => bureau.auth.resetPassword(id, 'correct horse battery'),
      () => bureau.auth.clearOtp(id),
      () => bureau.auth.disable(id),
    ]) {
      const { caller, setCookie } = made(await bureau.signIn('leaving'))
      await change()
      expect(await alive(caller.session)).toBeUndefined()
      expect(await bureau.auth.read(setCookie.split(';')[0], bureau.clock.now)).toBeNull()
    }
  })

  it('ends with the role, and not with a move to another desk, which it learns of', async () => {
    const { id } = await bureau.hire('moving')
    const { caller } = made(await bureau.signIn('moving'))
    await bureau.auth.setRole(id, { role: 'officer', desk: 'eia' })
    expect(await alive(caller.session)).toMatchObject({ desk: 'eia', desks: ['eia'] })
    await bureau.auth.setRole(id, { role: 'supervisor', desks: ['eia'] })
    expect(await alive(caller.session)).toBeUndefined()
    expect(made(await bureau.signIn('moving')).caller).toMatchObject({ role: 'supervisor' })
  })
})
