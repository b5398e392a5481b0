import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, Client as Socket } from '../support/client.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { connect } from './support.ts'

let server: TestServer
let control: Client
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  control = await connect(server, 'e1')
})
afterAll(async () => {
  control.send({ type: 'ping' })
  await control.next(({ type }) => type === 'pong')
  await server[Symbol.asyncDispose]()
})

const FIN = 0x80
const TEXT = 0x01
const BINARY = 0x02
const CLOSE = 0x08
const PING = 0x09
const MASK = [0, 0, 0, 0]

/** A client's frame as it goes over the wire, masked with zeros; `length` may lie. */
function raw(head: number, payload: Uint8Array | string = '', length?: bigint): Buffer {
  const bytes = Buffer.from(payload as string)
  const n = length ?? BigInt(bytes.length)
  const size = Buffer.alloc(9)
  size.writeBigUInt64BE(n, 1)
  size[0] = 0x80 | (n < 126n ? Number(n) : 127)
  return Buffer.concat([
    Buffer.of(head),
    n < 126n ? size.subarray(0, 1) : size,
    Buffer.from(MASK),
    bytes,
  ])
}
const write = (client: Client, ...frames: Buffer[]) => {
  const { _socket: wire } = client.ws as unknown as { _socket: NodeJS.WritableStream }
  for (const frame of frames) wire.write(frame)
}
const KIB40 = 'x'.repeat(40 * 1024)

describe('the wire', () => {
  it.each([
    ['a gibibyte announced', [raw(FIN | TEXT, '', 2n ** 30n)], 1009],
    ['2^53 bytes announced', [raw(FIN | TEXT, '', 2n ** 53n)], 1009],
    ['fragments of more than 64 KiB together', [raw(TEXT, KIB40), raw(FIN, KIB40)], 1009],
    ['reserved bits', [raw(FIN | 0x40 | TEXT, '{}')], 1002],
    ['a reserved opcode', [raw(FIN | 0x03, '{}')], 1002],
    ['a fragment of nothing', [raw(FIN, '{}')], 1002],
    ['a new message amid fragments', [raw(TEXT, '{'), raw(FIN | TEXT, '}')], 1002],
    ['a fragmented ping', [raw(PING, 'x')], 1002],
    ['a ping of 126 bytes', [raw(FIN | PING, 'x'.repeat(126))], 1002],
    ['a close of one byte', [raw(FIN | CLOSE, 'x')], 1002],
    ['a close of a forbidden code', [raw(FIN | CLOSE, Buffer.of(0x03, 0xed))], 1002],
    ['text that is no UTF-8', [raw(FIN | TEXT, Buffer.of(0x22, 0xff, 0x22))], 1007],
    ['an unmasked frame', [Buffer.of(FIN | TEXT, 2, 0x7b, 0x7d)], 1002],
  ])('with %s ends that socket alone', async (_, frames, code) => {
    const client = await connect(server, 'e0')
    write(client, ...frames)
    expect((await client.ended()).code).toBe(code)
    expect(control.closed).toBeNull()
  })

  it('may bring a frame in many fragments, with pings among them', async () => {
    const client = await connect(server, 'e0')
    const letters = [...'{"type":"ping"}']
    const fragments = letters.map((letter, i) =>
      raw((i === 0 ? TEXT : 0) | (i === letters.length - 1 ? FIN : 0), letter),
    )
    write(client, fragments[0]!, raw(FIN | PING, 'x'), ...fragments.slice(1))
    await client.next(({ type }) => type === 'pong')
  })

  it('brings binary messages to nobody', async () => {
    const client = await connect(server, 'e0')
    write(client, raw(FIN | BINARY, '{"type":"ping"}'))
    expect(await client.next(({ type }) => type === 'refused')).toMatchObject({
      code: 'bad-request',
    })
  })

  it('is never compressed', async () => {
    const client = await Socket.open(server, { hello: false })
    expect(client.ws.extensions).toBe('')
  })

  it('takes extensions and subprotocols that name prototypes or nonsense', async () => {
    for (const protocols of [
      ['shouwen.v1', 'constructor'],
      ['shouwen.v1', '__proto__', 'toString'],
    ]) {
      const client = await Socket.open(server, { hello: false, protocols })
      expect(client.ws.protocol).toBe('shouwen.v1')
    }
  })
})
