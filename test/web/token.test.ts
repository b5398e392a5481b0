import { describe, expect, it } from 'vitest'
import { expiryOf } from '../../src/web/shared/token-keeper.ts'
import { fromScript, tokenOf } from '../../src/web/widget/options.ts'
import { aToken, Bench, settled } from './line-double.ts'

/** A host that hands out these tokens, one at each asking; the last one for ever. */
function host(...tokens: (string | Error)[]) {
  let asked = 0
  const token = async () => {
    const next = tokens[Math.min(asked, tokens.length - 1)]!
    asked += 1
    if (next instanceof Error) throw next
    return next
  }
  return { token, asked: () => asked }
}

describe('the token', () => {
  it('goes with hello and is not asked for again while it is good', async () => {
    const { token, asked } = host(aToken(3600))
    const bench = await new Bench({ token }).online()
    expect(bench.socket.sent[0]).toMatchObject({ type: 'hello', token: aToken(3600) })
    bench.socket.drop()
    await bench.timers.pass(500)
    await bench.welcome()
    expect(asked()).toBe(1)
  })

  it('is renewed by a second hello before it expires, on the same socket', async () => {
    const { token } = host(aToken(600, 'first'), aToken(1200, 'second'))
    const bench = await new Bench({ token }).online()
    await keepAlive(bench, 539)
    expect(hellos(bench)).toHaveLength(1)
    await keepAlive(bench, 2)
    expect(hellos(bench)[1]).toEqual({ type: 'hello', v: 1, token: aToken(1200, 'second') })
    expect(bench.sockets).toHaveLength(1)
  })

  it('that lives for a minute only is renewed in time too', async () => {
    const { token } = host(aToken(60, 'first'), aToken(120, 'second'))
    const bench = await new Bench({ token }).online()
    await keepAlive(bench, 31)
    expect(hellos(bench)).toHaveLength(2)
  })

  it('is asked for again when the host fails at the renewal', async () => {
    const { token } = host(aToken(600, 'first'), new Error('host away'), aToken(1200, 'second'))
    const bench = await new Bench({ token }).online()
    await keepAlive(bench, 541)
    expect(hellos(bench)).toHaveLength(1)
    await keepAlive(bench, 15)
    expect(hellos(bench)).toHaveLength(2)
  })

  it('that the server rejects is replaced once; then the connection ends', async () => {
    const { token, asked } = host(aToken(3600, 'old'), aToken(3600, 'new'))
    const bench = new Bench({ token })
    bench.connection.start()
    for (let i = 0; i < 2; i++) {
      await settled()
      bench.socket.open()
      bench.socket.give({ type: 'refused', code: 'token-invalid', message: '' })
      bench.socket.drop(4401)
    }
    expect([asked(), bench.sockets.length]).toEqual([2, 2])
    expect([bench.status, bench.why]).toEqual(['ended', 'token-invalid'])
  })

  it('that the host does not give is asked for again, and the reason is told', async () => {
    const { token } = host(new Error('500'), aToken(3600))
    const bench = new Bench({ token })
    bench.connection.start()
    await settled()
    expect([bench.status, bench.why]).toEqual(['offline', 'token'])
    await bench.timers.pass(500)
    await bench.welcome()
    expect(bench.status).toBe('online')
  })

  it('that comes after the connection was stopped opens nothing', async () => {
    let give!: (token: string) => void
    const bench = new Bench({ token: () => new Promise((resolve) => (give = resolve)) })
    bench.connection.start()
    bench.connection.stop()
    give(aToken(3600))
    await settled()
    expect(bench.sockets).toEqual([])
  })

  it('tells when it ends, in base64url too, or nothing', () => {
    const odd = Buffer.from('{"exp":5,"name":"赵？？>>"}').toString('base64url')
    expect(expiryOf(`x.${odd}.y`)).toBe(5)
    expect(expiryOf('no token')).toBeUndefined()
  })
})

describe('what the host answers', () => {
  it.each([
    ['a.b.c', 'a.b.c'],
    [' a.b.c\n', 'a.b.c'],
    ['{"token":"a.b.c"}', 'a.b.c'],
    ['"a.b.c"', 'a.b.c'],
  ])('is read from %j', (text, token) => expect(tokenOf(text)).toBe(token))

  it.each(['', '<html>sign in</html>', '{}', '{"token":5}', 'null'])('is refused: %j', (text) => {
    expect(() => tokenOf(text)).toThrow('token')
  })

  it('is only asked for where the tag names an address', () => {
    expect(fromScript({})).toBeUndefined()
    const given = { locale: 'en', position: 'left', theme: 'dark', topic: '排污许可' } as const
    expect(fromScript({ tokenUrl: '/t', ...given })).toMatchObject(given)
    expect(fromScript({ tokenUrl: '/t', theme: 'pink' })).not.toHaveProperty('theme')
  })
})

const hellos = (bench: Bench) => bench.socket.sent.filter(({ type }) => type === 'hello')

/** Lets time pass on a line that answers its pings. */
async function keepAlive(bench: Bench, seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    await bench.timers.pass(1000)
    bench.socket.give({ type: 'pong' })
  }
}
