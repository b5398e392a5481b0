import { randomBytes, randomUUID } from 'node:crypto'
import { SAMPLE_ENTERPRISES } from '../../src/identity/demo.ts'
import type { Entry } from '../../src/protocol/entries.ts'
import { type Draft, GENESIS, link } from '../../src/record/chain.ts'
import { evolve } from '../../src/record/evolve.ts'
import type { Group } from '../../src/record/group.ts'
import { BOT } from '../../src/record/rules/rule.ts'
import type { Thread } from '../../src/record/thread.ts'

const AT = new Date('2026-11-24T02:00:00.000Z')
const salt = () => randomBytes(16).toString('hex')

export interface CommandKey {
  caller: string
  id: string
}

export const aCommand = (): CommandKey => ({ caller: randomUUID(), id: randomUUID() })

function grouped(
  before: Thread | null,
  drafts: readonly Draft[],
  command: CommandKey,
  at = AT,
): Group {
  const head = before
    ? { thread: before.id, seq: before.seq, hash: before.head, at: before.at }
    : { thread: randomUUID(), seq: 0, hash: GENESIS, at: null }
  const entries = link(head, drafts, at, salt)
  const after = entries.reduce<Thread | null>(
    (thread, entry: Entry) => evolve(thread, entry),
    before,
  )
  return { was: head.seq, entries, tellings: [], after: after!, command, seq: head.seq + 1 }
}

/** What an `ask` that goes to desk `water` at once writes, in two entries. */
export function anOpening(command = aCommand(), text = '请问', at = AT): Group {
  const { enterprise } = SAMPLE_ENTERPRISES[0]!
  const by = { role: 'enterprise', id: command.caller } as const
  return grouped(
    null,
    [
      { kind: 'asked', by, body: { text, enterprise, kind: 'consult' } },
      { kind: 'escalated', by: BOT, body: { reason: 'case', desk: 'water' } },
    ],
    command,
    at,
  )
}

/** One more entry onto a thread as it was. */
export function aNote(before: Thread, command = aCommand(), text = '记一笔', at = AT): Group {
  const by = { role: 'officer', id: command.caller, name: '甲' } as const
  return grouped(before, [{ kind: 'noted', by, body: { text } }], command, at)
}

/** Says that an entry's text goes, with which it goes. */
export function aRedaction(before: Thread, seq: number): Group {
  const by = { role: 'admin', id: 'admin', name: '管理员' } as const
  const { enterprise } = before
  const body = { seq, ground: '含个人信息', kept: { text: '', enterprise, kind: before.kind } }
  return grouped(before, [{ kind: 'redacted', by, body }], aCommand())
}
