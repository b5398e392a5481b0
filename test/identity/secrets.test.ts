import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { settings } from '../../src/db/schema.ts'
import {
  checkSecret,
  demoPassword,
  loadAppSecret,
  loadSecrets,
  SettingError,
} from '../../src/identity/secrets.ts'
import { keepSetting } from '../../src/identity/settings-store.ts'
import { aDatabase } from './support.ts'

const database = await aDatabase()
const { db } = database
const elsewhere: Database = openDatabase(database.url, { max: 5 })
beforeEach(() => db.delete(settings))
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await elsewhere[Symbol.asyncDispose]()
})

const SEAL_KEY = generateKeyPairSync('ed25519')
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString()
const given = { ENTERPRISE_TOKEN_SECRET: 'e'.repeat(32), APP_SECRET: 'a'.repeat(32), SEAL_KEY }

describe('secrets', () => {
  it('are used as given, and then not kept', async () => {
    expect(await loadSecrets(db, given, true)).toEqual({
      enterpriseTokenSecret: 'e'.repeat(32),
      appSecret: 'a'.repeat(32),
      sealKey: SEAL_KEY,
      generated: [],
    })
    expect(await db.$count(settings)).toBe(0)
  })

  it('are generated where none are given, and the same at the next start', async () => {
    const first = await loadSecrets(db, {}, false)
    expect(first.generated).toEqual(['ENTERPRISE_TOKEN_SECRET', 'APP_SECRET', 'SEAL_KEY'])
    expect(first.appSecret).toMatch(/^[A-Za-z0-9+/]{64}$/)
    expect(first.enterpriseTokenSecret).not.toBe(first.appSecret)
    expect(await loadSecrets(elsewhere.db, { APP_SECRET: '' }, false)).toEqual(first)
    expect(await loadAppSecret(db, {}, false)).toBe(first.appSecret)
  })

  it('are the same for processes that start at once', async () => {
    const starts = Array.from({ length: 12 }, (_, n) =>
      loadSecrets(n % 2 ? db : elsewhere.db, {}, false),
    )
    const secrets = await Promise.all(starts)
    expect(new Set(secrets.map((one) => JSON.stringify(one))).size).toBe(1)
  })

  it('include a seal key that signs', async () => {
    const { sealKey } = await loadSecrets(db, {}, false)
    expect(createPrivateKey(sealKey).asymmetricKeyType).toBe('ed25519')
    expect((await loadSecrets(db, { SEAL_KEY: sealKey }, false)).sealKey).toBe(sealKey)
  })

  it('may have their line breaks written as \\n, as settings files do', async () => {
    const flat = SEAL_KEY.replaceAll('\n', '\\n')
    expect((await loadSecrets(db, { ...given, SEAL_KEY: flat }, true)).sealKey).toBe(SEAL_KEY)
  })

  it('need no key of enterprise tokens where a key server is set, and do not allow both', async () => {
    const { ENTERPRISE_TOKEN_SECRET, ...rest } = given
    const remote = { ...rest, ENTERPRISE_JWKS_URL: 'https://host.test/jwks' }
    expect(await loadSecrets(db, remote, true)).not.toHaveProperty('enterpriseTokenSecret')
    const both = loadSecrets(db, { ...remote, ENTERPRISE_TOKEN_SECRET }, true)
    await expect(both).rejects.toThrow('ENTERPRISE_JWKS_URL')
  })
})

describe('a server does not start', () => {
  it.each(Object.keys(given))('in production without %s, and names it', async (name) => {
    const start = loadSecrets(db, { ...given, [name]: undefined }, true)
    await expect(start).rejects.toMatchObject({ name: 'SettingError', setting: name })
    expect(await db.$count(settings)).toBe(0)
  })

  it('in production without any, and names all', async () => {
    const start = loadSecrets(db, {}, true)
    await expect(start).rejects.toThrow(/ENTERPRISE_TOKEN_SECRET.*APP_SECRET.*SEAL_KEY/)
  })

  it('in production with those that a demo has kept', async () => {
    await loadSecrets(db, {}, false)
    await expect(loadSecrets(db, {}, true)).rejects.toThrow(SettingError)
  })

  it.each([
    ['APP_SECRET', 'x'.repeat(31)],
    ['ENTERPRISE_TOKEN_SECRET', '密'.repeat(10)],
    ['SEAL_KEY', 'x'.repeat(64)],
    ['SEAL_KEY', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'],
  ])('with a bad %s, in a demo neither, and does not show it', async (name, value) => {
    const start = loadSecrets(db, { ...given, [name]: value }, false)
    await expect(start).rejects.toMatchObject({ setting: name })
    await expect(start).rejects.not.toMatchObject({ message: expect.stringContaining(value) })
  })

  it('with a seal key of another kind', async () => {
    const rsa = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    const pem = rsa.export({ type: 'pkcs8', format: 'pem' }).toString()
    await expect(loadSecrets(db, { SEAL_KEY: pem }, false)).rejects.toThrow('Ed25519')
  })
})

describe('a setting', () => {
  it('that looks like a number or JSON stays the text that it is', async () => {
    for (const text of ['007', 'null', '{"a":1}', '"x"', '']) {
      expect(await keepSetting(db, `odd ${text}`, () => text)).toBe(text)
      expect(await keepSetting(elsewhere.db, `odd ${text}`, () => 'other')).toBe(text)
    }
  })

  it('of a secret is measured in bytes', () => {
    expect(checkSecret('X', '密'.repeat(11))).toBe('密'.repeat(11))
    expect(() => checkSecret('X', undefined)).toThrow('X is missing')
    expect(() => checkSecret('X', 'x'.repeat(31))).toThrow('X has 31 bytes')
  })
})

describe('the password of the demo', () => {
  it('is the given one, else one that is generated and kept', async () => {
    const kept = await demoPassword(db, undefined)
    expect(kept).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
    expect(await demoPassword(elsewhere.db, '')).toBe(kept)
    expect(await demoPassword(db, 'given')).toBe('given')
  })
})
