import { afterAll, expect, it } from 'vitest'
import { runAdmin } from '../../src/node/admin.ts'
import { aReceiver, verified } from '../outbox/support.ts'
import { freshDatabase } from '../support/server.ts'

const databaseUrl = await freshDatabase()
const receiver = await aReceiver()
afterAll(() => receiver[Symbol.asyncDispose]())

async function admin(line: string) {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await runAdmin({
    argv: ['webhook', ...line.split(' ')],
    env: { DATABASE_URL: databaseUrl },
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

it('npm run admin -- webhook adds, tries, lists, rotates, pauses and removes a target', async () => {
  const added = await admin(`add ${receiver.url}?key=hidden --allow-private --events reply,urgent`)
  expect(added.code).toBe(0)
  const [, id = '', secret = ''] = /added (\S+)\nsecret: (whsec_\S+)/.exec(added.out) ?? []
  expect((await admin(`test ${id}`)).out).toBe('delivered (HTTP 204)')
  expect(verified(secret, receiver.arrived[0]!, new Date()).type).toBe('test')
  const { out } = await admin('list')
  expect(out).toContain(`${id}  active  ${receiver.url}?…  reply,urgent  waiting 0  dead 0`)
  expect(out).not.toMatch(/hidden|whsec/)
  expect((await admin(`rotate ${id}`)).out).toMatch(/^secret: whsec_/)
  expect((await admin(`pause ${id}`)).code).toBe(0)
  expect((await admin('list')).out).toContain('paused (admin)')
  expect((await admin(`retry ${id}`)).out).toBe('0 are tried again')
  expect((await admin(`remove ${id}`)).code).toBe(0)
  expect((await admin('list')).out).toBe('')
  expect((await admin(`test ${id}`)).code).toBe(1)
})

it.each([
  ['add', 2],
  ['add a b', 2],
  ['add https://example.org/ --events nothing', 2],
  ['add http://example.org/', 1],
  ['pause', 2],
  ['paint x', 2],
  ['pause x', 1],
])('does not take “webhook %s”', async (line, code) => {
  expect((await admin(line)).code).toBe(code)
})
