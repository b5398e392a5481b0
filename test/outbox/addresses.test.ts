import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPost } from '../../src/node/post.ts'
import { reachOf } from '../../src/node/private-address.ts'

const { signal } = new AbortController()
const post = createPost({ signal, timeout: 1_000 })
const message = { headers: {}, body: '{}' }
const to = (url: string, allowPrivate = false) => post({ url, allowPrivate }, message)

let port = 0
let heard = 0
const listener = createServer((_, response) => {
  heard++
  response.end()
})
beforeAll(async () => {
  await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done))
  port = (listener.address() as AddressInfo).port
})
afterAll(() => new Promise((done) => listener.close(done)))

describe('S14 an address', () => {
  it.each([
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    'fc00::1',
    'fd12:3456::1',
  ])('%s is the intranet’s', (address) => {
    expect(reachOf(address)).toBe('private')
  })

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '100.100.100.200',
    '169.254.169.254',
    '192.0.2.1',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::7f00:1',
    '::ffff:169.254.169.254',
    '::ffff:0.0.0.0',
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    'localhost',
    '',
  ])('%s is nobody’s to reach', (address) => {
    expect(reachOf(address)).toBe('never')
  })

  it.each(['1.1.1.1', '172.15.0.1', '172.32.0.1', '2400:3200::1', '::ffff:8.8.8.8'])(
    '%s is public',
    (address) => {
      expect(reachOf(address)).toBe('public')
    },
  )
})

describe('S14 a webhook', () => {
  it.each([
    'https://127.0.0.1',
    'https://2130706433',
    'https://0x7f000001',
    'https://0177.0.0.1',
    'https://127.1',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://１２７.０.０.１',
    'https://localhost',
    'https://localhost.',
  ])('is not connected to %s unless it was allowed to', async (origin) => {
    const before = heard
    const { error } = (await to(`${origin}:${port}/`)) as { error?: string }
    expect(['forbidden-address', 'ENOTFOUND', 'EAI_AGAIN']).toContain(error)
    expect(heard).toBe(before)
  })

  it.each(['http://169.254.169.254/', 'http://0.0.0.0/', 'http://[fe80::1]/'])(
    'never is to %s, whatever was allowed',
    async (url) => {
      expect(await to(url, true)).toEqual({ error: 'forbidden-address' })
    },
  )

  it('goes in clear within the intranet alone, and there only when it was allowed', async () => {
    expect(await to(`http://127.0.0.1:${port}/`, true)).toEqual({ status: 200 })
    expect(await to(`http://localhost:${port}/`, true)).toEqual({ status: 200 })
    expect(await to(`http://127.0.0.1:${port}/`)).toEqual({ error: 'forbidden-url' })
    expect(await to('http://1.1.1.1/', true)).toEqual({ error: 'forbidden-address' })
  })

  it('is given up after its time, whether the other side is silent or dribbles', async () => {
    const silent = createServer(() => {})
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done))
    const { port: there } = silent.address() as AddressInfo
    const quick = createPost({ signal, timeout: 100 })
    const target = { url: `http://127.0.0.1:${there}/`, allowPrivate: true }
    expect(await quick(target, message)).toEqual({ error: 'timeout' })
    silent.closeAllConnections()
    await new Promise((done) => silent.close(done))
  })

  it('does not wait for the body of an answer, however long it is', async () => {
    const endless = createServer((_, response) => {
      const more = () => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', more)
      }
      more()
    })
    await new Promise<void>((done) => endless.listen(0, '127.0.0.1', done))
    const { port: there } = endless.address() as AddressInfo
    const url = `http://127.0.0.1:${there}/`
    expect(await to(url, true)).toEqual({ status: 200 })
    endless.closeAllConnections()
    await new Promise((done) => endless.close(done))
  })
})
