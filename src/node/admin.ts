import { realpathSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { auditedStaff } from '../actions/staff.ts'
import { OPERATOR } from '../audit/trail.ts'
import { openDatabase } from '../db/db.ts'
import { foldLoginName } from '../identity/login-name.ts'
import { generatePassword } from '../identity/password.ts'
import { loadAppSecret, SettingError } from '../identity/secrets.ts'
import type { StaffAdmin } from '../identity/staff-admin.ts'
import { staffByName } from '../identity/staff-store.ts'
import { isRefusal, type Refusal, refusalMessage } from '../protocol/refusals.ts'
import { STAFF_ROLES, type StaffRole } from '../protocol/vocabulary.ts'
import { AUDIT_USAGE, type AuditOrder, auditOrder, obeyAudit } from './admin-audit.ts'
import {
  CALENDAR_USAGE,
  type CalendarOrder,
  calendarOrder,
  obeyCalendar,
} from './admin-calendar.ts'
import { FAQ_USAGE, Failure, type FaqOrder, faqOrder, obeyFaq, UsageError } from './admin-faq.ts'
import { OFFICE_OPTIONS, OFFICE_USAGE, type OfficeOrder, officeOrder } from './admin-office.ts'
import { obeyWebhook, WEBHOOK_USAGE, type WebhookOrder, webhookOrder } from './admin-webhook.ts'
import { type Config, readConfig } from './config.ts'
import { migrate } from './migrate.ts'
import type { Shell } from './shell.ts'
import { withDatabaseUrl } from './shell-database.ts'

const USAGE = `Manages staff accounts, desks, the FAQ, the calendar, the audit and webhooks from the shell:

  npm run admin -- create NAME --role ${STAFF_ROLES.join('|')} [--name 显示名] [--desk d] [--desks a,b] [--otp]
  npm run admin -- reset NAME       a new password; ends all sessions
  npm run admin -- unlock NAME      forgets failed sign-ins
  npm run admin -- clear-otp NAME   removes a lost second factor; where one is required, a new one
  npm run admin -- disable NAME [--to NAME | --release]   and where the open threads go
  npm run admin -- enable NAME

${OFFICE_USAGE}

${FAQ_USAGE}
${CALENDAR_USAGE}
${AUDIT_USAGE}
${WEBHOOK_USAGE}

In production administrators and supervisors get a second factor, elsewhere with --otp.
It uses DATABASE_URL, or the embedded database under DATA_DIR, and APP_SECRET.
`

/** Runs one command. @returns the exit code: 0 done, 1 not done, 2 not understood */
export async function runAdmin({ argv, env, out, err }: Shell): Promise<0 | 1 | 2> {
  try {
    const order = understand(argv)
    if (order === 'help') out(USAGE)
    else for (const line of await onDatabase(env, order)) out(line)
    return 0
  } catch (error) {
    if (error instanceof UsageError) {
      err(`${error.message}\n\n${USAGE}`)
      return 2
    }
    err(explained(error, env))
    return 1
  }
}

/** What stands in the tables and is nobody's account. */
type TableOrder = FaqOrder | CalendarOrder | AuditOrder | WebhookOrder | OfficeOrder

interface StaffOrder {
  verb: string
  username: string
  role?: StaffRole
  name?: string
  desk?: string
  desks: string[]
  otp: boolean
  /** Where the open threads of a disabled officer go. */
  to?: string
  release: boolean
}

const text = { type: 'string' } as const
const flag = { type: 'boolean', default: false } as const
const OPTIONS = {
  role: text,
  name: text,
  desk: text,
  desks: text,
  why: text,
  events: text,
  'allow-private': flag,
  region: text,
  to: text,
  release: flag,
  otp: flag,
  help: flag,
  ...OFFICE_OPTIONS,
}

function understand(argv: readonly string[]): StaffOrder | TableOrder | 'help' {
  const { values, positionals } = parsed(argv)
  if (values.help) return 'help'
  const { events, 'allow-private': allowPrivate } = values
  const about =
    faqOrder(positionals, values.why) ??
    calendarOrder(positionals, values.region) ??
    officeOrder(positionals, values) ??
    auditOrder(positionals) ??
    webhookOrder(positionals, { events, allowPrivate })
  if (about) return about
  const [verb = '', username = '', ...more] = positionals
  if (!['create', 'reset', 'unlock', 'clear-otp', 'disable', 'enable'].includes(verb)) {
    throw new UsageError(verb ? `There is no command “${verb}”.` : 'Which command?')
  }
  if (username === '' || more.length > 0) throw new UsageError('Give one NAME.')
  const role = STAFF_ROLES.find((one) => one === values.role)
  if (verb === 'create' && !role) {
    throw new UsageError(`--role is one of ${STAFF_ROLES.join(', ')}.`)
  }
  const { name, desk, otp, to, release } = values
  if (to !== undefined && release) throw new UsageError('Give --to or --release.')
  const desks = (values.desks ?? '').split(',').filter(Boolean)
  return {
    verb,
    username,
    desks,
    otp,
    release,
    ...(to && { to }),
    ...(role && { role }),
    ...(name && { name }),
    ...(desk && { desk }),
  }
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

interface Work {
  staff: StaffAdmin
  /** @throws Failure for a name of nobody */
  idOf: (username: string) => Promise<string>
}

async function onDatabase(env: Shell['env'], order: StaffOrder | TableOrder): Promise<string[]> {
  const config = readConfig(env)
  return withDatabaseUrl(config, async (url) => {
    await migrate(url) // the first administrator may come before the first start
    return onTables(url, config, order)
  })
}

async function onTables(
  url: string,
  config: Config,
  order: StaffOrder | TableOrder,
): Promise<string[]> {
  const database = openDatabase(url, { max: 2, name: 'shouwen-admin' })
  const { db } = database
  try {
    if ('about' in order) {
      if (order.about === 'calendar') return await obeyCalendar(order, db)
      if (order.about === 'webhook') return await obeyWebhook(order, db, config)
      if (order.about === 'audit') return await obeyAudit(order, db)
      if (order.about === 'office') return await order.work(db, new Date())
      return await obeyFaq(order, db, config)
    }
    const { env, production } = config
    const secret = await loadAppSecret(db, env, production)
    const staff = auditedStaff({ db, secret, production, now: () => new Date() }, OPERATOR)
    const idOf = async (username: string) => {
      const member = await staffByName(db, foldLoginName(username))
      if (!member) throw new Failure(`There is no account “${username}”.`)
      return member.id
    }
    return await obey(order, { staff, idOf })
  } finally {
    await database[Symbol.asyncDispose]()
  }
}

async function obey(order: StaffOrder, { staff, idOf }: Work): Promise<string[]> {
  const { verb, username } = order
  if (verb === 'create') return create(order, staff)
  const id = await idOf(username)
  if (verb === 'unlock') {
    done(await staff.unlock(id))
    return [`unlocked ${username}`]
  }
  if (verb === 'enable') {
    done(await staff.enable(id))
    return [`enabled ${username}`]
  }
  if (verb === 'disable') return disable(order, id, { staff, idOf })
  if (verb === 'reset') {
    const password = generatePassword()
    done(await staff.resetPassword(id, password))
    return [`reset ${username}`, `password: ${password}`]
  }
  const { otpauth } = done(await staff.clearOtp(id))
  return [`cleared the second factor of ${username}`, ...factorLines(otpauth)]
}

async function disable(order: StaffOrder, id: string, { staff, idOf }: Work): Promise<string[]> {
  const { username, to, release } = order
  const where = to === undefined ? (release ? 'release' : undefined) : { to: await idOf(to) }
  const no = await staff.disable(id, where)
  if (no?.refused === 'wrong-state') {
    throw new Failure(
      `${username} ${no.detail}: --to NAME gives them to a successor, --release to the queue.`,
    )
  }
  done(no)
  return [`disabled ${username}`]
}

async function create(order: StaffOrder, staff: StaffAdmin): Promise<string[]> {
  const { username, role = 'officer', name = username, desk, desks, otp } = order
  const password = generatePassword()
  const member = { username, name, role, desks, password, ...(desk && { desk }) }
  const made = done(await staff.createStaff(member))
  const otpauth = made.otpauth ?? (otp ? done(await staff.enableOtp(made.id)).otpauth : undefined)
  return [`created ${username} (${role})`, `password: ${password}`, ...factorLines(otpauth)]
}

const factorLines = (otpauth: string | undefined) =>
  otpauth === undefined ? [] : [`second factor (for an authenticator app): ${otpauth}`]

function done<T>(answer: T | Refusal): T {
  if (!isRefusal(answer)) return answer
  throw new Failure(answer.detail ?? refusalMessage(answer, 'en'))
}

/** What an operator needs to know; the rest of an error with DEBUG=1. */
function explained(error: unknown, env: Shell['env']): string {
  if (env.DEBUG === '1' && error instanceof Error) return error.stack ?? error.message
  if (error instanceof Failure || error instanceof SettingError) return error.message
  const { message, code } = error as { message?: string; code?: string }
  return `${message || code || 'It failed.'} (DEBUG=1 says more)`
}

/* The entry proper: everything above is told what it reads and where it writes. */
if (realpathSync(process.argv[1] ?? '.') === import.meta.filename) {
  const write = (line: string) => console.log(line)
  const complain = (line: string) => console.error(line)
  const argv = process.argv.slice(2)
  process.exitCode = await runAdmin({ argv, env: process.env, out: write, err: complain })
}
