import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dropUnused } from '../../src/files/file-store.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { aThread, credentials, did, http, tell, type Who } from './support.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
})
afterAll(() => server[Symbol.asyncDispose]())

const PDF = new TextEncoder().encode('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n')
const PNG = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)
const form = (bytes: Uint8Array, name: string, type = 'text/html') => {
  const data = new FormData()
  data.set('file', new Blob([bytes as Uint8Array<ArrayBuffer>], { type }), name)
  return data
}
const upload = (who: Who, bytes = PDF, name = '合同.pdf') =>
  http(server, who, '/api/files', { body: form(bytes, name) })
const id = async (who: Who) => (await upload(who)).body.id as string
const get = async (who: Who | null, file: string) =>
  (await http(server, who, `/api/files/${file}`)).status

describe('an upload', () => {
  it('answers with what it is by content, whatever it calls itself', async () => {
    const { status, body } = await upload('e0', PNG, '报告.html')
    expect(status).toBe(201)
    const sha256 = createHash('sha256').update(PNG).digest('hex')
    expect(body).toEqual({
      id: expect.any(String),
      name: '报告.png',
      type: 'image/png',
      size: PNG.length,
      sha256,
    })
  })

  it.each([
    ['HTML', '<!doctype html><script>1</script>'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'],
    ['plain text', 'hello'],
    ['a GIF', 'GIF89a\u0001\u0000\u0001\u0000;'],
    ['nothing', ''],
  ])('of %s is unsupported-type', async (_, text) => {
    const answer = await upload('e0', new TextEncoder().encode(text), 'x.pdf')
    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported-type' } })
  })

  it.each([
    ['../../etc/passwd.pdf', '_.._etc_passwd.pdf'],
    ['合同\u202efdp.exe', '合同_fdp.pdf'],
    ['a"b\r\nc\u0000.pdf', 'a_b__c_.pdf'],
    [`${'长'.repeat(300)}.pdf`, `${'长'.repeat(100)}.pdf`],
    ['.pdf', 'file.pdf'],
  ])('named %j is kept under a plain name', async (name, kept) => {
    expect((await upload('e0', PDF, name)).body.name.replace(/^_+\.\./, '_..')).toBe(kept)
  })

  it('of more than 20 MiB is too-large', async () => {
    const bytes = new Uint8Array(20 * 1024 * 1024 + 1)
    bytes.set(PDF)
    expect(await upload('e0', bytes)).toMatchObject({ status: 413, body: { code: 'too-large' } })
    const fits = await upload('e0', bytes.subarray(0, -1))
    expect(fits).toMatchObject({ status: 201, body: { size: 20 * 1024 * 1024 } })
    const { token } = await credentials(server, 'e0')
    const back = await fetch(`${server.url}/api/files/${fits.body.id}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect((await back.arrayBuffer()).byteLength).toBe(20 * 1024 * 1024)
  })

  it('that is no form, or no file, or two, is refused', async () => {
    const two = form(PDF, 'a.pdf')
    two.set('more', new Blob([PDF]), 'b.pdf')
    const none = new FormData()
    none.set('file', 'text')
    for (const [body, status] of [
      [two, 400],
      [none, 400],
      [{ file: 'x' }, 415],
    ] as const) {
      expect((await http(server, 'e0', '/api/files', { body })).status).toBe(status)
    }
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const cut = await http(server, 'e0', '/api/files', { body: '--x\r\nbroken', headers })
    expect(cut.status).toBe(400)
  })
})

describe('a file', () => {
  it('is its uploader’s alone until it is used, then everybody’s who sees the thread', async () => {
    const file = await id('e0')
    const colleague = await server.token({ enterprise: 0, sub: 'colleague' })
    const headers = { authorization: `Bearer ${colleague}` }
    const asColleague = async () =>
      (await http(server, null, `/api/files/${file}`, { headers })).status
    expect([await get('e0', file), await asColleague(), await get('wang', file)]).toEqual([
      200, 404, 404,
    ])
    const thread = await aThread(server, 'held')
    await did(server, 'e0', { type: 'say', thread, files: [file] })
    expect([await get('e0', file), await asColleague(), await get('wang', file)]).toEqual([
      200, 200, 200,
    ])
    for (const who of ['e1', 'zhao', 'qian'] as const) expect(await get(who, file)).toBe(404)
    await did(server, 'wang', { type: 'resolve', thread, outcome: 'handled', summary: '。' })
    expect(await get('qian', file)).toBe(404)
  })

  it('is served as an attachment that no browser runs', async () => {
    const { headers, text } = await http(server, 'e0', `/api/files/${await id('e0')}`)
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''[%\w.-]+$/)
    expect(headers.get('content-type')).toBe('application/pdf')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain('sandbox')
    expect(text).toBe(new TextDecoder().decode(PDF))
  })

  it('stands in the entry with name, type and size, and makes a question a case', async () => {
    const files = [await id('e0'), await id('e0')]
    const { thread } = await did(server, 'e0', { type: 'ask', text: '请看附件', files })
    const { items } = (await http(server, 'e0', `/api/threads/${thread}/entries`)).body
    expect(items[0].body.files).toEqual(
      files.map((file) => ({
        id: file,
        name: '合同.pdf',
        type: 'application/pdf',
        size: PDF.length,
      })),
    )
    expect(items[1]).toMatchObject({ kind: 'escalated', body: { reason: 'case' } })
  })

  it('of somebody else, used before, named twice or of nobody is not-found', async () => {
    const [own, foreign] = [await id('e0'), await id('wang')]
    const thread = await aThread(server, 'held')
    const say = async (...files: string[]) =>
      (await tell(server, 'e0', { type: 'say', thread, text: '附件', files })).body.code ?? 'ack'
    expect(await say(own, foreign)).toBe('not-found')
    expect(await say(own, own)).toBe('not-found')
    expect(await say('x')).toBe('not-found')
    expect(await say(own)).toBe('ack')
    expect(await say(own)).toBe('not-found')
    expect(await say()).toBe('ack')
  })

  it('may come with no text, also with an empty one', async () => {
    const thread = await aThread(server, 'held')
    for (const text of [undefined, '']) {
      const said = {
        type: 'say',
        thread,
        files: [await id('e0')],
        ...(text === '' ? { text } : {}),
      }
      const { seq } = await did(server, 'e0', said as Parameters<typeof did>[2])
      const { items } = (
        await http(server, 'e0', `/api/threads/${thread}/entries?after=${seq - 1}`)
      ).body
      expect(items[0].body).not.toHaveProperty('text')
    }
  })

  it('that nobody used goes after 24 hours, and one that was used stays', async () => {
    const [unused, used] = [await id('e0'), await id('e0')]
    const thread = await aThread(server, 'held')
    await did(server, 'e0', { type: 'say', thread, files: [used] })
    server.clock.pass(25 * 3600 * 1000)
    await dropUnused(server.database.db, server.clock.now())
    expect([await get('e0', unused), await get('e0', used)]).toEqual([404, 200])
  })
})
