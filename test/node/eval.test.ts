import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const EVAL = join(import.meta.dirname, '../../src/node/eval.ts')

const ask = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    execFile(process.execPath, [EVAL, ...args], (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), out, err }),
    )
  })

let folder: string
const file = (name: string) => join(folder, name)
const write = (name: string, lines: readonly (object | string)[]) =>
  writeFile(
    file(name),
    lines.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n'),
  )

const WORDS = ['锅炉', '台账', '噪声', '油烟', '土壤', '辐射', '危废', '排口', '验收', '监测']
const entries = WORDS.map((word, i) => ({
  id: `e${i}`,
  question: `${word}怎么办理登记`,
  variants: [`${word}登记要什么材料`],
  answer: `${word}到窗口办。`,
}))
const queries = [
  ...WORDS.flatMap((word, i) => [
    { q: `${word}登记咋弄`, gold: [`e${i}`] },
    { q: `办${word}登记带啥材料`, gold: [`e${i}`] },
  ]),
  { q: '量子计算机怎么选', gold: [], oos: 'far' },
]

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shouwen-eval-'))
  await write('entries.jsonl', entries)
  await write('queries.jsonl', queries)
  await write('fit.jsonl', queries.slice(0, 12))
})
afterAll(() => rm(folder, { recursive: true }))

const collection = (...more: string[]) =>
  ask('--entries', file('entries.jsonl'), '--queries', file('queries.jsonl'), ...more)

describe('npm run eval', () => {
  const KEYS = ['n', 'oos', 'hit1', 'hit3', 'mrr10', 'auroc', 'c90', 'c95', 'ece']
  const COSTS = ['p50ms', 'p99ms', 'buildMs', 'heapMB']

  it('prints one object with exactly these keys for a collection', async () => {
    const { code, out } = await collection('--json')
    expect(code).toBe(0)
    const figures = JSON.parse(out)
    expect(Object.keys(figures)).toEqual([...KEYS, ...COSTS])
    expect(figures).toMatchObject({ n: 21, oos: 1, hit1: 100 })
  })

  it('fits on labelled questions first where they are given', async () => {
    const { code, out } = await collection('--fit', file('fit.jsonl'), '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ n: 21, hit1: 100 })
  })

  it('puts a table beside stock MiniSearch without --json', async () => {
    const { out } = await collection()
    for (const name of ['Shouwen', 'MiniSearch, default', 'MiniSearch, Intl.Segmenter']) {
      expect(out).toContain(name)
    }
  })

  it('prints one object with exactly these keys for the bureau', async () => {
    await write('bureau.jsonl', [
      { q: '台账要放几年', expect: 'faq:permit-ledger' },
      { q: '车间着火了', expect: 'human:emergency' },
    ])
    const { code, out } = await ask('--bureau', file('bureau.jsonl'), '--json')
    expect(code).toBe(0)
    const shares = ['answered', 'precision', 'inScopeAnswered', 'inScopeChosen']
    const others = ['outOfScopeAnswered', 'mustEscalateAnswered', 'escalatedRight', 'repliedRight']
    expect(Object.keys(JSON.parse(out))).toEqual([
      'n',
      'hit1',
      'hit3',
      ...shares,
      ...others,
      'p50ms',
      'p99ms',
    ])
  })

  it.each([
    [
      'what is not JSON',
      ['{"id":"a","question":"b"}', '{oops'],
      /entries-bad\.jsonl:2: is not JSON/,
    ],
    ['a missing field', [{ id: 'a' }], /entries-bad\.jsonl:1: question: /],
    [
      'an id twice',
      [entries[0]!, '', entries[0]!],
      /entries-bad\.jsonl:3: id: e0 is there already/,
    ],
    ['nothing at all', ['', ' '], /entries-bad\.jsonl: holds no rows/],
  ])('refuses %s by file and line, without a stack', async (_, lines, said) => {
    await write('entries-bad.jsonl', lines)
    const { code, out, err } = await ask(
      '--entries',
      file('entries-bad.jsonl'),
      '--queries',
      file('queries.jsonl'),
    )
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toMatch(said)
    expect(err).not.toContain('    at ')
  })

  it('refuses a gold entry that is not there, an unknown expectation and a missing file', async () => {
    await write('queries-bad.jsonl', [queries[0]!, { q: '问', gold: ['nobody'] }])
    const bad = await ask(
      '--entries',
      file('entries.jsonl'),
      '--queries',
      file('queries-bad.jsonl'),
    )
    expect(bad.err).toMatch(/queries-bad\.jsonl:2: gold: no entry nobody/)
    await write('bureau-bad.jsonl', [{ q: '问', expect: 'maybe' }])
    expect((await ask('--bureau', file('bureau-bad.jsonl'))).err).toMatch(
      /bureau-bad\.jsonl:1: expect: is not faq/,
    )
    expect((await ask('--bureau', file('nowhere'))).err).toMatch(
      /nowhere: cannot be read \(ENOENT\)/,
    )
  })

  it.each([[], ['--entries', 'a'], ['--what'], ['--bureau', 'a', '--fit', 'b']])(
    'says how it is used after “%s”',
    async (...args) => {
      expect(await ask(...args)).toMatchObject({ code: 2, out: '' })
    },
  )
})
