import type { z } from 'zod'
import type { Ack, CommandInput } from '../../protocol/commands.ts'
import type { Directory, FaqSearch, Me, problemSchema, Summary } from '../../protocol/http.ts'
import type { RefusalCode } from '../../protocol/refusals.ts'
import type { ThreadState, View } from '../../protocol/vocabulary.ts'
import { Refused } from '../shared/connection.ts'

/** An HTTP refusal; `detail` is for the program (`otp-required`), `message` for people. */
export class Problem extends Refused {
  readonly detail: string | undefined
  constructor(code: RefusalCode, message: string, retryAfter?: number, detail?: string) {
    super(code, message, retryAfter)
    this.detail = detail
  }
}

/** No answer, or none of ours: the network, a proxy, a restart. Nothing is known. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}

export interface SignIn {
  username: string
  password: string
  otp?: string
}
export interface ThreadQuery {
  view: View
  state?: readonly ThreadState[]
  q?: string
  cursor?: string
  limit?: number
}
export interface ThreadPage {
  items: Summary[]
  next?: string
}

export interface Api {
  session(): Promise<Me>
  signIn(credentials: SignIn): Promise<Me>
  signOut(): Promise<void>
  threads(query: ThreadQuery, signal?: AbortSignal): Promise<ThreadPage>
  thread(id: string): Promise<Summary>
  directory(): Promise<Directory>
  searchFaq(q: string, signal?: AbortSignal): Promise<FaqSearch>
  command(command: CommandInput): Promise<Ack>
}

/**
 * Everything that the console asks over HTTP. `onSignedOut` hears of a 401 on any route but the
 * two that ask who is signed in.
 */
export function createApi(onSignedOut: () => void): Api {
  const guarded = async <T>(path: string, init?: RequestInit): Promise<T> => {
    try {
      return await request<T>(path, init)
    } catch (error) {
      if (error instanceof Problem && error.code === 'not-signed-in') onSignedOut()
      throw error
    }
  }
  return {
    session: async () => (await request<{ me: Me }>('/api/session')).me,
    signIn: async (body) => (await request<{ me: Me }>('/api/session', json('POST', body))).me,
    signOut: () => request('/api/session', { method: 'DELETE' }),
    threads: (query, signal) =>
      guarded(`/api/threads?${search(query)}`, { signal: signal ?? null }),
    thread: (id) => guarded(`/api/threads/${encodeURIComponent(id)}`),
    directory: () => guarded('/api/directory'),
    searchFaq: (q, signal) =>
      guarded(`/api/faq/search?${new URLSearchParams({ q, explain: '1' })}`, {
        signal: signal ?? null,
      }),
    command: (command) => guarded('/api/commands', json('POST', command)),
  }
}

/** The browser itself fetches it, with the cookie, and saves it. */
export const recordHref = (thread: string) => `/api/threads/${encodeURIComponent(thread)}/record`
export const fileHref = (file: string) => `/api/files/${encodeURIComponent(file)}`

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

function search({ view, state, q, cursor, limit }: ThreadQuery): URLSearchParams {
  const params = new URLSearchParams({ view })
  if (state) params.set('state', state.join(','))
  if (q) params.set('q', q)
  if (cursor) params.set('cursor', cursor)
  if (limit) params.set('limit', String(limit))
  return params
}

async function request<T>(path: string, init: RequestInit = {}): Promise<T> {
  const headers = new Headers(init.headers)
  headers.set('accept-language', 'zh')
  let response: Response
  try {
    response = await fetch(path, { ...init, headers, credentials: 'same-origin' })
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new Unreachable()
  }
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T
  throw await problemOf(response)
}

type ProblemBody = z.infer<typeof problemSchema>

async function problemOf(response: Response): Promise<Error> {
  if (!response.headers.get('content-type')?.includes('application/problem+json')) {
    return new Unreachable()
  }
  const { code, message, retryAfter, detail } = (await response.json()) as ProblemBody
  return new Problem(code, message, retryAfter, detail)
}
