import type { Db } from '../db/db.ts'
import { foldLoginName } from '../identity/login-name.ts'
import { generatePassword } from '../identity/password.ts'
import type { StaffAdmin } from '../identity/staff-admin.ts'
import { staffByName } from '../identity/staff-store.ts'
import { isRefusal, type Refusal, refusalMessage } from '../protocol/refusals.ts'
import { STAFF_ROLES, type StaffRole } from '../protocol/vocabulary.ts'
import { Failure, UsageError } from './admin-faq.ts'

export const STAFF_USAGE = `  npm run admin -- create NAME --role ${STAFF_ROLES.join('|')} [--name 显示名] [--desk d] [--desks a,b] [--otp]
  npm run admin -- reset NAME       a new password; ends all sessions
  npm run admin -- unlock NAME      forgets failed sign-ins
  npm run admin -- clear-otp NAME   removes a lost second factor; where one is required, a new one
  npm run admin -- disable NAME [--to NAME | --release]   and where the open threads go
  npm run admin -- enable NAME`

const text = { type: 'string' } as const
const flag = { type: 'boolean', default: false } as const
export const STAFF_OPTIONS = {
  role: text,
  name: text,
  desk: text,
  desks: text,
  to: text,
  release: flag,
  otp: flag,
} as const

export interface StaffOrder {
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

interface Options {
  role?: string
  name?: string
  desk?: string
  desks?: string
  to?: string
  release: boolean
  otp: boolean
}

export function staffOrder(words: readonly string[], values: Options): StaffOrder {
  const [verb = '', username = '', ...more] = words
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

interface Work {
  staff: StaffAdmin
  /** @throws Failure for a name of nobody */
  idOf: (username: string) => Promise<string>
}

export async function obeyStaff(order: StaffOrder, db: Db, staff: StaffAdmin): Promise<string[]> {
  const { verb, username } = order
  if (verb === 'create') return create(order, staff)
  const idOf = async (name: string) => {
    const member = await staffByName(db, foldLoginName(name))
    if (!member) throw new Failure(`There is no account “${name}”.`)
    return member.id
  }
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
