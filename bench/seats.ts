import { DEMO_ISSUER } from '../src/identity/demo.ts'
import { mintToken } from '../src/identity/mint.ts'
import { usccCheckCharacter } from '../src/identity/uscc.ts'
import type { Seat } from './ledger.ts'
import { Line } from './line.ts'
import { QUESTIONS } from './words.ts'

export const DESKS = ['water', 'eia'] as const
export const VISITORS = 200
export const OFFICERS = 10

/** Where the load goes, and what it may call itself there. */
export interface Stage {
  system: 'floor' | 'ours'
  url: string
  /** The host platform's key, for the visitors' tokens. */
  secret: string
  /** Of all officers. */
  password: string
}

export const officerName = (i: number) => `bench-${DESKS[i % DESKS.length]}-${i}`
const FEW = 20

/** Does it for each, a few at a time, in order of the results. */
export async function fewAtOnce<T>(n: number, work: (i: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  let next = 0
  const one = async () => {
    for (let i = next++; i < n; i = next++) results[i] = await work(i)
  }
  await Promise.all(Array.from({ length: FEW }, one))
  return results
}

/** Each visitor with a thread, each thread with its officer, all connected and ready to write. */
export const seatAll = (stage: Stage): Promise<Seat[]> =>
  stage.system === 'floor' ? seatAtFloor(stage) : seatAtOurs(stage)

async function seatAtFloor({ url }: Stage): Promise<Seat[]> {
  const threads = Array.from({ length: VISITORS }, (_, i) => `thread-${i}`)
  const visitors = await fewAtOnce(VISITORS, (i) =>
    Line.open(url, 'visitor', { me: { role: 'enterprise', id: `v${i}` }, threads: [threads[i]] }),
  )
  const officers = await fewAtOnce(OFFICERS, (o) => {
    const held = threads.filter((_, i) => i % OFFICERS === o)
    return Line.open(url, 'officer', { me: { role: 'officer', id: `o${o}` }, threads: held })
  })
  return threads.map((thread, i) => ({
    thread,
    visitor: visitors[i]!.line,
    officer: officers[i % OFFICERS]!.line,
  }))
}

/** A person of an enterprise of their own; invented, with a well-formed code. */
function tokenOf(i: number, secret: string): Promise<string> {
  const first17 = `91330199BE${String(i).padStart(7, '0')}`
  const uscc = `${first17}${usccCheckCharacter(first17)}`
  const enterprise = { uscc, name: `测试企业${i}有限公司`, district: '临江区' }
  const now = new Date()
  return mintToken({ secret, iss: DEMO_ISSUER, sub: `u${i}`, name: `访客${i}`, enterprise, now })
}

export async function openVisitor({ system, url, secret }: Stage, i: number) {
  if (system === 'ours') return Line.open(url, 'visitor', { token: await tokenOf(i, secret) })
  return Line.open(url, 'visitor', { me: { role: 'enterprise', id: `v${i}` }, threads: [] })
}

/** Signing in costs a slow hash by design: once a run is enough. */
const cookies = new Map<string, string>()

async function cookieOf({ url, password }: Stage, username: string): Promise<string> {
  const known = cookies.get(username)
  if (known !== undefined) return known
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ username, password }),
  })
  const cookie = response.headers.get('set-cookie')?.split(';')[0]
  if (!response.ok || !cookie) throw new Error(`${username} cannot sign in: ${response.status}`)
  cookies.set(username, cookie)
  return cookie
}

interface Held {
  thread: string
  visitor: Line
  officer: number
}

/**
 * In the first round every visitor asks, wants a person and is claimed by an officer of the desk
 * that the question went to; later rounds find their thread again.
 */
async function seatAtOurs(stage: Stage): Promise<Seat[]> {
  const officers = await fewAtOnce(OFFICERS, async (o) => {
    const cookie = await cookieOf(stage, officerName(o))
    return (await Line.open(stage.url, 'officer', {}, { cookie })).line
  })
  const held = await fewAtOnce(VISITORS, async (i): Promise<Held> => {
    const { line, welcome } = await openVisitor(stage, i)
    const known = welcome.threads[0]
    const { id, desk } = known ?? (await askedBy(line, QUESTIONS[i % QUESTIONS.length]!))
    const ofDesk = officers.flatMap((_, o) => (officerName(o).includes(desk) ? [o] : []))
    const officer = ofDesk[Math.floor(i / DESKS.length) % ofDesk.length]!
    if (!known) await officers[officer]!.tell({ type: 'claim', thread: id })
    return { thread: id, visitor: line, officer }
  })
  return held.map(({ thread, visitor, officer }) => ({
    thread,
    visitor,
    officer: officers[officer]!,
  }))
}

/** A question that ends at a desk, whatever the FAQ has to say about it. */
async function askedBy(line: Line, text: string): Promise<{ id: string; desk: string }> {
  const escalated = line.until(({ type, kind }) => type === 'entry' && kind === 'escalated')
  const { thread } = await line.tell({ type: 'ask', text })
  await line.tell({ type: 'escalate', thread })
  return { id: thread, desk: (await escalated).body.desk }
}
