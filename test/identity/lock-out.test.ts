import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { signInFailures } from '../../src/db/schema.ts'
import { recordFailure } from '../../src/identity/lock-store.ts'
import { sweepSignIns } from '../../src/identity/staff.ts'
import { aBureau, type Bureau, HOUR, MINUTE, made, SECOND } from './support.ts'

const bureau: Bureau = await aBureau()
const wang = await bureau.hire('wang')
afterAll(() => bureau.database[Symbol.asyncDispose]())
beforeEach(async () => {
  bureau.clock.pass(HOUR) // whatever was locked is free again
})

const locked = { refused: 'locked' }
const wrong = { refused: 'not-signed-in' }
/** One failure from each of so many addresses, written down without the cost of a hash. */
const failFromEverywhere = async (times: number) => {
  for (let n = 0; n < times; n++) {
    await recordFailure(bureau.db, 'wang', `10.9.${n}.1`, bureau.clock.now)
  }
}

describe('five failures', () => {
  it('block that account from that address, the right password too (S33)', async () => {
    await bureau.fail(4, 'wang')
    expect(await bureau.signIn('wang', { password: 'wrong' })).toEqual(wrong)
    expect(await bureau.signIn('wang')).toEqual({ ...locked, retryAfter: 900 })
  })

  it('do not block it from elsewhere, so that nobody locks an officer out by name (S34)', async () => {
    await bureau.fail(9, 'wang')
    expect(await bureau.signIn('wang')).toMatchObject(locked)
    expect(made(await bureau.signIn('wang', { address: '10.0.0.2' })).caller.id).toBe(wang.id)
  })

  it('do not block another account from there', async () => {
    await bureau.hire('li')
    await bureau.fail(5, 'wang')
    expect(made(await bureau.signIn('li')).caller.name).toBe('li')
  })

  it('block for 15 minutes, which knocking does not prolong (S34)', async () => {
    await bureau.fail(5, 'wang')
    bureau.clock.pass(15 * MINUTE - SECOND)
    expect(await bureau.signIn('wang')).toEqual({ ...locked, retryAfter: 1 })
    bureau.clock.pass(SECOND)
    expect(made(await bureau.signIn('wang')).caller.id).toBe(wang.id)
  })

  it('leave open sessions alone (S34)', async () => {
    const cookie = await bureau.cookieOf('wang')
    await bureau.fail(5, 'wang')
    expect(await bureau.read(cookie)).toMatchObject({ id: wang.id })
  })

  it('block an unknown name just so, or it would be known as one (S33)', async () => {
    await bureau.fail(5, 'nobody')
    expect(await bureau.signIn('nobody')).toMatchObject(locked)
  })

  it('are counted under one form of the name (S27, S33)', async () => {
    for (const typed of ['wang', 'WANG', 'ｗａｎｇ', ' Wang', 'wAnG ']) await bureau.fail(1, typed)
    expect(await bureau.signIn('wang')).toMatchObject(locked)
  })

  it('are five also when they come at once (S33)', async () => {
    const guesses = Array.from({ length: 20 }, () => bureau.signIn('wang', { password: 'wrong' }))
    const answers = (await Promise.all(guesses)).map(
      (answer) => 'refused' in answer && answer.refused,
    )
    expect(answers.filter((one) => one === 'not-signed-in')).toHaveLength(5)
    expect(answers.filter((one) => one === 'locked')).toHaveLength(15)
  })

  it('are no longer five after a success', async () => {
    await bureau.fail(4, 'wang')
    await bureau.cookieOf('wang')
    await bureau.fail(4, 'wang')
    expect(made(await bureau.signIn('wang')).caller.id).toBe(wang.id)
  })

  it('are forgotten when an administrator unlocks the account', async () => {
    await bureau.fail(5, 'wang')
    expect(await bureau.auth.unlock(wang.id)).toBeNull()
    expect(made(await bureau.signIn('wang')).caller.id).toBe(wang.id)
  })
})

describe('twenty failures', () => {
  it('block the account from everywhere, however many addresses (S33)', async () => {
    await failFromEverywhere(19)
    const fresh = { address: '10.0.0.3' }
    expect(await bureau.signIn('wang', { ...fresh, password: 'wrong' })).toEqual(wrong)
    expect(await bureau.signIn('wang', { address: '10.0.0.4' })).toEqual({
      ...locked,
      retryAfter: 900,
    })
  })

  it('block it for 15 minutes, and open sessions go on (S34)', async () => {
    const cookie = await bureau.cookieOf('wang')
    await failFromEverywhere(20)
    bureau.clock.pass(15 * MINUTE - SECOND)
    expect(await bureau.signIn('wang')).toMatchObject(locked)
    expect(await bureau.read(cookie)).toMatchObject({ id: wang.id })
    bureau.clock.pass(SECOND)
    expect(made(await bureau.signIn('wang')).caller.id).toBe(wang.id)
  })

  it('spread over more than 15 minutes block nobody', async () => {
    for (let n = 0; n < 25; n++) {
      await recordFailure(bureau.db, 'wang', `10.9.${n}.1`, bureau.clock.now)
      bureau.clock.pass(50 * SECOND)
    }
    expect(made(await bureau.signIn('wang')).caller.id).toBe(wang.id)
  })
})

describe('old failures', () => {
  it('are removed once no lock can rest upon them', async () => {
    await bureau.fail(2, 'swept')
    bureau.clock.pass(29 * MINUTE)
    await bureau.fail(1, 'swept')
    bureau.clock.pass(2 * MINUTE)
    await sweepSignIns(bureau.db, bureau.clock.now)
    const left = await bureau.db.select().from(signInFailures)
    expect(left.filter(({ username }) => username === 'swept')).toHaveLength(1)
  })
})
