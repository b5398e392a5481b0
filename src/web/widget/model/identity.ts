/** The host's newest token, and whose it is: drafts and unsent words belong to that person. */
export class Identity {
  readonly #getToken: () => Promise<string>
  readonly #onWho: (who: string) => void
  #token: string | undefined
  #who: string | undefined

  constructor(getToken: () => Promise<string>, onWho: (who: string) => void) {
    this.#getToken = getToken
    this.#onWho = onWho
  }

  /** A fresh one, always: the connection knows how long to keep it. */
  readonly fetch = async (): Promise<string> => {
    const token = await this.#getToken()
    this.#token = token
    const who = whoIs(token)
    if (who !== this.#who) this.#onWho(who)
    this.#who = who
    return token
  }

  current(): Promise<string> {
    return this.#token === undefined ? this.fetch() : Promise.resolve(this.#token)
  }
}

/** Issuer and subject, unverified: a name for a drawer in this browser, nothing more. */
export function whoIs(token: string): string {
  try {
    const payload = token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/')
    const { iss, sub } = JSON.parse(atob(payload)) as { iss?: string; sub?: string }
    return `${iss ?? ''}|${sub ?? ''}`
  } catch {
    return 'unknown'
  }
}
