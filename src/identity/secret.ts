/** A setting that the server must not start with; the message names it. */
export class SettingError extends Error {
  readonly setting: string
  constructor(setting: string, problem: string) {
    super(`${setting} ${problem}`)
    this.name = 'SettingError'
    this.setting = setting
  }
}

/** Below this a secret can be guessed from one token by trying. */
export const SECRET_BYTES = 32

/**
 * Gives the secret back, or throws a `SettingError` that names it (never its value).
 *
 * @param setting the environment variable that it comes from
 */
export function checkSecret(setting: string, secret: string | undefined): string {
  const bytes = new TextEncoder().encode(secret ?? '').length
  if (secret === undefined || bytes === 0) throw new SettingError(setting, 'is missing.')
  if (bytes < SECRET_BYTES) {
    throw new SettingError(setting, `has ${bytes} bytes: give at least ${SECRET_BYTES}.`)
  }
  return secret
}
