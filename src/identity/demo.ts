import type { Db } from '../db/db.ts'
import type { Enterprise } from '../protocol/entries.ts'
import type { StaffRole } from '../protocol/vocabulary.ts'
import { addDesks } from './directory-store.ts'
import { fits, hashOf } from './password.ts'
import { endSessionsOf } from './session-store.ts'
import { readSetting, writeSetting } from './settings-store.ts'
import { insertStaff, setHash, staffByName } from './staff-store.ts'

export const DEMO_DESKS = [
  { id: 'water', name: '水科', topics: ['water', 'reuse'], fallback: false, active: true },
  {
    id: 'eia',
    name: '环评科',
    topics: ['eia', 'acceptance', 'permit'],
    fallback: true,
    active: true,
  },
] as const

interface DemoMember {
  username: string
  name: string
  role: StaffRole
  desk?: string
  desks?: string[]
}

export const DEMO_STAFF: readonly DemoMember[] = [
  { username: 'wang', name: '王工', role: 'officer', desk: 'water' },
  { username: 'li', name: '李工', role: 'officer', desk: 'water' },
  { username: 'zhao', name: '赵工', role: 'officer', desk: 'eia' },
  { username: 'sun', name: '孙科长', role: 'supervisor', desks: ['water', 'eia'] },
  { username: 'qian', name: '钱编辑', role: 'curator' },
  { username: 'admin', name: '管理员', role: 'admin' },
]

/** The `iss` of tokens that the mock host platform signs. */
export const DEMO_ISSUER = 'shouwen-demo'

export interface SampleEnterprise {
  /** The host platform's id of the contact person. */
  sub: string
  /** The contact person. */
  name: string
  enterprise: Enterprise
}

/** Invented; the codes are well formed, in a division (330199) that does not exist. */
export const SAMPLE_ENTERPRISES: readonly SampleEnterprise[] = [
  {
    sub: 'demo-chen',
    name: '陈晓敏',
    enterprise: {
      uscc: '91330199MA2F7K4X27',
      name: '清源印染有限公司',
      district: '临江区',
      industry: '纺织印染',
      park: '临江印染产业园',
    },
  },
  {
    sub: 'demo-lin',
    name: '林志远',
    enterprise: {
      uscc: '91330199MAC8R3TQ98',
      name: '恒瑞达电子科技有限公司',
      district: '高新区',
      industry: '电子元件制造',
      park: '高新区智造园',
    },
  },
  {
    sub: 'demo-zhou',
    name: '周文静',
    enterprise: {
      uscc: '91330199742905183D',
      name: '东郊食品股份有限公司',
      district: '东郊区',
      industry: '食品加工',
    },
  },
  {
    sub: 'demo-wu',
    name: '吴海峰',
    enterprise: {
      uscc: '91330199MA5H6WJ29H',
      name: '宏固金属表面处理有限公司',
      district: '临江区',
      industry: '金属表面处理',
      park: '临江电镀园区',
    },
  },
]

/** Of the password that was last given to all of them; an account may have got its own since. */
const HASH = 'demo.password-hash'

/**
 * Desks and staff of the demo, as far as they are not there; all with that password. The same
 * password again changes nothing; another one is given to all and ends their sessions.
 */
export async function seedDemo(db: Db, password: string, now: Date): Promise<void> {
  const kept = await readSetting(db, HASH)
  const same = await fits(password, kept)
  // One hash for all: a start costs one scrypt, and the password is one and the same anyway.
  const hash = same && kept !== undefined ? kept : await hashOf(password)
  await addDesks(db, DEMO_DESKS)
  for (const { username, name, role, desk = null, desks = [] } of DEMO_STAFF) {
    const id = crypto.randomUUID()
    const row = { id, username, name, role, desk, desks, disabled: false, createdAt: now }
    const added = await insertStaff(db, row, hash)
    if (!added && !same) await changePassword(db, username, hash, now)
  }
  if (!same) await writeSetting(db, HASH, hash)
}

async function changePassword(db: Db, username: string, hash: string, now: Date) {
  const member = await staffByName(db, username)
  if (!member) return
  await setHash(db, member.id, hash, now)
  await endSessionsOf(db, member.id)
}
