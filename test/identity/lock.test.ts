import { describe, expect, it } from 'vitest'
import { type Failure, lockedUntil } from '../../src/identity/lock.ts'
import { MINUTE, SECOND } from './support.ts'

const start = new Date('2026-11-23T02:00:00.000Z')
const past = (milliseconds: number) => new Date(start.getTime() + milliseconds)

/** Failures so far apart from each other, the first at the start. */
const failures = (count: number, apart: number, address = 'here'): Failure[] =>
  Array.from({ length: count }, (_, n) => ({ address, at: past(n * apart) }))

/** One failure from each of many addresses. */
const spread = (count: number): Failure[] =>
  failures(count, SECOND).map((one, n) => ({ ...one, address: `address ${n}` }))

describe('a name', () => {
  it('is free without failures, and after four', () => {
    expect(lockedUntil([], 'here', start)).toBeUndefined()
    expect(lockedUntil(failures(4, SECOND), 'here', past(MINUTE))).toBeUndefined()
  })

  it('is blocked for an address by five failures from there', () => {
    expect(lockedUntil(failures(5, SECOND), 'here', past(5 * SECOND))).toEqual(
      past(4 * SECOND + 15 * MINUTE),
    )
    expect(lockedUntil(failures(5, SECOND), 'there', past(5 * SECOND))).toBeUndefined()
  })

  it('stays blocked for 15 minutes from the fifth failure, however slow they came', () => {
    const slow = failures(5, 3 * MINUTE)
    expect(lockedUntil(slow, 'here', past(26 * MINUTE))).toEqual(past(27 * MINUTE))
    expect(lockedUntil(slow, 'here', past(27 * MINUTE))).toBeUndefined()
  })

  it('is not blocked by failures further apart than 15 minutes together', () => {
    expect(lockedUntil(failures(9, 4 * MINUTE), 'here', past(33 * MINUTE))).toBeUndefined()
  })

  it('is blocked from everywhere by twenty failures, whatever their addresses', () => {
    expect(lockedUntil(spread(19), 'elsewhere', past(MINUTE))).toBeUndefined()
    expect(lockedUntil(spread(20), 'elsewhere', past(MINUTE))).toEqual(
      past(19 * SECOND + 15 * MINUTE),
    )
  })

  it('is blocked until the later of two locks', () => {
    const later = failures(5, SECOND, 'here').map((one) => ({ ...one, at: past(5 * MINUTE) }))
    const until = lockedUntil([...spread(20), ...later], 'here', past(6 * MINUTE))
    expect(until).toEqual(past(20 * MINUTE))
  })

  it('does not mind the order of the failures', () => {
    const now = past(10 * SECOND)
    const backwards = failures(5, SECOND).toReversed()
    expect(lockedUntil(backwards, 'here', now)).toEqual(
      lockedUntil(failures(5, SECOND), 'here', now),
    )
  })
})
