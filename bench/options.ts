import { parseArgs } from 'node:util'

/** What one run does; times in seconds. */
export interface Plan {
  /** The messages, the FAQ, or one after the other. */
  parts: readonly (typeof ALL)[number][]
  rounds: number
  warm: number
  paced: number
  closed: number
  /** Messages on their way at once from each side of each thread, where it is more than one. */
  depth: number
  idle: number
  /** Where the figures go as JSON. */
  json: string | undefined
  /** Folder for CPU profiles of the servers. */
  profile: string | undefined
}

export const RATE = 200
/** The whole run, in seconds; no round is begun that would not end before. */
export const LIMIT = 240

const ALL = ['messages', 'faq'] as const

const USAGE = `npm run bench -- [--quick] [--faq] [--rounds N] [--json FILE] [--profile FOLDER]

  --quick     one short round of the messages: to see that it works
  --faq       only the FAQ: decisions and suggestions at 120 and at 20,000 entries
  --json      also writes every figure of every round
  --profile   CPU profiles of the servers (the figures then mean little)
`

const FULL = { rounds: 3, warm: 2, paced: 8, closed: 4, depth: 3, idle: 2_000 }
const QUICK = { rounds: 1, warm: 1, paced: 3, closed: 2, depth: 3, idle: 500 }

/** @returns null where it only had to say how it is used */
export function readPlan(argv: readonly string[]): Plan | null {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      quick: { type: 'boolean', default: false },
      faq: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      json: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(USAGE)
    return null
  }
  const plan = values.quick ? QUICK : FULL
  const rounds = Number(values.rounds ?? plan.rounds)
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds: a whole number from 1')
  const both = values.faq === values.quick
  const parts = both ? ALL : ALL.filter((part) => (part === 'faq') === values.faq)
  return { ...plan, parts, rounds, json: values.json, profile: values.profile }
}
