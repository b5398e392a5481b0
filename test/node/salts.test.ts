import { expect, it } from 'vitest'
import { createSalts } from '../../src/node/salts.ts'

it('gives salts of 16 bytes in hex, and none twice, over many refills', () => {
  const salt = createSalts()
  const given = Array.from({ length: 2_000 }, salt)
  expect(new Set(given).size).toBe(2_000)
  expect(given.every((one) => /^[0-9a-f]{32}$/.test(one))).toBe(true)
})
