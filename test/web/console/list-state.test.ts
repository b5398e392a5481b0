import { describe, expect, it } from 'vitest'
import { neighbour, START, step } from '../../../src/web/console/list/list-state.ts'
import { listsOf } from '../../../src/web/console/list/lists.ts'

const page = (ids: string[], next?: string) => ({ ids, next })

describe('a list over HTTP', () => {
  it('grows page by page without a row twice', () => {
    let list = step(START, { type: 'came', kind: 'first', ...page(['a', 'b'], 'c1') })
    list = step(list, { type: 'asked', kind: 'more' })
    expect(list.phase).toBe('more')
    list = step(list, { type: 'came', kind: 'more', ...page(['b', 'c']) })
    expect(list).toEqual({ ids: ['a', 'b', 'c'], next: undefined, phase: 'ready' })
  })

  it('keeps its rows in sight while it is refreshed, and when that fails', () => {
    let list = step(START, { type: 'came', kind: 'first', ...page(['a']) })
    list = step(list, { type: 'asked', kind: 'again' })
    expect(list.ids).toEqual(['a'])
    expect(step(list, { type: 'failed' })).toMatchObject({ ids: ['a'], phase: 'failed' })
  })

  it('starts empty for another list or search', () => {
    const list = step(START, { type: 'came', kind: 'first', ...page(['a']) })
    expect(step(list, { type: 'asked', kind: 'first' })).toEqual(START)
  })
})

describe('j and k', () => {
  it('move by one and stop at both ends', () => {
    const ids = ['a', 'b', 'c']
    expect(neighbour(ids, 'a', 1)).toBe('b')
    expect(neighbour(ids, 'c', 1)).toBe('c')
    expect(neighbour(ids, 'a', -1)).toBe('a')
  })

  it('begin at the first row where the selected one is not in the list', () => {
    expect(neighbour(['a', 'b'], undefined, 1)).toBe('a')
    expect(neighbour(['a', 'b'], 'elsewhere', -1)).toBe('a')
    expect(neighbour([], undefined, 1)).toBeUndefined()
  })
})

describe('the lists of a role', () => {
  it('start with what the person came to do', () => {
    expect(listsOf('officer').map(({ label }) => label)).toEqual([
      '待受理',
      '我承办的',
      '本科室',
      '已办结',
    ])
    expect(listsOf('supervisor').map(({ view }) => view)).toContain('overdue')
    expect(listsOf('curator').every(({ state }) => state?.includes('resolved'))).toBe(true)
  })
})
