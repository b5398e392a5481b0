import { describe, expect, it } from 'vitest'
import type { Item, ItemOf } from '../../src/web/shared/thread-items.ts'
import { viewThread } from '../../src/web/shared/thread-view.ts'
import { BOT, COLLEAGUE, clock, LI, ME, SUN, SYSTEM, Tale, ZHAO } from './entries.ts'

const view = (tale: Tale) => viewThread(tale.entries, 'me')
const types = (tale: Tale) => view(tale).items.map(({ type }) => type)
const item = <T extends Item['type']>(tale: Tale, type: T) =>
  view(tale).items.filter((one) => one.type === type) as ItemOf<T>[]
const milestones = (tale: Tale) => item(tale, 'milestone').map(({ what }) => what)
const OFFER = {
  choices: [
    { id: 'a', question: '甲？' },
    { id: 'b', question: '乙？' },
  ],
  confidence: 0.4,
}

describe('a thread on the screen', () => {
  it('shows the question and the answer with its basis', () => {
    const tale = new Tale().asked().answered()
    expect(types(tale)).toEqual(['message', 'answer'])
    expect(item(tale, 'answer')[0]).toMatchObject({ newest: true, basis: [{ article: '第106条' }] })
    expect(view(tale).state).toBe('answering')
  })

  it('knows own words from a colleague’s and from an officer’s', () => {
    const tale = new Tale()
      .asked()
      .escalated()
      .claimed()
      .add('said', COLLEAGUE, { text: '我也想知道' }, '吴强')
      .said('请稍等')
    expect(item(tale, 'message').map(({ side, name, desk }) => [side, name, desk])).toEqual([
      ['me', undefined, undefined],
      ['colleague', '吴强', 'eia'],
      ['officer', '赵工', 'eia'],
    ])
  })

  it('leaves no trace of sealed entries', () => {
    const tale = new Tale().asked().sealed().escalated().sealed().claimed()
    expect(types(tale)).toEqual(['message', 'escalated', 'milestone'])
  })

  it('passes over kinds that this page does not know yet', () => {
    const tale = new Tale().asked().add('of-tomorrow' as 'reminded', SYSTEM, {})
    expect(types(tale)).toEqual(['message'])
  })

  it('puts a verdict and a correction on the answer they are about', () => {
    const tale = new Tale()
      .asked()
      .answered()
      .add('judged', ME, { seq: 2, helpful: true })
      .add('judged', ME, { seq: 2, helpful: false })
      .add('corrected', ZHAO, { seq: 2, text: '要重办。' })
    expect(item(tale, 'answer')[0]).toMatchObject({
      helpful: false,
      text: '结论：不一定。',
      corrected: { text: '要重办。', by: '赵工' },
    })
    expect(milestones(tale)).toEqual([{ kind: 'corrected', by: '赵工', seq: 2 }])
  })

  it('says who took it, and that he is the first responder', () => {
    const tale = new Tale().asked().escalated().claimed()
    expect(milestones(tale)).toEqual([
      { kind: 'claimed', who: { id: 'zhao', name: '赵工', desk: 'eia' }, first: true },
    ])
    expect(view(tale)).toMatchObject({ state: 'held', owner: { name: '赵工' }, desk: 'eia' })
  })

  it('keeps the first responder when the thread is handed over or assigned', () => {
    const tale = new Tale()
      .asked()
      .escalated()
      .claimed()
      .add('handover-accepted', LI, { desk: 'water' })
    expect(view(tale)).toMatchObject({
      owner: { id: 'li', desk: 'water' },
      firstResponder: { id: 'zhao' },
      desk: 'water',
    })
    expect(milestones(tale)[1]).toMatchObject({ kind: 'handed-over', first: '赵工' })
    tale.add('assigned', SUN, { to: { person: { id: 'zhao', name: '赵工', desk: 'eia' } } })
    expect(view(tale)).toMatchObject({ owner: { id: 'zhao' }, firstResponder: { id: 'zhao' } })
    expect(milestones(tale)[2]).toMatchObject({ kind: 'handed-over', first: undefined })
  })

  it('takes an assignment of a waiting thread for its first claim', () => {
    const to = { person: { id: 'li', name: '李工', desk: 'water' } }
    const tale = new Tale().asked().escalated().add('assigned', SUN, { to })
    expect(view(tale)).toMatchObject({ state: 'held', firstResponder: { id: 'li' } })
  })

  it('goes back to waiting when the owner is released', () => {
    const tale = new Tale()
      .asked()
      .escalated()
      .claimed()
      .add('released', SYSTEM, { desk: 'eia', reason: '停用' })
    expect(view(tale)).toMatchObject({ state: 'waiting', owner: undefined })
  })

  it('learns a desk’s name from a routing', () => {
    const to = { desk: { id: 'water', name: '水科' } }
    const tale = new Tale().asked().escalated().add('routed', SUN, { to, reason: '属水科' })
    expect(view(tale)).toMatchObject({ desk: 'water', desks: { water: '水科' } })
  })

  it('shows the emergency card before where the thread went', () => {
    const tale = new Tale().asked().add('escalated', BOT, {
      reason: 'emergency',
      desk: 'eia',
      urgent: true,
      card: '请立刻打 119。',
    })
    expect(types(tale)).toEqual(['message', 'emergency', 'escalated'])
    expect(view(tale).urgent).toBe(true)
  })

  it('keeps open clocks and forgets those that were met', () => {
    const tale = new Tale().asked().escalated()
    expect(view(tale).clocks['first-reply']?.dueAt).toBe('2026-11-23T07:40:00.000Z')
    tale.claimed().add('said', ZHAO, {
      text: '您好',
      clocks: [clock('first-reply', { metAt: '2026-11-23T07:20:00.000Z' })],
    })
    expect(view(tale).clocks).toEqual({})
  })

  it('shows that something was removed, and nothing of what it was', () => {
    const live = new Tale().asked('我的手机 13800000000').answered()
    live.add('redacted', SYSTEM, { seq: 1, ground: 'privacy', kept: {} })
    expect(types(live)).toEqual(['removed', 'answer'])
    expect(types(new Tale().redacted('asked', ME).answered())).toEqual(['removed', 'answer'])
    expect(JSON.stringify(view(live))).not.toContain('1380')
  })
})

describe('what can still be done', () => {
  it('offers the way to a person under the newest answer only', () => {
    const tale = new Tale().asked().answered().said('那另一个呢？', ME).answered('eia-need')
    expect(item(tale, 'answer').map(({ newest }) => newest)).toEqual([false, true])
    tale.escalated()
    expect(item(tale, 'answer').map(({ newest }) => newest)).toEqual([false, false])
  })

  it('lets one choose from the newest offer until something is chosen', () => {
    const tale = new Tale().asked().add('offered', BOT, OFFER)
    expect(item(tale, 'choices')[0]).toMatchObject({ open: true })
    tale.answered('b')
    expect(item(tale, 'choices')[0]).toMatchObject({ open: false, chosen: 'b' })
  })

  it('lets one withdraw while nobody has claimed, and no longer', () => {
    const tale = new Tale().asked().escalated()
    expect(item(tale, 'escalated')[0]!.open).toBe(true)
    tale.claimed()
    expect(item(tale, 'escalated')[0]!.open).toBe(false)
  })

  it('asks for a rating once for each resolution', () => {
    const tale = new Tale().asked().escalated().claimed().said('好了').resolved()
    expect(item(tale, 'resolved')[0]).toMatchObject({ rateable: true, outcome: 'handled' })
    tale.add('rated', ME, { grade: 2, comment: '慢' })
    expect(item(tale, 'resolved')[0]).toMatchObject({ rateable: false, grade: 2 })
    const owner = { id: 'zhao', name: '赵工', desk: 'eia' }
    tale.add('reopened', ME, { text: '还是不行', owner, desk: 'eia' })
    expect(view(tale)).toMatchObject({ state: 'held', owner: { id: 'zhao' } })
    tale.resolved()
    expect(item(tale, 'resolved').map(({ rateable }) => rateable)).toEqual([false, true])
    tale.add('closed', SYSTEM, { outcome: 'handled' })
    expect(item(tale, 'resolved')[1]!.rateable).toBe(true)
    expect(view(tale).state).toBe('closed')
  })

  it('waits again after a reopening that finds no owner', () => {
    const tale = new Tale().asked().answered().add('closed', SYSTEM, { outcome: 'answered' })
    tale.add('reopened', ME, { text: '还有', desk: 'eia' })
    expect(view(tale)).toMatchObject({ state: 'waiting', owner: undefined })
    expect(types(tale).slice(-2)).toEqual(['milestone', 'message'])
  })
})
