import { describe, expect, it } from 'vitest'
import { Disconnected, Refused } from '../../src/web/shared/connection.ts'
import { Bench, settled } from './line-double.ts'

const SAY = { type: 'say', id: 'c1', thread: 't', text: '你好' } as const

describe('a connection', () => {
  it('says hello first, with the protocol and what it has seen', async () => {
    const bench = new Bench()
    bench.resume = { t: 7 }
    await bench.online()
    expect(bench.socket.protocols).toEqual(['shouwen.v1'])
    expect(bench.socket.sent).toEqual([{ type: 'hello', v: 1, resume: { t: 7 } }])
    expect(bench.statuses.map(([status]) => status)).toEqual(['connecting', 'online'])
  })

  it('resumes fifty threads and watches the others from where it was', async () => {
    const bench = new Bench()
    bench.resume = Object.fromEntries(Array.from({ length: 52 }, (_, i) => [`t${i}`, i]))
    await bench.online()
    const [hello, ...rest] = bench.socket.sent
    expect(Object.keys(hello!.resume as object)).toHaveLength(50)
    expect(rest).toEqual([
      { type: 'watch', thread: 't50', after: 50 },
      { type: 'watch', thread: 't51', after: 51 },
    ])
  })

  it('asks for the next page until the head is reached', async () => {
    const bench = await new Bench().online()
    bench.socket.give({ type: 'watched', thread: 't', seq: 200, head: 350 })
    bench.socket.give({ type: 'watched', thread: 't', seq: 350, head: 350 })
    expect(bench.socket.sent.slice(1)).toEqual([{ type: 'watch', thread: 't', after: 200 }])
  })

  it('asks again for a record when the server has time for it, and tells nobody', async () => {
    const bench = await new Bench().online()
    bench.connection.send({ type: 'watch', thread: 't', after: 7 })
    bench.socket.give({ type: 'refused', thread: 't', code: 'too-fast', retryAfter: 3 })
    await bench.timers.pass(2900)
    expect(bench.socket.sent.slice(2)).toEqual([])
    await bench.timers.pass(100)
    expect(bench.socket.sent.slice(2)).toEqual([{ type: 'watch', thread: 't', after: 7 }])
    bench.socket.give({ type: 'refused', thread: 't', code: 'not-found' })
    await bench.timers.pass(9000)
    expect(bench.socket.sent).toHaveLength(3)
    expect(bench.frames.map(({ type }) => type)).toEqual(['welcome', 'refused'])
  })

  it('hands every frame on but pong, and passes over what is no frame', async () => {
    const bench = await new Bench().online()
    bench.socket.give({ type: 'pong' })
    bench.socket.onmessage?.({ data: '{' })
    bench.socket.onmessage?.({ data: 'null' })
    bench.socket.give({ type: 'of-a-newer-server' })
    expect(bench.frames.map(({ type }) => type)).toEqual(['welcome', 'of-a-newer-server'])
  })

  it('pings after 25 quiet seconds, and not sooner than that after a command', async () => {
    const bench = await new Bench().online()
    await bench.timers.pass(20_000)
    void bench.connection.command(SAY)
    await bench.timers.pass(24_000)
    expect(bench.socket.sent.at(-1)).toEqual(SAY)
    await bench.timers.pass(1000)
    expect(bench.socket.sent.at(-1)).toEqual({ type: 'ping' })
  })

  it('takes a line for cut when a ping finds no sign of life', async () => {
    const bench = await new Bench().online()
    await bench.timers.pass(25_000)
    bench.socket.give({ type: 'pong' })
    await bench.timers.pass(25_000 + 9999)
    expect(bench.status).toBe('online')
    await bench.timers.pass(1)
    expect([bench.status, bench.why]).toEqual(['offline', '1001'])
    expect(bench.socket.closed).toBe(true)
  })

  it('does not wait for a welcome that never comes', async () => {
    const bench = new Bench()
    bench.connection.start()
    await bench.timers.pass(15_000)
    expect(bench.status).toBe('offline')
  })
})

describe('reconnecting', () => {
  it('treats 1006 as 1001 and comes back with what it has seen by then', async () => {
    const bench = await new Bench().online()
    bench.resume = { t: 9 }
    bench.socket.drop(1006)
    expect([bench.status, bench.why]).toEqual(['offline', '1001'])
    await bench.timers.pass(500)
    await bench.welcome()
    expect(bench.sockets).toHaveLength(2)
    expect(bench.socket.sent[0]).toMatchObject({ type: 'hello', resume: { t: 9 } })
  })

  it('resumes after it was cut off for reading too slowly', async () => {
    const bench = await new Bench().online()
    bench.socket.drop(4410)
    await bench.timers.pass(500)
    await bench.welcome()
    expect(bench.status).toBe('online')
  })

  it('waits between half a second and thirty, ever longer', async () => {
    const bench = new Bench()
    bench.timers.random = () => 1
    bench.connection.start()
    await settled()
    for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
      const before = bench.sockets.length
      bench.socket.drop()
      await bench.timers.pass(seconds * 1000 - 1)
      expect(bench.sockets).toHaveLength(before)
      await bench.timers.pass(1)
      expect(bench.sockets).toHaveLength(before + 1)
    }
  })

  it('comes back at once when the network or the eyes return', async () => {
    const bench = await new Bench().online()
    bench.socket.drop()
    bench.wake({ seen: false })
    await settled()
    expect(bench.sockets).toHaveLength(1)
    bench.wake({ seen: true })
    await settled()
    expect(bench.sockets).toHaveLength(2)
  })

  it('has the line prove itself when the browser hints at trouble', async () => {
    const bench = await new Bench().online()
    bench.wake({ seen: true })
    expect(bench.socket.sent.at(-1)).toEqual({ type: 'ping' })
    await bench.timers.pass(3000)
    expect(bench.status).toBe('offline')
  })

  it('is not moved by a late close of an old socket', async () => {
    const bench = await new Bench().online()
    const old = bench.socket
    old.drop()
    await bench.timers.pass(500)
    await bench.welcome()
    old.drop()
    expect(bench.status).toBe('online')
  })

  it.each([4400, 4403])('ends for good with %i', async (code) => {
    const bench = await new Bench().online()
    bench.socket.drop(code)
    await bench.timers.pass(3_600_000)
    expect([bench.status, bench.why]).toEqual(['ended', String(code)])
    expect(bench.sockets).toHaveLength(1)
  })

  it('ends with 4401 where only a cookie speaks, and says what the server said', async () => {
    const bench = await new Bench().online()
    bench.socket.give({ type: 'bye', code: 'not-signed-in' })
    bench.socket.drop(4401)
    expect([bench.status, bench.why]).toEqual(['ended', 'not-signed-in'])
  })

  it('stops and stays stopped', async () => {
    const bench = await new Bench().online()
    const answer = bench.connection.command(SAY)
    bench.connection.stop()
    await expect(answer).rejects.toBeInstanceOf(Disconnected)
    await expect(bench.connection.command(SAY)).rejects.toBeInstanceOf(Disconnected)
    expect(bench.socket.closed).toBe(true)
    await bench.timers.pass(3_600_000)
    expect(bench.sockets).toHaveLength(1)
  })
})

describe('a command', () => {
  it('resolves with its ack', async () => {
    const bench = await new Bench().online()
    const answer = bench.connection.command(SAY)
    bench.socket.give({ type: 'ack', id: 'C1', thread: 't', seq: 4 })
    expect(await answer).toEqual({ id: 'C1', thread: 't', seq: 4 })
  })

  it('goes again under the same id after a reconnect, in the order of its writing', async () => {
    const bench = await new Bench().online()
    void bench.connection.command(SAY)
    void bench.connection.command({ ...SAY, id: 'c2' })
    bench.socket.drop()
    void bench.connection.command({ ...SAY, id: 'c3' })
    await bench.timers.pass(500)
    await bench.welcome()
    expect(bench.socket.commands().map(({ id }) => id)).toEqual(['c1', 'c2', 'c3'])
  })

  it('is one command when given twice', async () => {
    const bench = await new Bench().online()
    const both = [bench.connection.command(SAY), bench.connection.command(SAY)]
    expect(bench.socket.commands()).toHaveLength(1)
    bench.socket.give({ type: 'ack', id: 'c1', thread: 't', seq: 4 })
    expect(await Promise.all(both)).toHaveLength(2)
  })

  it('rejects with the refusal, and its id may be used again', async () => {
    const bench = await new Bench().online()
    const answer = bench.connection.command(SAY)
    bench.socket.give({ type: 'refused', id: 'c1', code: 'wrong-state', message: '现在不能' })
    const error = await answer.catch((e: unknown) => e)
    expect(error).toBeInstanceOf(Refused)
    expect(error).toMatchObject({ code: 'wrong-state', message: '现在不能' })
    void bench.connection.command(SAY)
    expect(bench.socket.commands()).toHaveLength(2)
  })

  it('is tried again when it came too fast, after the time that was told', async () => {
    const bench = await new Bench().online()
    const answer = bench.connection.command(SAY)
    const no = { type: 'refused', id: 'c1', code: 'too-fast', message: '', retryAfter: 5 }
    bench.socket.give(no)
    await bench.timers.pass(4999)
    expect(bench.socket.commands()).toHaveLength(1)
    await bench.timers.pass(1)
    expect(bench.socket.commands()).toHaveLength(2)
    bench.socket.give({ type: 'ack', id: 'c1', thread: 't', seq: 4 })
    expect(await answer).toMatchObject({ seq: 4 })
  })

  it('gives up when the server stays unavailable', async () => {
    const bench = await new Bench().online()
    const answer = bench.connection.command(SAY).catch((error: unknown) => error)
    for (let i = 0; i < 6; i++) {
      bench.socket.give({ type: 'refused', id: 'c1', code: 'unavailable', message: '' })
      // kept alive: only the command is unlucky, not the line
      await bench.timers.pass(1000)
    }
    expect(await answer).toMatchObject({ code: 'unavailable' })
    expect(bench.socket.commands()).toHaveLength(6)
  })

  it('tells a wait of hours instead of waiting it out', async () => {
    const bench = await new Bench().online()
    const answer = bench.connection.command({ type: 'remind', id: 'r', thread: 't' })
    bench.socket.give({
      type: 'refused',
      id: 'r',
      code: 'too-fast',
      message: '',
      retryAfter: 14_400,
    })
    await expect(answer).rejects.toMatchObject({ code: 'too-fast', retryAfter: 14_400 })
  })

  it('that no frame can hold is refused here', async () => {
    const bench = await new Bench().online()
    const long = { ...SAY, text: '长'.repeat(30_000) }
    await expect(bench.connection.command(long)).rejects.toMatchObject({ code: 'too-large' })
    expect(bench.socket.commands()).toEqual([])
  })
})
