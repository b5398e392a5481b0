import type { EnterpriseCaller, StaffCaller } from '../../src/protocol/caller.ts'
import type { Thread } from '../../src/record/thread.ts'

export interface Office {
  officers: readonly StaffCaller[]
  /** The supervisor of both desks. */
  sun: StaffCaller
  random: () => number
}

/** The same numbers in [0, 1) for the same seed (mulberry32). */
export function randomFrom(seed: number) {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export type Told = readonly [who: StaffCaller | EnterpriseCaller, type: string, more?: object]

/** What somebody might do to a thread in its state; some of it will be refused. */
export function next(
  thread: Thread,
  firm: EnterpriseCaller,
  { officers, sun, random }: Office,
): Told {
  const below = (n: number) => Math.floor(random() * n)
  const one = <T>(of: readonly T[]): T => of[below(of.length)]!
  const owner = officers.find(({ id }) => id === thread.owner?.id) ?? officers[0]!
  const officersOf = ({ desk }: Thread) => officers.filter((who) => who.desk === desk)
  const to = one([...officers.map(({ id }) => id), 'eia', 'water'])
  const clock = one(['resolution', 'resolution', 'first-reply', 'next-reply'])
  const ground = one(['materials', 'survey', 'expert-review'])
  const list = { items: ['批复'], steps: [], window: '一楼', limit: '5 日', reason: '漏' }
  const other: Told[] = [
    [firm, 'judge', { seq: 2, helpful: random() < 0.6 }],
    [firm, 'remind'],
    [sun, 'supervise', { text: '抓紧' }],
    [sun, 'assign', { to: one(officers).id, reason: '请接手' }],
  ]
  switch (thread.state) {
    case 'answering':
      return one<Told>([...other.slice(0, 1), [firm, 'escalate'], [firm, 'cancel']])
    case 'waiting':
      return one<Told>([
        ...other,
        [firm, 'cancel'],
        [sun, 'route', { to, reason: '归口' }],
        ...Array.from({ length: 6 }, () => [one(officersOf(thread)), 'claim'] as const),
      ])
    case 'held':
      if (thread.offer && random() < 0.5) {
        const { person, desk } = thread.offer.to
        const asked = officers.find((who) => who.id === person?.id || who.desk === desk?.id)
        return [asked ?? one(officers), 'accept']
      }
      return one<Told>([
        ...other,
        [firm, 'say', { text: '补充一句' }],
        [owner, 'say', { text: '请看说明。' }],
        [owner, 'offer', { to, reason: '熟悉' }],
        [one(officers), 'accept'],
        [one(officers), 'accept'],
        [one(officers), 'decline', { reason: '忙' }],
        [owner, 'withdraw'],
        [owner, 'pause', { clock, ground }],
        [owner, 'pause', { clock, ground }],
        [owner, 'resume', { clock }],
        [owner, 'notice', list],
        [owner, 'resolve', { outcome: 'answered', summary: '已答复' }],
        [owner, 'resolve', { outcome: 'handled', summary: '已办结' }],
      ])
    default:
      return one<Told>([
        [firm, 'rate', { grade: 1 + below(5) }],
        [firm, 'rate', { grade: 1 + below(5) }],
        [sun, 'call-back', { text: '已回访' }],
        [firm, 'reopen', { text: '还有问题' }],
        ...other.slice(0, 1),
      ])
  }
}
