import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Caller } from '../../src/protocol/caller.ts'
import type { EntryKind, StaffRole } from '../../src/protocol/vocabulary.ts'
import { type Draft, link } from '../../src/record/chain.ts'
import { evolve } from '../../src/record/evolve.ts'
import { loadThread } from '../../src/record/record-store.ts'
import { SYSTEM } from '../../src/record/rules/rule.ts'
import { Client, type Connect, type Frame, type Told } from '../support/client.ts'
import type { TestServer } from '../support/server.ts'

/** A question that is answered, and would be routed to the desk `eia`. */
export const ANSWERED = '调换辅材需重新办理环评手续吗？'
/** A question for the desk `water`. */
export const WATER = '我们公司上中水回用系统有政策补贴吗？'
/** What no FAQ answers: it goes straight to a person. */
export const EMERGENCY = '车间氨气泄漏了，有人晕倒，怎么办？'

/** Demo staff by name; `e0` … `e3` are the sample enterprises' contacts. */
export type Who = 'wang' | 'li' | 'zhao' | 'sun' | 'qian' | 'admin' | 'e0' | 'e1' | 'e2' | 'e3'

export const isEnterprise = (who: Who) => /^e\d$/.test(who)

const cookies = new WeakMap<TestServer, Map<string, Promise<string>>>()

/**
 * One session a member of staff, server and hour, so that tests do not sign in again and again, and
 * those that move the clock need not think of it.
 */
export function cookieOf(server: TestServer, who: string): Promise<string> {
  const known = cookies.get(server) ?? new Map<string, Promise<string>>()
  cookies.set(server, known)
  const key = `${who} ${Math.floor(server.clock.now().getTime() / 3_600_000)}`
  const cookie = known.get(key) ?? server.cookie(who)
  known.set(key, cookie)
  return cookie
}

export async function credentials(server: TestServer, who: Who): Promise<Connect> {
  return isEnterprise(who)
    ? { token: await server.token(Number(who.slice(1))) }
    : { cookie: await cookieOf(server, who) }
}

export const connect = async (server: TestServer, who: Who, more: Connect = {}) =>
  Client.open(server, { ...(await credentials(server, who)), ...more })

export interface Answer {
  status: number
  // oxlint-disable-next-line typescript/no-explicit-any
  // biome-ignore lint/suspicious/noExplicitAny: what comes over the wire is what the test is about
  body: any
  headers: Headers
  text: string
}

export interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: unknown
  /** Null leaves the header out. */
  origin?: string | null
}

/** One HTTP request as somebody (null: nobody), from our own origin unless it says otherwise. */
export async function http(
  server: TestServer,
  who: Who | null,
  path: string,
  { method, headers = {}, body, origin }: Asked = {},
): Promise<Answer> {
  const { token, cookie } = who === null ? {} : await credentials(server, who)
  const isRaw = typeof body === 'string' || body instanceof FormData || body instanceof Uint8Array
  const response = await fetch(`${server.url}${path}`, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    redirect: 'manual',
    headers: {
      ...(origin === null ? {} : { origin: origin ?? server.url }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(cookie ? { cookie } : {}),
      ...(body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '')
  const parsed = isJson && text !== '' ? JSON.parse(text) : undefined
  return { status: response.status, body: parsed, headers: response.headers, text }
}

/** A command over HTTP: its ack or its problem document. */
export const tell = (server: TestServer, who: Who, command: Told & Record<string, unknown>) =>
  http(server, who, '/api/commands', { body: { id: randomUUID(), ...command } })

/** A command that must be acknowledged; the number that the ack names. */
export async function did(
  server: TestServer,
  who: Who,
  command: Told & Record<string, unknown>,
): Promise<{ thread: string; seq: number }> {
  const { status, body } = await tell(server, who, command)
  expect(body, `${who} ${command.type}`).toMatchObject({ thread: expect.any(String) })
  expect(status).toBe(200)
  return body
}

export type Stage = 'answering' | 'waiting' | 'held' | 'resolved' | 'closed' | 'withdrawn'

/** A thread of enterprise `e0` at desk `water`, brought to a state; held by `wang`. */
export async function aThread(server: TestServer, stage: Stage, who: Who = 'e0'): Promise<string> {
  const { thread } = await did(server, who, { type: 'ask', text: WATER })
  if (stage === 'answering') return thread
  if (stage === 'withdrawn') {
    await did(server, who, { type: 'cancel', thread })
    return thread
  }
  await did(server, who, { type: 'escalate', thread })
  if (stage === 'waiting') return thread
  await did(server, 'wang', { type: 'claim', thread })
  if (stage === 'held') return thread
  await did(server, 'wang', { type: 'resolve', thread, outcome: 'answered', summary: '已答复' })
  if (stage === 'closed') await append(server, thread, closed)
  return thread
}

const closed: Draft = { kind: 'closed', by: SYSTEM, body: { outcome: 'answered' } }

/**
 * Entries that no command makes yet, appended the way that actions append: linked onto the head,
 * folded, stored by the writer and handed on as news.
 */
export async function append(server: TestServer, id: string, ...drafts: Draft[]): Promise<number> {
  const { services } = server.running
  const before = await loadThread(services.db, id)
  if (!before) throw new Error(`no thread ${id}`)
  const head = { thread: id, seq: before.seq, hash: before.head, at: before.at }
  const entries = link(head, drafts, services.now(), services.salt)
  const after = entries.reduce((thread, entry) => evolve(thread, entry), before)
  const seq = before.seq + 1
  const group = { was: before.seq, entries, tellings: [], after, command: null, seq }
  const done = await services.writer.append(group)
  expect(done).toEqual({ as: 'won' })
  services.threads.put(after)
  services.appended({ before, after, entries })
  return seq
}

/** Somebody of the demo's staff, as the record names them. */
export async function person(server: TestServer, who: string) {
  const { sql } = server.database
  const [row] = await sql`select id, name, role, desk from staff where username = ${who}`
  const { id, name, role, desk } = row as Record<'id' | 'name' | 'role' | 'desk', string>
  return { id, name, role: role as StaffRole, ...(desk ? { desk } : {}) }
}

export const byOf = async (server: TestServer, who: string) => {
  const { id, name, role } = await person(server, who)
  return { id, name, role }
}

/** Every field that a frame or an entry may have, by how it is shown. */
export const KEYS = {
  open: ['at', 'body', 'by', 'hash', 'kind', 'prev', 'salt', 'seq', 'thread'],
  sealed: ['at', 'content', 'hash', 'kind', 'prev', 'seq', 'thread'],
  masked: ['at', 'body', 'by', 'content', 'hash', 'kind', 'masked', 'prev', 'seq', 'thread'],
  redacted: ['at', 'by', 'content', 'hash', 'kind', 'prev', 'seq', 'thread'],
}

export const keysOf = (value: object) => Object.keys(value).sort()
export const kindsOf = (entries: readonly Frame[]) => entries.map(({ kind }) => kind as EntryKind)
export const seqsOf = (entries: readonly Frame[]) => entries.map(({ seq }) => seq as number)
export const upTo = (n: number, from = 1) =>
  Array.from({ length: n - from + 1 }, (_, i) => i + from)

/** Fails unless the refusal says exactly this. */
export const refusedAs = (code: string, more: object = {}) =>
  expect.objectContaining({ type: 'refused', code, message: expect.any(String), ...more })

export const isStaffCaller = (caller: Caller) => caller.role !== 'enterprise'
