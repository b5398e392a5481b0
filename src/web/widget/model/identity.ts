interface IdentityOptions {
  /** With the first token. */
  onKnown(who: string): void
  /** The host's session is another person's now: nothing may go on in the first one's name. */
  onOther(): void
}

/** The host's newest token, and whose it is: drafts and unsent words belong to that person. */
export class Identity {
  readonly #getToken: () => Promise<string>
  readonly #options: IdentityOptions
  #token: string | undefined
  #who: string | undefined

  constructor(getToken: () => Promise<string>, options: IdentityOptions) {
    this.#getToken = getToken
    this.#options = options
  }

  /** A fresh one, always: the connection knows how long to keep it. */
  readonly fetch = async (): Promise<string> => {
    const token = await this.#getToken()
    const who = whoIs(token)
    if (this.#who === undefined) {
      this.#who = who
      this.#options.onKnown(who)
    } else if (who !== this.#who) {
      this.#options.onOther()
      throw new Error('token: of another person')
    }
    this.#token = token
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
