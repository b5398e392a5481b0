import { describe, expect, it } from 'vitest'
import type { EntryView } from '../../../src/protocol/entries.ts'
import { Refused } from '../../../src/web/shared/connection.ts'
import { aStorage, DeskBench, settled } from './doubles.ts'
import { BY_WANG, ENTERPRISE, Story, summary } from './samples.ts'

const story = () => new Story().asked().said(BY_WANG, '答')
const tell = (bench: DeskBench, ...entries: EntryView[]) => {
  for (const entry of entries) bench.hear({ type: 'entry', ...entry })
}
const seqs = (bench: DeskBench) => bench.state.records.get('t')?.entries.map(({ seq }) => seq)

describe('following a record', () => {
  it('watches from the start and is live when the replay meets the head', () => {
    const bench = new DeskBench()
    bench.welcome()
    bench.desk.reader.open('t')
    expect(bench.frames).toContainEqual({ type: 'watch', thread: 't', after: 0 })
    tell(bench, ...story().entries)
    expect(bench.state.records.get('t')?.state).toBe('loading')
    bench.hear({ type: 'watched', thread: 't', seq: 2, head: 2 })
    expect(bench.state.records.get('t')?.state).toBe('live')
  })

  it('ignores an entry that it has, and asks again where one is missing', () => {
    const bench = new DeskBench()
    bench.welcome()
    bench.desk.reader.open('t')
    const [one, two] = story().entries
    const three = story().said(BY_WANG, '再答').entries[2]!
    tell(bench, one!, one!, three, three)
    expect(seqs(bench)).toEqual([1])
    const asked = bench.frames.filter((frame) => frame.type === 'watch' && frame.after === 1)
    expect(asked).toHaveLength(1)
    tell(bench, two!, three)
    expect(seqs(bench)).toEqual([1, 2, 3])
  })

  it('names what it follows, and how far, when it resumes', () => {
    const bench = new DeskBench()
    bench.desk.reader.open('t')
    bench.desk.reader.open('u')
    tell(bench, ...story().entries)
    expect(bench.resumed()).toEqual({ u: 0, t: 2 })
  })

  it('watches after the welcome what was opened too early to be named or watched', () => {
    const bench = new DeskBench()
    bench.up = false
    bench.desk.reader.open('t')
    bench.up = true
    bench.welcome()
    expect(bench.frames).toContainEqual({ type: 'watch', thread: 't', after: 0 })
  })

  it('says so when sight is lost, and resumes it no more', () => {
    const bench = new DeskBench()
    bench.welcome()
    bench.desk.reader.open('t')
    bench.hear({ type: 'refused', thread: 't', code: 'not-found', message: '没有找到。' })
    expect(bench.state.records.get('t')?.state).toBe('lost')
    expect(bench.resumed()).toEqual({})
  })

  it('marks as read only what is newer than what was marked', () => {
    const bench = new DeskBench()
    bench.welcome()
    bench.desk.learn([summary('t', { read: 1 })])
    for (const seq of [1, 2, 2]) bench.desk.reader.markRead('t', seq)
    expect(bench.frames.filter(({ type }) => type === 'read')).toEqual([
      { type: 'read', thread: 't', seq: 2 },
    ])
  })
})

describe('sending', () => {
  it('shows a reply until its ack and its entry are there', async () => {
    const bench = new DeskBench()
    bench.welcome()
    bench.desk.reader.open('t')
    tell(bench, story().entries[0]!)
    bench.desk.mailer.send('say', 't', '答')
    expect(bench.state.outbox).toMatchObject([{ text: '答', state: 'sending', after: 1 }])
    bench.sent[0]!.ack(2)
    await settled()
    expect(bench.state.outbox).toHaveLength(1)
    tell(bench, story().entries[1]!)
    expect(bench.state.outbox).toEqual([])
  })

  it('keeps a refused reply with its reason and sends it again under the same id', async () => {
    const bench = new DeskBench()
    bench.desk.mailer.send('say', 't', '答')
    bench.sent[0]!.fail(new Refused('not-owner', '您不是这件咨询的承办人。'))
    await settled()
    const [item] = bench.state.outbox
    expect(item).toMatchObject({ state: 'failed', why: '您不是这件咨询的承办人。' })
    bench.desk.mailer.retry(item!.id)
    expect(bench.sent[1]!.command.id).toBe(bench.sent[0]!.command.id)
  })

  it('pushes a reply that hangs over HTTP, still under the same id', () => {
    const bench = new DeskBench()
    bench.desk.mailer.send('say', 't', '答')
    bench.desk.mailer.retry(bench.state.outbox[0]!.id)
    expect(bench.overHttp[0]!.id).toBe(bench.sent[0]!.command.id)
  })

  it('finds after a reload what was not sent, and sends it only when asked', () => {
    const storage = aStorage()
    new DeskBench(storage).desk.mailer.send('note', 't', '备注')
    const after = new DeskBench(storage)
    after.desk.mailer.restore()
    expect(after.state.outbox).toMatchObject([{ type: 'note', text: '备注', state: 'failed' }])
    expect(after.sent).toEqual([])
  })
})

describe('news of the bureau', () => {
  it('keeps the newer summary when an answer over HTTP is late', () => {
    const { desk } = new DeskBench()
    desk.learn([summary('t', { seq: 5, state: 'held' })])
    desk.learn([summary('t', { seq: 4 })])
    expect(desk.store.get().summaries.get('t')?.state).toBe('held')
  })

  it('calls the lists stale when a thread changed hands', () => {
    const { desk } = new DeskBench()
    desk.learn([summary('t')])
    const before = desk.store.get().staleness
    desk.learn([summary('t', { seq: 3, state: 'held' })])
    expect(desk.store.get().staleness).toBe(before + 1)
  })

  it('loads the whole queue after the welcome', async () => {
    const bench = new DeskBench()
    bench.waiting = [summary('a'), summary('b')]
    bench.welcome()
    await settled()
    expect([...bench.state.queue.shown.keys()]).toEqual(['a', 'b'])
    expect(bench.state.queueState).toBe('ready')
  })

  it('shows who types until they say it', () => {
    const bench = new DeskBench()
    bench.welcome()
    bench.hear({ type: 'typing', thread: 't', by: ENTERPRISE })
    bench.hear({ type: 'typing', thread: 't', by: BY_WANG })
    expect([...bench.state.typing.get('t')!.keys()]).toEqual(['e-1'])
    tell(bench, story().entries[0]!)
    expect(bench.state.typing.get('t')?.size).toBe(0)
  })

  it('tells when the server ends the line, not when the page does', () => {
    const bench = new DeskBench()
    bench.end('stopped')
    expect(bench.ended).toBe(false)
    bench.end('not-signed-in')
    expect(bench.ended).toBe(true)
  })
})
