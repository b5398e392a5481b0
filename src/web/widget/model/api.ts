import type { Summary } from '../../../protocol/http.ts'
import type { Identity } from './identity.ts'

export interface Suggestion {
  id: string
  question: string
}
export interface ThreadPage {
  items: Summary[]
  next?: string
}

/** What is read over HTTP beside the socket. */
export class Api {
  readonly #server: string
  readonly #identity: Identity

  constructor(server: string, identity: Identity) {
    this.#server = server
    this.#identity = identity
  }

  threads({ q, cursor }: { q: string; cursor: string | undefined }): Promise<ThreadPage> {
    const page = { view: 'mine', limit: '20', ...(q && { q }), ...(cursor && { cursor }) }
    const query = new URLSearchParams(page)
    return this.#json(`/api/threads?${query}`)
  }

  thread(id: string): Promise<Summary> {
    return this.#json(`/api/threads/${encodeURIComponent(id)}`)
  }

  get uploadUrl(): string {
    return `${this.#server}/api/files`
  }

  token(renewed: boolean): Promise<string> {
    return renewed ? this.#identity.fetch() : this.#identity.current()
  }

  async file(id: string): Promise<Blob> {
    return (await this.#get(`/api/files/${encodeURIComponent(id)}`)).blob()
  }

  /** Open to anyone, so no token: that saves a preflight for every few letters. */
  async suggest(q: string, signal: AbortSignal): Promise<Suggestion[]> {
    const query = new URLSearchParams({ q })
    const response = await fetch(`${this.#server}/api/faq/suggest?${query}`, {
      signal,
      credentials: 'omit',
    })
    if (!response.ok) return []
    const found = (await response.json()) as Suggestion[] | { items?: Suggestion[] }
    return Array.isArray(found) ? found : (found.items ?? [])
  }

  async #json<T>(path: string): Promise<T> {
    return (await this.#get(path)).json() as Promise<T>
  }

  async #get(path: string): Promise<Response> {
    const ask = (token: string) =>
      fetch(this.#server + path, {
        headers: { authorization: `Bearer ${token}` },
        credentials: 'omit',
      })
    let response = await ask(await this.#identity.current())
    if (response.status === 401) response = await ask(await this.#identity.fetch())
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    return response
  }
}
