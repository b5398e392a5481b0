import { describe, expect, it } from 'vitest'
import { createGate } from '../../src/identity/gate.ts'

/** Work that goes on until the test ends it. */
function aJob<T>(result: T) {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const job = {
    started: false,
    work: () => {
      job.started = true
      return promise
    },
    end: () => resolve(result),
    fail: () => reject(new Error('broken')),
  }
  return job
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('a gate', () => {
  it('lets in as many as there is room for, and the next when one has ended', async () => {
    const gate = createGate({ atOnce: 2, waiting: 9 })
    const jobs = ['a', 'b', 'c'].map((key) => ({ key, job: aJob(key) }))
    const answers = jobs.map(({ key, job }) => gate(key, job.work))
    await turn()
    expect(jobs.map(({ job }) => job.started)).toEqual([true, true, false])
    jobs[0]?.job.end()
    expect(await answers[0]).toBe('a')
    await turn()
    expect(jobs[2]?.job.started).toBe(true)
    for (const { job } of jobs) job.end()
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c'])
  })

  it('lets in one of a key at a time, and others past those who wait', async () => {
    const gate = createGate({ atOnce: 2, waiting: 9 })
    const [first, second, other] = [aJob(1), aJob(2), aJob(3)]
    const answers = [gate('a', first.work), gate('a', second.work), gate('b', other.work)]
    await turn()
    expect([first.started, second.started, other.started]).toEqual([true, false, true])
    for (const job of [first, second, other]) job.end()
    expect(await Promise.all(answers)).toEqual([1, 2, 3])
  })

  it('refuses what finds the queue full', async () => {
    const gate = createGate({ atOnce: 1, waiting: 1 })
    const job = aJob('done')
    const answers = [gate('a', job.work), gate('b', job.work)]
    expect(await gate('c', job.work)).toEqual({ refused: 'too-fast', retryAfter: 1 })
    job.end()
    expect(await Promise.all(answers)).toEqual(['done', 'done'])
    expect(await gate('c', job.work)).toBe('done')
  })

  it('gives back the room of what failed', async () => {
    const gate = createGate({ atOnce: 1, waiting: 1 })
    const broken = aJob('never')
    const answer = gate('a', broken.work)
    broken.fail()
    await expect(answer).rejects.toThrow('broken')
    expect(await gate('a', async () => 'next')).toBe('next')
  })
})
