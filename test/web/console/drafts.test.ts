import { describe, expect, it } from 'vitest'
import { hashOf, parseRoute } from '../../../src/web/console/shell/route.ts'
import { keepDraft, lengthOf, loadDraft, withText } from '../../../src/web/console/thread/drafts.ts'
import { shownName, sizeText } from '../../../src/web/console/thread/file-names.ts'
import { aStorage } from './doubles.ts'

describe('drafts', () => {
  it('are kept for each person and thread, the note apart from the reply', () => {
    const storage = aStorage()
    keepDraft(storage, 'wang', 't1', { reply: '半句', note: '备注' })
    expect(loadDraft(storage, 'wang', 't1')).toEqual({ reply: '半句', note: '备注' })
    expect(loadDraft(storage, 'wang', 't2')).toEqual({ reply: '', note: '' })
    expect(loadDraft(storage, 'li', 't1')).toEqual({ reply: '', note: '' })
  })

  it('leave nothing behind when they are empty, and survive rubbish', () => {
    const storage = aStorage()
    keepDraft(storage, 'wang', 't1', { reply: '', note: '' })
    expect(storage.length).toBe(0)
    storage.setItem('shouwen.draft.wang.t1', '{')
    expect(loadDraft(storage, 'wang', 't1').reply).toBe('')
  })

  it('take an inserted text below what was written', () => {
    expect(withText('  ', '答案')).toBe('答案')
    expect(withText('您好。\n', '答案')).toBe('您好。\n\n答案')
  })

  it('are measured in code points', () => {
    expect(lengthOf('水😀')).toBe(2)
  })
})

describe('a place in the console', () => {
  it('is a list, perhaps with a thread, in the address', () => {
    expect(parseRoute('#/mine/01a2')).toEqual({ list: 'mine', thread: '01a2' })
    expect(parseRoute(hashOf({ list: 'done', thread: 'a/b' }))).toEqual({
      list: 'done',
      thread: 'a/b',
    })
    expect(parseRoute('')).toBeUndefined()
    expect(parseRoute('#/mine/%')).toEqual({ list: 'mine' })
  })
})

describe('a file’s name', () => {
  it('shows its true ending whatever turns the text around', () => {
    expect(shownName('报告\u202efdp.exe')).toBe('报告fdp.exe')
  })

  it('goes with its size', () => {
    expect(sizeText(10)).toBe('1 KB')
    expect(sizeText(2_411_520)).toBe('2.3 MB')
  })
})
