import { describe, expect, it } from 'vitest'
import { acked, type Outgoing, settle, unseen } from '../../../src/web/console/desk/outbox.ts'
import { BY_LI, BY_WANG, Story } from './samples.ts'

const reply = (id: string, text: string, more: Partial<Outgoing> = {}): Outgoing => ({
  id,
  type: 'say',
  thread: 't',
  text,
  at: 0,
  after: 1,
  state: 'sending',
  ...more,
})
const asked = () => new Story().asked()
const ids = (items: readonly Outgoing[]) => items.map(({ id }) => id)

describe('replies on their way', () => {
  it('leave when their entry stands in the record', () => {
    const { entries } = asked().said(BY_WANG, '答')
    const box = acked([reply('a', '答')], 'a', 2)
    expect(settle(box, 't', entries.slice(0, 1), 'p-wang')).toHaveLength(1)
    expect(settle(box, 't', entries, 'p-wang')).toEqual([])
  })

  it('do not stand twice while the entry is faster than its ack', () => {
    const { entries } = asked().said(BY_WANG, '答')
    expect(unseen([reply('a', '答')], entries, 'p-wang')).toEqual([])
    expect(settle([reply('a', '答')], 't', entries, 'p-wang')).toHaveLength(1)
  })

  it('are not mistaken for a colleague’s, an older or a sealed entry', () => {
    const { entries } = asked().said(BY_LI, '答').sealed().said(BY_WANG, '答')
    expect(unseen([reply('a', '答', { after: 4 })], entries, 'p-wang')).toHaveLength(1)
    expect(unseen([reply('a', '答')], entries.slice(0, 3), 'p-wang')).toHaveLength(1)
  })

  it('of the same words stay two: one stored, one still to be sent', () => {
    const { entries } = asked().said(BY_WANG, '好的')
    const box = acked([reply('a', '好的'), reply('b', '好的')], 'a', 2)
    const left = settle(box, 't', entries, 'p-wang')
    expect(ids(left)).toEqual(['b'])
    expect(ids(unseen(left, entries, 'p-wang'))).toEqual(['b'])
  })

  it('that an earlier page left behind leave when they turn out to be stored', () => {
    const { entries } = asked().said(BY_WANG, '答')
    const box = [reply('a', '答', { state: 'failed' }), reply('b', '没存上', { state: 'failed' })]
    expect(ids(settle(box, 't', entries, 'p-wang'))).toEqual(['b'])
  })

  it('are told apart from notes of the same words', () => {
    const { entries } = asked().add('noted', BY_WANG, { text: '答' })
    expect(unseen([reply('a', '答')], entries, 'p-wang')).toHaveLength(1)
    expect(unseen([reply('a', '答', { type: 'note' })], entries, 'p-wang')).toEqual([])
  })
})
