import { describe, expect, it } from 'vitest'
import type { Me, Summary } from '../../../src/protocol/http.ts'
import { abilitiesOf } from '../../../src/web/console/desk/abilities.ts'
import { SUN, summary, WANG } from './samples.ts'

const may = (me: Me, thread: Partial<Summary>) =>
  Object.entries(abilitiesOf(me, summary('t', thread)))
    .filter(([, yes]) => yes)
    .map(([name]) => name)

const mine = { id: 'p-wang', name: '王工', desk: 'water' }
const other = { id: 'p-li', name: '李工', desk: 'water' }
const curator: Me = { id: 'p-qian', name: '钱', role: 'curator', desks: [] }
const admin: Me = { id: 'p-admin', name: '管', role: 'admin', desks: [] }

describe('what the screen offers', () => {
  it('lets an officer of the desk claim what waits', () => {
    expect(may(WANG, {})).toEqual(['claim', 'note'])
    expect(may(WANG, { desk: 'eia' })).toEqual(['note'])
  })

  it('lets only the owner reply and resolve, while it is held', () => {
    expect(may(WANG, { state: 'held', owner: mine })).toEqual(['reply', 'note', 'resolve'])
    expect(may(WANG, { state: 'held', owner: other })).toEqual(['note'])
    expect(may(WANG, { state: 'resolved', owner: mine })).toEqual(['note'])
  })

  it('lets a supervisor of the desk note, never claim or reply', () => {
    expect(may(SUN, {})).toEqual(['note'])
    expect(may(SUN, { desk: 'noise' })).toEqual([])
  })

  it('lets curators and administrators read', () => {
    expect(may(curator, { state: 'resolved' })).toEqual([])
    expect(may(admin, {})).toEqual([])
  })

  it('offers nothing before the thread is known', () => {
    expect(abilitiesOf(WANG, undefined).claim).toBe(false)
  })
})
