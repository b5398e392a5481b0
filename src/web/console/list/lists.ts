import type { Role, ThreadState, View } from '../../../protocol/vocabulary.ts'
import { list as words } from '../wording.ts'

export type ListKey = 'waiting' | 'mine' | 'desk' | 'done' | 'overdue' | 'all'

export interface List {
  key: ListKey
  label: string
  view: View
  state?: readonly ThreadState[]
}

const DONE: readonly ThreadState[] = ['resolved', 'closed']
const OPEN: readonly ThreadState[] = ['waiting', 'held']

const waiting: List = { key: 'waiting', label: words.waiting, view: 'waiting' }
const mine: List = { key: 'mine', label: words.mine, view: 'mine', state: ['held'] }
const desk: List = { key: 'desk', label: words.desk, view: 'desk', state: OPEN }
const overdue: List = { key: 'overdue', label: words.overdue, view: 'overdue' }
const done: List = { key: 'done', label: words.done, view: 'all', state: DONE }
const all: List = { key: 'all', label: words.all, view: 'all' }

/** Which lists a role works with; the first one is where it starts. */
const LISTS: Record<Role, readonly [List, ...List[]]> = {
  officer: [waiting, mine, desk, done],
  supervisor: [waiting, overdue, { ...desk, label: words.desks }, done, all],
  curator: [done],
  admin: [all, overdue, done],
  enterprise: [all],
}

export const listsOf = (role: Role): readonly [List, ...List[]] => LISTS[role]
