import type { Db } from '../db/db.ts'
import { fromPem, toBase64, toPem } from '../protocol/pem.ts'
import { generatePassword } from './password.ts'
import { checkSecret, SettingError } from './secret.ts'
import { keepSetting } from './settings-store.ts'

export { checkSecret, SettingError } from './secret.ts'

/** The settings that this file reads; anything else in there is ignored. */
export type SecretSettings = Readonly<Record<string, string | undefined>>

export interface Secrets {
  /** HS256 key of enterprise tokens; undefined where a key server is set instead. */
  enterpriseTokenSecret?: string
  appSecret: string
  /** Ed25519 private key, PKCS 8 in PEM. */
  sealKey: string
  /** Names of the settings that were not given, so that their values are kept in the database. */
  generated: readonly string[]
}

type SecretName = 'ENTERPRISE_TOKEN_SECRET' | 'APP_SECRET' | 'SEAL_KEY'

/**
 * The secrets as given, or generated once and kept in the database.
 *
 * @throws SettingError naming every setting that is short or unreadable, and in production every
 *   one that is missing: a backup of the database must not be able to speak for the bureau
 */
export async function loadSecrets(
  db: Db,
  env: SecretSettings,
  production: boolean,
): Promise<Secrets> {
  const remote = Boolean(env.ENTERPRISE_JWKS_URL)
  if (remote && env.ENTERPRISE_TOKEN_SECRET) {
    throw new SettingError('ENTERPRISE_TOKEN_SECRET', 'and ENTERPRISE_JWKS_URL: give one of them.')
  }
  const names: SecretName[] = ['APP_SECRET', 'SEAL_KEY']
  if (!remote) names.unshift('ENTERPRISE_TOKEN_SECRET')
  await checkGiven(names, env, production)

  const secret = (name: SecretName, make: () => string | Promise<string>) =>
    env[name] || keepSetting(db, `secret.${name}`, make)
  const generated = names.filter((name) => !env[name])
  const appSecret = await secret('APP_SECRET', newSecret)
  const sealKey = pemOf(await secret('SEAL_KEY', newSealKey))
  if (remote) return { appSecret, sealKey, generated }
  const enterpriseTokenSecret = await secret('ENTERPRISE_TOKEN_SECRET', newSecret)
  return { enterpriseTokenSecret, appSecret, sealKey, generated }
}

/** APP_SECRET alone, under the same rules: all that managing accounts needs. */
export async function loadAppSecret(db: Db, env: SecretSettings, production: boolean) {
  await checkGiven(['APP_SECRET'], env, production)
  return env.APP_SECRET || keepSetting(db, 'secret.APP_SECRET', newSecret)
}

/** The password of all demo accounts: as given, else one that is generated once and kept. */
export const demoPassword = async (db: Db, given: string | undefined): Promise<string> =>
  given || keepSetting(db, 'demo.password', generatePassword)

/** All faults at once, so that an operator does not meet them one start at a time. */
async function checkGiven(names: SecretName[], env: SecretSettings, production: boolean) {
  const faults: SettingError[] = []
  for (const name of names) {
    try {
      if (env[name]) await check(name, env[name])
      else if (production) throw new SettingError(name, 'must be given in production.')
    } catch (error) {
      if (!(error instanceof SettingError)) throw error
      faults.push(error)
    }
  }
  const [first, ...more] = faults
  if (!first) return
  if (more.length === 0) throw first
  const settings = faults.map(({ setting }) => setting).join(', ')
  throw new SettingError(settings, `cannot be used. ${faults.map((f) => f.message).join(' ')}`)
}

async function check(name: SecretName, value: string) {
  if (name !== 'SEAL_KEY') return checkSecret(name, value)
  try {
    const [pkcs8] = fromPem('PRIVATE KEY', pemOf(value))
    await crypto.subtle.importKey('pkcs8', pkcs8!, 'Ed25519', false, ['sign'])
  } catch {
    throw new SettingError(name, 'is no Ed25519 private key in PEM (PKCS 8).')
  }
}

/** Settings files often cannot hold line breaks and write `\n` for them. */
const pemOf = (text: string) => text.replaceAll('\\n', '\n')

/** 48 random bytes, as 64 characters of base64. */
const newSecret = () => toBase64(crypto.getRandomValues(new Uint8Array(48)))

async function newSealKey(): Promise<string> {
  const pair = (await crypto.subtle.generateKey('Ed25519', true, [
    'sign',
    'verify',
  ])) as CryptoKeyPair
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  return toPem('PRIVATE KEY', pkcs8)
}
