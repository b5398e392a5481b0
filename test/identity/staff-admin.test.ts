import { afterAll, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/db.ts'
import { createStaffAuth } from '../../src/identity/staff.ts'
import { staffByName } from '../../src/identity/staff-store.ts'
import { APP_SECRET, aBureau, made, PASSWORD } from './support.ts'

const bureau = await aBureau()
const { auth } = bureau
afterAll(() => bureau.database[Symbol.asyncDispose]())

const person = {
  username: 'wang',
  name: '王工',
  role: 'officer',
  desk: 'water',
  password: PASSWORD,
} as const
const bad = (detail: string) => ({
  refused: 'bad-request',
  detail: expect.stringContaining(detail),
})

describe('an account', () => {
  it('is made with a folded name, a plain display name and a post', async () => {
    const { id } = made(
      await auth.createStaff({ ...person, username: ' Ｗang', name: '王\u200b工' }),
    )
    expect(await staffByName(bureau.db, 'wang')).toMatchObject({
      id,
      username: 'wang',
      name: '王工',
      role: 'officer',
      desk: 'water',
      desks: [],
      disabled: false,
    })
  })

  it('is not made twice under one name, also when two are made at once (S27)', async () => {
    await auth.createStaff(person)
    expect(await auth.createStaff({ ...person, username: 'WANG' })).toEqual(bad('username'))
    const twins = ['twin', 'Twin'].map((username) => auth.createStaff({ ...person, username }))
    const answers = await Promise.all(twins)
    expect(answers.filter((answer) => 'id' in answer)).toHaveLength(1)
  })

  it.each([
    ['username', { username: 'a b' }],
    ['name', { name: '\u202e' }],
    ['password', { password: 'short' }],
    ['password', { password: 'x'.repeat(257) }],
    ['desk', { desk: undefined }],
    ['desk: nowhere', { desk: 'nowhere' }],
    ['desk: closed', { desks: ['closed'] }],
    ['desk', { desk: "'; drop table staff" }],
  ])('is not made with a bad %s', async (detail, wrong) => {
    expect(await auth.createStaff({ ...person, username: 'new', ...wrong })).toEqual(bad(detail))
  })

  it('has the new password after a reset, and not the old one', async () => {
    const { id } = await bureau.hire('reset')
    expect(await auth.resetPassword(id, 'another good one')).toBeNull()
    expect(await bureau.signIn('reset')).toEqual({ refused: 'not-signed-in' })
    expect(made(await bureau.signIn('reset', { password: 'another good one' })).caller.id).toBe(id)
    expect(await auth.resetPassword(id, 'short')).toEqual(bad('password'))
  })

  it('that is not there is not found, by every verb', async () => {
    for (const id of ['nobody', crypto.randomUUID()]) {
      const answers = await Promise.all([
        auth.resetPassword(id, PASSWORD),
        auth.unlock(id),
        auth.enableOtp(id),
        auth.clearOtp(id),
        auth.disable(id),
        auth.enable(id),
        auth.setRole(id, { role: 'curator' }),
      ])
      for (const answer of answers) expect(answer).toMatchObject({ refused: 'not-found' })
    }
  })

  it('moves to another post, of desks that there are', async () => {
    const { id } = await bureau.hire('moving')
    expect(await auth.setRole(id, { role: 'supervisor', desks: ['eia', 'water', 'eia'] })).toEqual(
      {},
    )
    expect(made(await bureau.signIn('moving')).caller.desks).toEqual(['eia', 'water'])
    expect(await auth.setRole(id, { role: 'officer' })).toEqual(bad('desk'))
    expect(await auth.setRole(id, { role: 'officer', desk: 'nowhere' })).toEqual(bad('nowhere'))
  })
})

describe('the last administrator', () => {
  const refused = { refused: 'not-allowed', detail: 'last administrator' }

  it('is neither disabled nor given another role', async () => {
    const { id } = await bureau.hire('root', { role: 'admin', desk: undefined })
    expect(await auth.disable(id)).toEqual(refused)
    expect(await auth.setRole(id, { role: 'curator' })).toEqual(refused)
    const next = await bureau.hire('next', { role: 'admin', desk: undefined })
    expect(await auth.disable(id)).toBeNull()
    expect(await auth.disable(next.id)).toEqual(refused)
    expect(await auth.enable(id)).toBeNull()
    expect(await auth.setRole(next.id, { role: 'curator' })).toEqual({})
  })

  it('stays, also when two disable each other at once on two processes', async () => {
    const other = openDatabase(bureau.database.url, { max: 2 })
    const rest = {
      publicUrl: 'https://shouwen.test',
      production: false,
      now: () => bureau.clock.now,
    }
    const elsewhere = createStaffAuth({ db: other.db, secret: APP_SECRET, ...rest })
    const root = await staffByName(bureau.db, 'root')
    for (let n = 0; n < 5; n++) {
      const { id } = await bureau.hire(`rival${n}`, { role: 'admin', desk: undefined })
      const answers = await Promise.all([auth.disable(root?.id ?? ''), elsewhere.disable(id)])
      expect(answers.filter((answer) => answer === null)).toHaveLength(1)
      await auth.enable(root?.id ?? '')
      await auth.disable(id)
    }
    await other[Symbol.asyncDispose]()
  })
})
