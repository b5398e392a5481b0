import { setTimeout as sleep } from 'node:timers/promises'
import { type Plan, RATE } from './options.ts'
import type { Phase } from './phases.ts'
import { cpuOf, cpuOfFamily, residentOf } from './proc.ts'
import type { Stage } from './seats.ts'
import { type Server, type Setting, startServer } from './setting.ts'

/** A phase with what it cost; CPU in seconds. */
export interface Measured extends Phase {
  /** The server's per 1,000 messages. */
  cpu: number
  /** PostgreSQL's per 1,000 messages. */
  postgresCpu: number
  /** What is wrong with the phase: something was lost, doubled, or not stored. Null: nothing. */
  dishonest: string | null
}

/** One system in one round. */
export interface Round {
  paced: Measured
  closed: Measured
  deep: Measured
  /** MiB per 1,000 idle connections. */
  idle: number
}

/** Seconds that a phase may take beyond its own time. */
const GRACE = 60
const SETTLE = 700

/** Fresh processes, so that no round inherits another's memory or warmth: idle first, then load. */
export async function measure(
  setting: Setting,
  system: Stage['system'],
  plan: Plan,
): Promise<Round> {
  const idle = await measureIdle(setting, system, plan.idle)
  const { warm, depth } = plan
  const flags = plan.profile ? ['--cpu-prof', '--cpu-prof-dir', plan.profile] : []
  await using server = await startServer(setting, system, flags)
  await setting.load.ask('seat', server.stage, GRACE)
  const run = (verb: 'paced' | 'closed', how: { seconds: number; rate?: number; depth?: number }) =>
    measurePhase(setting, server, verb, how)
  await run('closed', { depth: 1, seconds: warm })
  const paced = await run('paced', { rate: RATE, seconds: plan.paced })
  const closed = await run('closed', { depth: 1, seconds: plan.closed })
  const deep = await run('closed', { depth, seconds: plan.closed })
  await setting.load.ask('leave')
  return { paced, closed, deep, idle }
}

async function measurePhase(
  setting: Setting,
  { peer, stage }: Server,
  verb: 'paced' | 'closed',
  how: { seconds: number },
): Promise<Measured> {
  const { load, postgresPid } = setting
  const storedBefore = await stored(setting, stage.system)
  const [cpuBefore, postgresBefore] = [cpuOf(peer.pid), cpuOfFamily(postgresPid)]
  const phase = await load.ask<Phase>(verb, how, how.seconds + GRACE)
  const thousands = phase.sent / 1000
  const cpu = (cpuOf(peer.pid) - cpuBefore) / thousands
  const postgresCpu = (cpuOfFamily(postgresPid) - postgresBefore) / thousands
  const kept = (await stored(setting, stage.system)) - storedBefore
  return { ...phase, cpu, postgresCpu, dishonest: wrongWith(phase, kept) }
}

function wrongWith({ sent, acked, delivered, surplus }: Phase, kept: number): string | null {
  if (sent === acked && sent === delivered && sent === kept && surplus === 0) return null
  return `${sent} sent, ${acked} acked, ${delivered} delivered, ${kept} stored, ${surplus} surplus`
}

/** Messages that the database holds; of ours also that no thread has a hole in its numbers. */
async function stored({ sql }: Setting, system: Stage['system']): Promise<number> {
  if (system === 'floor') {
    const [row] = await sql`select count(*)::int as n from floor_messages`
    return row!.n
  }
  const [row] = await sql`select (select count(*)::int from entries where kind = 'said') as n,
    (select count(*)::int from threads t where t.seq <>
      (select count(*) from entries e where e.thread = t.id)) as torn`
  if (row!.torn > 0) throw new Error(`${row!.torn} threads have holes in their record`)
  return row!.n
}

/** Growth of the server's resident memory, after some connections have come and gone. */
async function measureIdle(setting: Setting, system: Stage['system'], count: number) {
  const { load } = setting
  await using server = await startServer(setting, system, [])
  const { peer, stage } = server
  await load.ask('idle', { stage, count: Math.ceil(count / 10) })
  await load.ask('leave')
  const before = await settledMemory(peer)
  await load.ask('idle', { stage, count }, GRACE)
  const after = await settledMemory(peer)
  await load.ask('leave')
  return ((after - before) / count) * 1000
}

async function settledMemory(peer: Server['peer']): Promise<number> {
  for (let i = 0; i < 2; i++) {
    await sleep(SETTLE)
    await peer.ask('collect')
  }
  await sleep(SETTLE)
  return residentOf(peer.pid)
}
