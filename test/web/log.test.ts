import { describe, expect, it } from 'vitest'
import type { ServerFrame } from '../../src/protocol/frames.ts'
import { applyFrame } from '../../src/web/widget/model/frames.ts'
import { appendEntry, EMPTY_LOG, type Log } from '../../src/web/widget/model/log.ts'
import type { Outgoing } from '../../src/web/widget/model/outgoing.ts'
import { INITIAL, isUnread, type State } from '../../src/web/widget/model/state.ts'
import { viewOf } from '../../src/web/widget/model/view-of.ts'
import { waitingFor } from '../../src/web/widget/model/waiting.ts'
import { ME, Tale } from './entries.ts'

const NOW = new Date('2026-11-23T02:30:00.000Z')
const logOf = (tale: Tale): Log => ({ entries: tale.entries, caughtUp: true })
const outgoing = (text: string, more: Partial<Outgoing> = {}): Outgoing => ({
  id: text,
  type: 'say',
  text,
  at: '',
  thread: 't',
  base: 2,
  ...more,
})

describe('a log', () => {
  it('takes each entry once and notices what is missing', () => {
    const [one, two, three] = new Tale().asked().answered().escalated().entries
    const log = appendEntry(EMPTY_LOG, one!)!
    expect(appendEntry(log, one!)).toBe(log)
    expect(appendEntry(log, three!)).toBeUndefined()
    expect(appendEntry(log, two!)?.entries).toHaveLength(2)
  })
})

describe('words beside the record', () => {
  const tale = new Tale().asked().answered().said('在吗', ME)

  it('are shown until their entry is here, whichever of ack and entry comes first', () => {
    expect(waitingFor([outgoing('在吗')], 't', logOf(tale), 'me')).toEqual([])
    expect(waitingFor([outgoing('在吗', { seq: 3 })], 't', logOf(tale), 'me')).toEqual([])
    expect(waitingFor([outgoing('在吗', { seq: 4 })], 't', logOf(tale), 'me')).toHaveLength(1)
  })

  it('are shown again when the same words are written again', () => {
    const twice = [outgoing('在吗'), outgoing('在吗', { id: 'again' })]
    expect(waitingFor(twice, 't', logOf(tale), 'me').map(({ id }) => id)).toEqual(['again'])
    const later = outgoing('在吗', { base: 3 })
    expect(waitingFor([later], 't', logOf(tale), 'me')).toEqual([later])
  })

  it('stay with their question before it has a thread', () => {
    const ask = outgoing('问', { id: 'q', type: 'ask' })
    delete ask.thread
    const more = outgoing('补', { ask: 'q' })
    delete more.thread
    expect(waitingFor([ask, more, outgoing('别处')], 'ask:q', undefined, 'me')).toEqual([ask, more])
  })
})

describe('the list of threads', () => {
  const summary = {
    id: 't',
    kind: 'consult',
    state: 'answering',
    question: '？',
    seq: 2,
    read: 2,
    clocks: [],
    at: '',
    openedAt: '',
    enterprise: { uscc: '', name: '' },
  } as const
  const me = { id: 'me', name: '周', role: 'enterprise' } as const
  const tale = new Tale().asked().answered().escalated().claimed().sealed()
  const frame = (i: number) => ({ type: 'entry', ...tale.entries[i]! }) as ServerFrame
  const start: State = {
    ...INITIAL,
    me,
    threads: { t: { ...summary, clocks: [] } },
    logs: { t: { entries: tale.entries.slice(0, 2), caughtUp: true } },
    pages: { viewOf } as State['pages'],
  }

  it('follows the entries', () => {
    const { threads } = [2, 3].reduce((state, i) => applyFrame(state, frame(i), NOW), start)
    expect(threads.t).toMatchObject({ state: 'held', seq: 4, read: 2, owner: { name: '赵工' } })
    expect(isUnread(threads.t!)).toBe(true)
  })

  it('calls nothing new that is our own or that we cannot see', () => {
    const seen = { ...start, threads: { t: { ...summary, clocks: [], seq: 4, read: 4 } } }
    const { threads } = applyFrame(seen, frame(4), NOW)
    expect(threads.t).toMatchObject({ seq: 5, read: 5 })
    expect(isUnread(threads.t!)).toBe(false)
  })

  it('believes “is typing” until something is said', () => {
    const by = { role: 'officer', id: 'zhao', name: '赵工' } as const
    const typing = applyFrame(start, { type: 'typing', thread: 't', by }, NOW)
    expect(typing.typing).toMatchObject({ name: '赵工' })
    expect(applyFrame(typing, frame(3), NOW).typing).toBeUndefined()
  })
})
