import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { vi } from 'vitest'
import { isRefusal } from '../../src/protocol/refusals.ts'
import type { Delivery, Message, NewWebhook } from '../../src/protocol/webhooks.ts'
import { http } from '../contract/support.ts'
import type { TestServer } from '../support/server.ts'

export interface Arrived {
  headers: IncomingMessage['headers']
  body: string
  message: Message
}

/** What a receiver answers: a status, or nothing at all for as long as the promise waits. */
type Answer = (arrived: Arrived) => number | Promise<number>

export interface Receiver extends AsyncDisposable {
  url: string
  arrived: Arrived[]
  answer: Answer
  /** Of a thread, in the order of arrival: `event@seq`. */
  of(thread: string, audience?: 'enterprise' | 'staff'): string[]
  stop(): Promise<void>
  start(): Promise<void>
}

/** A real HTTP receiver on loopback. */
export async function aReceiver(answer: Answer = () => 204): Promise<Receiver> {
  const arrived: Arrived[] = []
  let port = 0
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      const one = { headers: request.headers, body, message: JSON.parse(body) as Message }
      arrived.push(one)
      void Promise.resolve(receiver.answer(one)).then((status) =>
        response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('{}'),
      )
    })
  })
  const receiver: Receiver = {
    url: '',
    arrived,
    answer,
    of: (thread, audience = 'enterprise') =>
      arrived
        .filter(({ message: { data } }) => data.thread === thread && data.audience === audience)
        .map(({ message: { type, data } }) => `${type}@${data.seq}`),
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
    start: () => new Promise((done) => server.listen(port, '127.0.0.1', done)),
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await receiver.stop()
    },
  }
  await receiver.start()
  port = (server.address() as AddressInfo).port
  receiver.url = `http://127.0.0.1:${port}/hook`
  return receiver
}

/** Sends what is due, on the server that the test holds. */
export const sent = (server: TestServer) => server.running.outbox.turn()

/** A target that an administrator added. */
export async function aTarget(
  server: TestServer,
  wanted: Partial<NewWebhook> & { url: string },
): Promise<{ id: string; secret: string }> {
  const { status, body } = await http(server, 'admin', '/api/webhooks', {
    body: { allowPrivate: true, ...wanted },
  })
  if (status !== 201 || isRefusal(body)) throw new Error(`no target: ${JSON.stringify(body)}`)
  return body
}

/** By the library of Standard Webhooks, at that time. @throws where the signature is not good */
export function verified(secret: string, { headers, body }: Arrived, now: Date): Message {
  vi.useFakeTimers({ toFake: ['Date'], now })
  try {
    return new Webhook(secret).verify(body, headers as Record<string, string>) as Message
  } finally {
    vi.useRealTimers()
  }
}

/** What became of a thread's notifications to one target. */
export async function deliveries(
  server: TestServer,
  thread: string,
  target: string,
): Promise<Delivery[]> {
  const path = `/api/webhooks/deliveries?thread=${thread}`
  const { body } = await http(server, 'admin', path)
  return (body as Delivery[]).filter((one) => one.target === target)
}
