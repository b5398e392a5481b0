import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../src/db/db.ts'
import { DEMO_ISSUER } from '../../src/identity/demo.ts'
import { mintToken } from '../../src/identity/mint.ts'
import { hashOf } from '../../src/identity/password.ts'
import { insertStaff } from '../../src/identity/staff-store.ts'
import { usccCheckCharacter } from '../../src/identity/uscc.ts'
import { Caller, type History, type Invoked } from './caller.ts'
import { marked } from './checker.ts'
import type { Frame, Told } from './client.ts'
import { until } from './process.ts'
import { PASSWORD, SECRET, signIn } from './server.ts'

/** Numbers that are the same in every run, so that a failing one can be run again. */
export function seeded(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A token of the n-th of many enterprises, by the wall clock that real processes go by. */
export function visitorToken(n: number): Promise<string> {
  const first17 = `91330199MA2${String(n).padStart(6, '0')}`
  return mintToken({
    secret: SECRET,
    iss: DEMO_ISSUER,
    sub: `visitor-${n}`,
    name: `访客${n}`,
    enterprise: { uscc: `${first17}${usccCheckCharacter(first17)}`, name: `第${n}企业` },
    now: new Date(),
  })
}

/** Officers beside the demo's, of desk `water`, who also work at `eia`. Their sign-in names. */
export async function addOfficers(db: Db, count: number): Promise<string[]> {
  const hash = await hashOf(PASSWORD)
  const names = Array.from({ length: count }, (_, i) => `officer${i}`)
  for (const username of names) {
    const post = { role: 'officer', desk: 'water', desks: ['eia'], disabled: false } as const
    const row = { id: randomUUID(), username, name: username, ...post, desks: [...post.desks] }
    await insertStaff(db, { ...row, createdAt: new Date() }, hash)
  }
  return names
}

/** A command with its id in its words. */
export function worded(command: Told): Told {
  const id = randomUUID()
  const said = { ...command, id } as Frame
  for (const key of ['text', 'note', 'summary']) if (said[key]) said[key] = marked(said[key], id)
  return said as Told
}

export interface TrafficOptions {
  /** Of each process; callers spread over them. */
  urls: readonly (() => string)[]
  /** Of each officer; who they are was settled before. */
  cookies: readonly string[]
  visitors: number
  /** Commands a second, of all together. */
  rate: number
  /** Every so manieth visitor takes a first `unavailable` for an answer; none by default. */
  giveUpEvery?: number
  seed?: number
}

/** Many at once over real sockets, until it is told to end. */
export class Traffic {
  readonly history: History = new Map()
  readonly visitors: Caller[] = []
  readonly officers: Caller[] = []
  #flowing = true
  #work: Promise<unknown>[] = []
  readonly #options: TrafficOptions
  readonly #random: () => number

  private constructor(options: TrafficOptions) {
    this.#options = options
    this.#random = seeded(options.seed ?? 1)
  }

  static async start(options: TrafficOptions): Promise<Traffic> {
    const traffic = new Traffic(options)
    await traffic.#join()
    return traffic
  }

  get callers(): Caller[] {
    return [...this.visitors, ...this.officers]
  }

  acked(since = 0): number {
    let n = 0
    for (const { outcome } of this.history.values()) if (outcome === 'ok') n += 1
    return n - since
  }

  /** Ends the flow, and waits until every command got its answer. */
  async settle(patience = 20_000): Promise<void> {
    this.#flowing = false
    const isQuiet = () => this.callers.every(({ pending }) => pending === 0)
    await until('every command is answered', isQuiet, patience)
    await Promise.all(this.#work)
  }

  /** Every feed reaches the head of its threads by itself, and none saw a gap or a repeat. */
  async converge(heads: ReadonlyMap<string, readonly unknown[]>): Promise<string[]> {
    const isThere = ({ feed }: Caller) =>
      feed.threads.every((id) => feed.cursor(id) === heads.get(id)?.length)
    await until('every reader is at the head', () => this.callers.every(isThere), 10_000)
    return this.callers.flatMap(({ feed }) => feed.violations)
  }

  async stop(): Promise<void> {
    this.#flowing = false
    await Promise.all(this.callers.map((caller) => caller.stop()))
  }

  async #join(): Promise<void> {
    const { urls, cookies, visitors, giveUpEvery = Number.POSITIVE_INFINITY } = this.#options
    const { history } = this
    const at = (n: number) => urls[n % urls.length]!
    const tokens = await Promise.all(Array.from({ length: visitors }, (_, n) => visitorToken(n)))
    const onFrame = (frame: Frame, officer: Caller) => this.#claimWhatWaits(frame, officer)
    this.visitors.push(
      ...tokens.map((token, n) => {
        const persistent = (n + 1) % giveUpEvery !== 0
        return new Caller({ url: at(n), history, token, persistent })
      }),
    )
    this.officers.push(
      ...cookies.map((cookie, n) => new Caller({ url: at(n), history, cookie, onFrame })),
    )
    await until('everybody is welcome', () => this.callers.every(({ isWelcome }) => isWelcome))
    this.#work = [
      ...this.visitors.map((visitor) => this.#visit(visitor)),
      ...this.officers.map((officer) => this.#serve(officer)),
    ]
  }

  /** Waits a little, so that all together keep to the rate. */
  #pace(): Promise<void> {
    const mean = (1000 * this.callers.length) / this.#options.rate
    return sleep(mean * (0.5 + this.#random()))
  }

  async #visit(visitor: Caller): Promise<void> {
    await this.#pace()
    let thread: string | undefined
    while (!thread && this.#flowing) {
      const asked = await visitor.tell(
        worded({ type: 'ask', text: '调换辅材需重新办理环评手续吗？' }),
      )
      thread = asked.acks[0]?.thread
    }
    if (!thread) return
    const note = '想找人工'
    await visitor.tell(worded({ type: 'escalate', thread, note }))
    for (let n = 0; this.#flowing; n++) {
      await this.#pace()
      if (this.#flowing) await visitor.tell(worded({ type: 'say', thread, text: `第${n}句` }))
    }
  }

  /** All race for it, but for those who hold their share already. */
  #claimWhatWaits(frame: Frame, officer: Caller): void {
    if (frame.type !== 'queue' || frame.op !== 'put') return
    const share = this.visitors.length / this.officers.length + 3
    if (officer.feed.threads.length > share) return
    void officer.tell({ type: 'claim', thread: frame.thread.id })
  }

  async #serve(officer: Caller): Promise<void> {
    while (this.#flowing) {
      await this.#pace()
      const mine = [...this.history.values()].filter((one) => isClaimOf(one, officer))
      const one = mine[Math.floor(this.#random() * mine.length)]
      if (!one?.thread || !this.#flowing) continue
      const { thread } = one
      const says = this.#random() < 0.7
      await officer.tell(worded({ type: says ? 'say' : 'note', thread, text: '在办' }))
    }
  }
}

const isClaimOf = ({ type, by, outcome }: Invoked, officer: Caller) =>
  type === 'claim' && outcome === 'ok' && by === officer.me.id

export const cookiesOf = (url: string, names: readonly string[]) =>
  Promise.all(names.map((name) => signIn(url, name)))
