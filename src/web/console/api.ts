import { hc } from 'hono/client'
import type { z } from 'zod'
import type { AppType } from '../../http/app.ts'
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
  next?: string | undefined
}

export interface CalendarState {
  unscheduled: number
  alarm: { level: 'missing' | 'soon'; year: number } | null
}

/** Rejects with `Problem` or `Unreachable`, or with the abort of `signal`. */
export interface Api {
  session(): Promise<Me>
  signIn(credentials: SignIn): Promise<Me>
  signOut(): Promise<void>
  threads(query: ThreadQuery, signal?: AbortSignal): Promise<ThreadPage>
  thread(id: string): Promise<Summary>
  directory(): Promise<Directory>
  searchFaq(q: string, signal?: AbortSignal): Promise<FaqSearch>
  command(command: CommandInput): Promise<Ack>
  /** What supervisors and administrators must know of the working calendar. */
  calendar(): Promise<CalendarState>
}

/**
 * Everything that the console asks over HTTP. `onSignedOut` hears of a 401 on any route but those
 * about the session itself.
 */
export function createApi(onSignedOut: () => void): Api {
  const { api } = hc<AppType>('/', {
    fetch: async (input: RequestInfo | URL, init?: RequestInit) => {
      try {
        return await request(input, init)
      } catch (error) {
        const signedOut = error instanceof Problem && error.code === 'not-signed-in'
        if (signedOut && !String(input).endsWith('/api/session')) onSignedOut()
        throw error
      }
    },
  })
  const until = (signal?: AbortSignal) => (signal ? { init: { signal } } : {})
  return {
    session: async () => (await (await api.session.$get()).json()).me,
    signIn: async (json) => (await (await api.session.$post({ json })).json()).me,
    signOut: async () => void (await api.session.$delete()),
    threads: async (query, signal) =>
      (await api.threads.$get({ query: wire(query) }, until(signal))).json(),
    thread: async (id) => (await api.threads[':id'].$get({ param: { id } })).json(),
    directory: async () => (await api.directory.$get()).json(),
    searchFaq: async (q, signal) =>
      (await api.faq.search.$get({ query: { q, explain: '1' } }, until(signal))).json(),
    calendar: async () => (await api.calendar.$get()).json(),
    command: async (json) => (await api.commands.$post({ json })).json(),
  }
}

/** The browser itself fetches these, with the cookie, and saves them. */
export const recordHref = (thread: string) => `/api/threads/${encodeURIComponent(thread)}/record`
export const fileHref = (file: string) => `/api/files/${encodeURIComponent(file)}`

const wire = ({ view, state, q, cursor, limit }: ThreadQuery) => ({
  view,
  ...(state && { state: state.join(',') }),
  ...(q && { q }),
  ...(cursor && { cursor }),
  ...(limit && { limit: String(limit) }),
})

/** `fetch` that gives nothing but answers that may be read. */
async function request(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('accept-language', 'zh')
  let response: Response
  try {
    response = await fetch(input, { ...init, headers, credentials: 'same-origin' })
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new Unreachable()
  }
  if (response.ok) return response
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
