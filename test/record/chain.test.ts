import { createHash, hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentOf, type Draft, GENESIS, hashOf, link } from '../../src/record/chain.ts'
import { verifyRecord } from '../../src/record/verify.ts'

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')

/** RFC 8785 by the book, as an auditor would write it: keys in UTF-16 order, numbers as in JSON. */
function jcs(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined)
  const sorted = fields.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${sorted.map(([key, inner]) => `${JSON.stringify(key)}:${jcs(inner)}`).join(',')}}`
}

const THREAD = '0198f000-0000-7000-8000-000000000001'
const head = { thread: THREAD, seq: 0, hash: GENESIS, at: null }
const NOW = new Date('2026-11-24T02:00:00.000Z')
let n = 0
const salt = () => (n++).toString(16).padStart(32, '0')
const notes = (...texts: string[]): Draft[] =>
  texts.map((text) => ({
    kind: 'noted',
    by: { role: 'officer', id: 'o', name: '王工' },
    body: { text },
  }))

describe('the chain', () => {
  it('digests what an entry says as an independent RFC 8785 and SHA-256 do', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (text, number) => {
          const said = {
            thread: THREAD,
            seq: 1,
            at: NOW.toISOString(),
            kind: 'noted' as const,
            by: { role: 'officer' as const, id: 'o', name: text },
            body: {
              text,
              number: Object.is(number, -0) ? 0 : number,
              é: [1, { b: null, a: true }],
            },
            salt: 'ab',
          }
          expect(contentOf(said)).toBe(sha256(jcs(said)))
        },
      ),
    )
  })

  it('keeps the digests that are on records already, whoever hashes', () => {
    const said = {
      thread: THREAD,
      seq: 7,
      at: NOW.toISOString(),
      kind: 'said' as const,
      by: { role: 'officer' as const, id: 'o-1', name: '王工' },
      body: { text: '"材料"\n已收到 \\ 𠮷', clocks: [] },
      salt: '00112233445566778899aabbccddeeff',
    }
    for (const digest of [undefined, (text: string) => hash('sha256', text)]) {
      const content = contentOf(said, digest)
      expect(content).toBe('bd2bad931ad1734ae5f2375b49a48daf19521244b0b4f84618261a5ccb78bc0d')
      expect(hashOf(GENESIS, content, digest)).toBe(
        '47cd730fe5ae1ba4e806d14b084472eef0385b5cd34341f6390817a66c0739b6',
      )
    }
  })

  it('links each entry to the one before, the first to 64 zeros', () => {
    const [first, second] = link(head, notes('一', '二'), NOW, salt)
    expect(first).toMatchObject({ seq: 1, prev: '0'.repeat(64) })
    expect(first!.hash).toBe(sha256('0'.repeat(64) + first!.content))
    expect(second).toMatchObject({ seq: 2, prev: first!.hash })
    expect(second!.hash).toBe(hashOf(first!.hash, second!.content))
  })

  it('never lets time run backwards within a thread', () => {
    const later = { ...head, seq: 1, at: '2026-11-24T03:00:00.000Z' }
    expect(link(later, notes('一'), NOW, salt)[0]!.at).toBe('2026-11-24T03:00:00.000Z')
  })
})

const record = (texts: string[]) => {
  const entries = link(head, notes(...texts), NOW, salt)
  return { v: 1 as const, thread: THREAD, items: entries.map(({ content: _, ...entry }) => entry) }
}
type Items = ReturnType<typeof record>['items']
const check = (items: object[]) => verifyRecord({ v: 1, thread: THREAD, items: items as Items })

describe('the verifier', () => {
  it('finds an untouched record intact, whatever was written in it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 12 }),
        (texts) => {
          const { items } = record(texts)
          expect(check(items)).toMatchObject({
            intact: true,
            entries: texts.length,
            head: items.at(-1)!.hash,
          })
        },
      ),
    )
  })

  it('names the first entry that was changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.nat(), (length, pick) => {
        const { items } = record(Array.from({ length }, (_, i) => `第${i}句`))
        const at = pick % length
        const changed = items.map((e, i) => (i === at ? { ...e, body: { text: '别的' } } : e))
        expect(check(changed)).toMatchObject({ intact: false, seq: at + 1 })
      }),
    )
  })

  it.each([
    ['removed', (items: Items) => items.filter((_, i) => i !== 2), 3],
    ['re-ordered', (items: Items) => [items[0], items[2], items[1], items[3]], 2],
    ['inserted', (items: Items) => [items[0], items[1], items[1], items[2]], 3],
    [
      'given another author',
      (items: Items) => items.map((e, i) => (i === 1 ? { ...e, by: { ...e.by, id: 'x' } } : e)),
      2,
    ],
    [
      'given another time',
      (items: Items) =>
        items.map((e, i) => (i === 3 ? { ...e, at: '2027-01-01T00:00:00.000Z' } : e)),
      4,
    ],
    [
      'stripped of its body',
      (items: Items) =>
        items.map(({ body, salt, ...e }, i) =>
          i === 1 ? { ...e, content: contentOf({ ...e, body, salt }) } : { ...e, body, salt },
        ),
      2,
    ],
  ])('names an entry that was %s', (_, tamper, seq) => {
    const { items } = record(['一', '二', '三', '四'])
    expect(check(tamper(items) as object[])).toMatchObject({ intact: false, seq })
  })

  it('follows the chain through sealed entries', () => {
    const entries = link(head, notes('一', '二', '三'), NOW, salt)
    const items = entries.map(({ thread, seq, at, content, prev, hash }) => ({
      thread,
      seq,
      at,
      kind: 'sealed',
      content,
      prev,
      hash,
    }))
    expect(check(items)).toMatchObject({ intact: true })
    expect(
      check(items.map((e, i) => (i === 1 ? { ...e, content: 'f'.repeat(64) } : e))),
    ).toMatchObject({ intact: false, seq: 2 })
  })
})
