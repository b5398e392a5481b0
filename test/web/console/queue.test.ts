import { describe, expect, it } from 'vitest'
import {
  changed,
  inOrder,
  loaded,
  NO_QUEUE,
  reconnected,
} from '../../../src/web/console/desk/queue.ts'
import { clock, summary } from './samples.ts'

const ids = (queue: Parameters<typeof inOrder>[0]) => inOrder(queue, new Map()).map(({ id }) => id)

describe('the queue of waiting threads', () => {
  it('stands in order of due time, emergencies first, without a due time last', () => {
    const queue = loaded(NO_QUEUE, [
      summary('unscheduled', { clocks: [clock(0, { state: 'unscheduled' })] }),
      summary('later', { clocks: [clock(40)] }),
      summary('sooner', { clocks: [clock(10), clock(90, { name: 'resolution' })] }),
      summary('fire', { urgent: true, clocks: [clock(60)] }),
    ])
    expect(ids(queue)).toEqual(['fire', 'sooner', 'later', 'unscheduled'])
  })

  it('takes what comes and drops what was claimed', () => {
    let queue = loaded(NO_QUEUE, [summary('a')])
    queue = changed(queue, 'put', summary('b'))
    queue = changed(queue, 'drop', summary('a', { state: 'held' }))
    expect(ids(queue)).toEqual(['b'])
  })

  it('keeps showing what it had while it reconnects, then forgets what left meanwhile', () => {
    let queue = reconnected(loaded(NO_QUEUE, [summary('gone'), summary('stays')]))
    expect(ids(queue)).toHaveLength(2)
    queue = loaded(queue, [summary('stays')])
    expect(ids(queue)).toEqual(['stays'])
  })

  it('believes the socket where the list over HTTP is older', () => {
    let queue = reconnected(NO_QUEUE)
    queue = changed(queue, 'put', summary('new'))
    queue = changed(queue, 'drop', summary('claimed', { state: 'held' }))
    queue = loaded(queue, [summary('claimed'), summary('old')])
    expect(ids(queue).sort()).toEqual(['new', 'old'])
  })

  it('leaves out a thread that is known to be held', () => {
    const queue = loaded(NO_QUEUE, [summary('a'), summary('b')])
    const newest = new Map([['a', summary('a', { state: 'held' })]])
    expect(inOrder(queue, newest).map(({ id }) => id)).toEqual(['b'])
  })
})
