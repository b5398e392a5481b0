import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setSlot } from '../../src/actions/slots.ts'
import type { FaqEntry } from '../../src/faq/entry.ts'
import { publishEntry, withdrawEntry } from '../../src/faq/faq-store.ts'
import type { Draft } from '../../src/record/chain.ts'
import { BOT } from '../../src/record/rules/rule.ts'
import { anEntry } from '../faq/support.ts'
import { until } from '../support/process.ts'
import { aServer, TestClock, type TestServer } from '../support/server.ts'
import { append, did, http } from './support.ts'

/** The last minute of a Shanghai day. */
const LAST = '2026-11-30T15:59:00.000Z'
const MINUTE = 60_000

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' }, clock: new TestClock(LAST) })
})
afterAll(() => server[Symbol.asyncDispose]())

const wrote = () => ({ author: 'qian', at: server.clock.now() })
const search = async (text: string, more = '') =>
  (await http(server, more ? 'qian' : null, `/api/faq/search?q=${encodeURIComponent(text)}${more}`))
    .body
const suggested = async (typed: string): Promise<string[]> => {
  const { body } = await http(server, null, `/api/faq/suggest?q=${encodeURIComponent(typed)}`)
  return body.map(({ id }: { id: string }) => id)
}
const second = async (thread: string) => {
  const { body } = await http(server, 'e0', `/api/threads/${thread}/entries`)
  return body.items.at(-1)
}

/** Publishes it and waits until this process answers with that version. */
async function published(entry: FaqEntry) {
  const written = await publishEntry(server.database.db, entry, wrote())
  const version = (written as { version: number }).version
  const isThere = async () => (await search(entry.question)).hits[0]?.version === version
  await until('the version is served', isThere)
  return entry
}

/** A thread to which the entry was offered while it could be. */
async function offeredThread({ id, question }: FaqEntry): Promise<string> {
  const { thread } = await did(server, 'e0', { type: 'ask', text: '你好' })
  const choices = [{ id, question }]
  const offered: Draft = { kind: 'offered', by: BOT, body: { choices, confidence: 0.4 } }
  await append(server, thread, offered)
  return thread
}

/** Everything that could still show it shows nothing. */
async function isSilent({ id, question, answer }: FaqEntry, offered: string) {
  const found = await search(question)
  expect(found).toMatchObject({ decision: 'escalate', reason: 'unsure', hits: [] })
  expect(JSON.stringify(found)).not.toContain(answer)
  expect(await suggested(question.slice(0, 4))).not.toContain(id)
  const { explain } = await search(question, '&explain=1')
  const shown = explain.candidates.find((one: { id: string }) => one.id === id)
  expect(Object.keys(shown)).not.toContain('answer')
  const { thread } = await did(server, 'e0', { type: 'ask', text: question })
  expect(await second(thread)).toMatchObject({ kind: 'escalated', body: { reason: 'unsure' } })
  await did(server, 'e0', { type: 'choose', thread: offered, faq: id })
  expect(await second(offered)).toMatchObject({ kind: 'escalated', body: { reason: 'unsure' } })
}

describe('an entry whose validity ends', () => {
  it('is answered, chosen, suggested and explained to its last minute, and not after it', async () => {
    const entry = await published(anEntry({ valid: { from: '2026-08-15', until: '2026-11-30' } }))
    const offered = await offeredThread(entry)
    const chosen = await offeredThread(entry)
    expect(await search(entry.question)).toMatchObject({ decision: 'answer' })
    expect(await suggested('造雪机')).toContain(entry.id)
    expect((await search(entry.question, '&explain=1')).explain.candidates[0]).toMatchObject({
      id: entry.id,
      answer: entry.answer,
    })
    const { thread } = await did(server, 'e0', { type: 'ask', text: entry.question })
    expect(await second(thread)).toMatchObject({ kind: 'answered', body: { faq: entry.id } })
    await did(server, 'e0', { type: 'choose', thread: chosen, faq: entry.id })
    expect(await second(chosen)).toMatchObject({ kind: 'answered', body: { faq: entry.id } })
    server.clock.pass(MINUTE)
    await isSilent(entry, offered)
  })

  it('begins at the first minute of its first day', async () => {
    const entry = anEntry({
      id: 'ski-lift',
      question: '缆车检修要报备吗？',
      phrasings: ['滑雪缆车检修报备'],
      keywords: ['缆车'],
      valid: { from: '2026-12-02' },
    })
    await publishEntry(server.database.db, entry, wrote())
    const isKnown = async () =>
      (await search(entry.question, '&explain=1')).explain.candidates[0]?.id === entry.id
    await until('the entry has come', isKnown)
    expect(await search(entry.question)).toMatchObject({ decision: 'escalate', hits: [] })
    server.clock.pass(24 * 60 * MINUTE - MINUTE)
    expect(await search(entry.question)).toMatchObject({ decision: 'escalate', hits: [] })
    server.clock.pass(MINUTE)
    expect(await search(entry.question)).toMatchObject({ decision: 'answer' })
  })
})

describe('an entry that is changed while the server runs', () => {
  const repealed = (entry: FaqEntry): FaqEntry => ({
    ...entry,
    basis: entry.basis.map((basis) => ({ ...basis, status: 'repealed' as const })),
  })
  it.each([
    ['one of whose bases is repealed', (entry: FaqEntry) => publish(repealed(entry))],
    ['that is withdrawn', ({ id }: FaqEntry) => withdraw(id)],
    [
      'that is published again as a draft for review',
      (entry: FaqEntry) => publish(inReview(entry)),
    ],
  ])('%s is silent everywhere', async (_, change) => {
    const entry = await published(anEntry())
    const offered = await offeredThread(entry)
    await change(entry)
    const isOver = async () => (await search(entry.question)).decision === 'escalate'
    await until('it is taken over', isOver, 2_000)
    await isSilent(entry, offered)
  })
  const publish = (entry: FaqEntry) => publishEntry(server.database.db, entry, wrote())
  const withdraw = (id: string) => withdrawEntry(server.database.db, id, wrote(), '有误')
  const inReview = (entry: FaqEntry): FaqEntry => ({
    ...entry,
    status: 'review',
    review: { ...entry.review, required: true },
  })
})

describe('a slot', () => {
  it('is said as it is filled at that moment, and the record keeps what was said', async () => {
    const answer = '补助文件：{{subsidy-notice}}。'
    const entry = await published(anEntry({ answer, local: { varies: true } }))
    const ask = async () => {
      const { thread } = await did(server, 'e0', { type: 'ask', text: entry.question })
      return thread
    }
    const before = await ask()
    const unfilled = '补助文件：尚未配置，请转人工确认。'
    expect((await second(before)).body.answer).toBe(unfilled)
    await setSlot(server.database.db, 'subsidy-notice', '甘水〔2026〕3号')
    const filled = '补助文件：甘水〔2026〕3号。'
    const isFilled = async () => (await search(entry.question)).hits[0]?.answer === filled
    await until('it is filled', isFilled, 2_000)
    const after = await ask()
    const chosen = await offeredThread(entry)
    await did(server, 'e0', { type: 'choose', thread: chosen, faq: entry.id })
    for (const thread of [after, chosen]) expect((await second(thread)).body.answer).toBe(filled)
    expect((await second(before)).body.answer).toBe(unfilled)
    const { candidates } = (await search(entry.question, '&explain=1')).explain
    expect(candidates[0].answer).toBe(filled)
  })

  it('of the duty phone stands on the emergency card', async () => {
    await setSlot(server.database.db, 'duty-phone', '0571-8888')
    const hasPhone = async () => (await search('车间着火了')).text.includes('0571-8888')
    await until('the card has it', hasPhone, 2_000)
    const { thread } = await did(server, 'e0', { type: 'ask', text: '车间着火了' })
    expect((await second(thread)).body.card).toContain('0571-8888')
    await setSlot(server.database.db, 'duty-phone', null)
    await until('it is gone', async () => !(await hasPhone()), 2_000)
  })
})
