import { realpathSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { auditedStaff } from '../actions/staff.ts'
import { OPERATOR } from '../audit/trail.ts'
import { openDatabase } from '../db/db.ts'
import { loadAppSecret, SettingError } from '../identity/secrets.ts'
import { AUDIT_USAGE, type AuditOrder, auditOrder, obeyAudit } from './admin-audit.ts'
import {
  CALENDAR_USAGE,
  type CalendarOrder,
  calendarOrder,
  obeyCalendar,
} from './admin-calendar.ts'
import { FAQ_USAGE, Failure, type FaqOrder, faqOrder, obeyFaq, UsageError } from './admin-faq.ts'
import { OFFICE_OPTIONS, OFFICE_USAGE, type OfficeOrder, officeOrder } from './admin-office.ts'
import {
  obeyStaff,
  STAFF_OPTIONS,
  STAFF_USAGE,
  type StaffOrder,
  staffOrder,
} from './admin-staff.ts'
import { obeyWebhook, WEBHOOK_USAGE, type WebhookOrder, webhookOrder } from './admin-webhook.ts'
import { type Config, readConfig } from './config.ts'
import { migrate } from './migrate.ts'
import type { Shell } from './shell.ts'
import { withDatabaseUrl } from './shell-database.ts'

const USAGE = `Manages staff accounts, desks, the FAQ, the calendar, the audit and webhooks from the shell:

${STAFF_USAGE}

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

const text = { type: 'string' } as const
const flag = { type: 'boolean', default: false } as const
const OPTIONS = {
  why: text,
  events: text,
  'allow-private': flag,
  region: text,
  help: flag,
  ...STAFF_OPTIONS,
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
  return staffOrder(positionals, values)
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
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
    return await obeyStaff(order, db, staff)
  } finally {
    await database[Symbol.asyncDispose]()
  }
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
