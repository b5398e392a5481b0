import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { faqTable } from './faq.ts'
import { measure } from './measure.ts'
import { LIMIT, type Plan, readPlan } from './options.ts'
import { type Both, linesOf, median, repeats, tableOf, wrongs } from './report.ts'
import { openSetting, type Setting } from './setting.ts'

/** Measures the floor and ours side by side, in turn, in one run. */

const say = (line: string) => process.stdout.write(`${line}\n`)
const load = () => loadavg()[0]!.toFixed(1)

const interrupted = new Promise<never>((_, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => reject(new Error(`interrupted by ${signal}`)))
  }
})
interrupted.catch(() => {})

const round = async (setting: Setting, plan: Plan): Promise<Both> => ({
  floor: await measure(setting, 'floor', plan),
  ours: await measure(setting, 'ours', plan),
})

/** Without its load a round fails at once, and takes its server down with it. */
async function unlessInterrupted<T>({ load }: Setting, work: Promise<T>): Promise<T> {
  try {
    return await Promise.race([work, interrupted])
  } catch (error) {
    await load.stop()
    await work.catch(() => {})
    throw error
  }
}

async function rounds(plan: Plan): Promise<Both[]> {
  const started = performance.now()
  const passed = () => (performance.now() - started) / 1000
  await using setting = await openSetting()
  const [settings] = await setting.sql`select current_setting('fsync') as fsync,
    current_setting('synchronous_commit') as commit, current_setting('server_version') as version`
  const { fsync, commit, version } = settings!
  say(`PostgreSQL ${version}, fsync ${fsync}, synchronous_commit ${commit}`)
  const done: Both[] = []
  for (let i = 1; i <= plan.rounds; i++) {
    if (i > 1 && passed() + passed() / (i - 1) > LIMIT) {
      say(`no time for round ${i}: this machine is slow or busy`)
      break
    }
    done.push(await unlessInterrupted(setting, round(setting, plan)))
    say(`round ${i} of ${plan.rounds}: ${passed().toFixed(0)} s, load ${load()}`)
  }
  return done
}

const cores = availableParallelism()
const model = cpus()[0]?.model ?? 'unknown'

async function main(plan: Plan): Promise<number> {
  say(`Node ${process.version}, ${cores} cores (${model}), load ${load()}`)
  const code = plan.parts.includes('messages') ? await messages(plan) : 0
  if (plan.parts.includes('faq')) say(`\n${await faqTable()}`)
  return code
}

async function messages(plan: Plan): Promise<number> {
  const done = await rounds(plan)
  const [lines, wrong] = [linesOf(done), wrongs(done)]
  const lag = median(done.flatMap(({ floor, ours }) => [floor.paced.lag.p99, ours.paced.lag.p99]))
  say(`\n${tableOf(lines)}\n`)
  say(`Medians of ${done.length}; ratio = median of the rounds' ratios.`)
  say(`The generator itself was up to ${lag.toFixed(1)} ms late (p99) at its pace.`)
  const again = repeats(done)
  if (again > 0) say(`${again} messages were unavailable at first and sent again.`)
  if (plan.json) {
    writeFileSync(plan.json, `${JSON.stringify({ cores, model, lines, wrong, rounds: done })}\n`)
  }
  if (wrong.length === 0) say('Every message was acked once, delivered once and stored once.')
  for (const line of wrong) say(`DISHONEST ${line}`)
  return wrong.length === 0 ? 0 : 1
}

const plan = readPlan(process.argv.slice(2))
if (plan) {
  process.exitCode = await main(plan).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  })
}
