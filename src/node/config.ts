import { z } from 'zod'
import { SettingError } from '../identity/secret.ts'
import { createProxyTrust } from './address.ts'

/** A truthy switch as people write it in an environment. */
const flag = z
  .enum(['0', '1', 'true', 'false', 'on', 'off', ''])
  .transform((v) => ['1', 'true', 'on'].includes(v))

const origin = z.string().transform((text, ctx) => {
  try {
    const url = new URL(text)
    if ((url.protocol === 'http:' || url.protocol === 'https:') && url.origin !== 'null')
      return url.origin
  } catch {
    // reported below
  }
  ctx.addIssue({ code: 'custom', message: 'is no http(s) origin' })
  return z.NEVER
})
const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** Every setting that the server reads, as `protocol.md` names them; empty means unset. */
const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: origin.optional(),
  TRUST_PROXY: z.string().default('').transform(list),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'is no postgres:// address')
    .optional(),
  EMBEDDED: flag.default(false),
  DATA_DIR: z.string().default('./data'),
  SEED: z.enum(['demo', 'none']).optional(),
  DEMO_PASSWORD: z.string().max(256).optional(),
  ENTERPRISE_TOKEN_SECRET: z.string().optional(),
  ENTERPRISE_JWKS_URL: z.url({ protocol: /^https?$/ }).optional(),
  ENTERPRISE_TOKEN_ISSUER: z.string().optional(),
  APP_SECRET: z.string().optional(),
  SEAL_KEY: z.string().optional(),
  ALLOWED_ORIGINS: z.string().default('').transform(list).pipe(z.array(origin)),
  METRICS_TOKEN: z.string().min(16, 'needs at least 16 characters').optional(),
  RATE_LIMITS: z.enum(['on', 'off']).default('on'),
  DUTY_PHONE: z.string().max(40).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  NODE_ENV: z.string().optional(),
})

export type Config = z.infer<typeof settings> & {
  production: boolean
  /** The settings as given, for what reads its own (secrets). */
  env: Readonly<Record<string, string | undefined>>
}

/**
 * Reads the settings once.
 * @throws SettingError naming the setting that is wrong or, in production, missing
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = settings.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw new SettingError(String(issue.path[0]), issue.message)
  }
  const config = { ...parsed.data, production: parsed.data.NODE_ENV === 'production', env: given }
  createProxyTrust(config.TRUST_PROXY)
  if (config.production) checkProduction(config)
  return config
}

function checkProduction(config: Config): void {
  if (!config.DATABASE_URL && !config.EMBEDDED) {
    throw new SettingError('DATABASE_URL', 'is needed in production, or EMBEDDED=1.')
  }
  if (config.RATE_LIMITS === 'off') {
    throw new SettingError('RATE_LIMITS', 'off is for measurements and refused in production.')
  }
  if (config.SEED === 'demo') {
    throw new SettingError('SEED', 'demo would open demo accounts and is refused in production.')
  }
}
