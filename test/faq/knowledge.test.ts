import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LiveKnowledge, openKnowledge } from '../../src/actions/knowledge.ts'
import { setSlot, slotText } from '../../src/actions/slots.ts'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { publishEntry } from '../../src/faq/faq-store.ts'
import type { SlotTexts } from '../../src/faq/slots.ts'
import { freshDatabase } from '../support/server.ts'
import { anEntry, NOW } from './support.ts'

const WROTE = { author: 'qian', at: NOW }
const log = { info: () => {}, warn: () => {}, error: () => {} }
let database: Database
let knowledge: LiveKnowledge
beforeAll(async () => {
  database = openDatabase(await freshDatabase(), { max: 2 })
  const { db } = database
  await publishEntry(db, anEntry(), WROTE)
  await publishEntry(db, anEntry({ id: 'ice-maker', question: '制冰机要登记吗？' }), WROTE)
  knowledge = await openKnowledge({ db, given: new Map([['duty-phone', '12-34']]), log })
})
afterAll(() => database[Symbol.asyncDispose]())

describe('what a process knows of the FAQ', () => {
  it('takes over the entry that was changed, and leaves the others as they were built', async () => {
    const { index } = knowledge
    const [snow, ice] = [index.profile('snow-maker'), index.profile('ice-maker')]
    await publishEntry(database.db, anEntry({ answer: '新。' }), WROTE)
    await knowledge.refresh()
    expect(index.get('snow-maker')).toMatchObject({ version: 2, entry: { answer: '新。' } })
    expect(index.profile('snow-maker')).not.toBe(snow)
    expect(index.profile('ice-maker')).toBe(ice)
    expect(index.size).toBe(2)
  })

  it('does nothing where nothing was changed', async () => {
    const snow = knowledge.index.profile('snow-maker')
    await knowledge.refresh()
    expect(knowledge.index.profile('snow-maker')).toBe(snow)
  })

  it('is as new as whoever asks for it, however many ask at once', async () => {
    const asked = Array.from({ length: 10 }, async (_, n) => {
      const own = await publishEntry(database.db, anEntry({ answer: `第${n}。` }), WROTE)
      await knowledge.refresh()
      const { version } = knowledge.index.get('snow-maker')!
      expect(version).toBeGreaterThanOrEqual((own as { version: number }).version)
    })
    await Promise.all(asked)
    expect(knowledge.index.get('snow-maker')?.version).toBe(12)
  })

  it('knows the slots, and lets the operator’s environment win', async () => {
    await setSlot(database.db, 'duty-phone', '56-78')
    await setSlot(database.db, 'subsidy-notice', '三号文')
    await knowledge.refresh()
    const slots: SlotTexts = knowledge.slots
    expect([...slots]).toEqual(
      expect.arrayContaining([
        ['duty-phone', '12-34'],
        ['subsidy-notice', '三号文'],
      ]),
    )
  })

  it('after a failure reads what it could not read then', async () => {
    await publishEntry(database.db, anEntry({ answer: '失败之后。' }), WROTE)
    await database.sql`alter table faq_versions rename to faq_away`
    await expect(knowledge.refresh()).rejects.toThrow()
    await database.sql`alter table faq_away rename to faq_versions`
    await knowledge.refresh()
    expect(knowledge.index.get('snow-maker')?.entry.answer).toBe('失败之后。')
  })
})

describe('the text of a slot', () => {
  it.each([
    ['  甘水〔2026〕3号。 ', '甘水〔2026〕3号'],
    ['0571-8888', '0571-8888'],
    ['第一句。第二句', '第一句。第二句'],
    ['', null],
    ['。', null],
    ['坏\u0000', null],
    ['{{duty-phone}}', null],
    ['长'.repeat(501), null],
  ])('%j is kept as %j', (typed, kept) => {
    expect(slotText(typed)).toBe(kept)
  })
})
