import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = join(import.meta.dirname, '../src')
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.tsx?$/.test(file),
)
const sources = files.map((file) => ({ file, text: readFileSync(join(SRC, file), 'utf8') }))

interface Import {
  file: string
  /** A path below src, or a package. */
  to: string
  isType: boolean
}

const IMPORT =
  /^(?:import|export)\s+(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|^import\s+['"]([^'"]+)['"]/gm

const imports: Import[] = sources.flatMap(({ file, text }) =>
  [...text.matchAll(IMPORT)].map((match) => {
    const path = match[2] ?? match[3] ?? match[4] ?? ''
    const to = path.startsWith('.') ? normalize(join(dirname(file), path)) : path
    return { file, to, isType: match[1] !== undefined }
  }),
)

const folderOf = (path: string) => (path.includes('/') ? path.split('/')[0]! : path)
const isOurs = ({ to }: Import) => files.includes(to)
const isStore = (file: string) => /(?:-store|\/append|\/writer|\/thread-cache)\.ts$/.test(file)
const show = (found: Import[]) => found.map(({ file, to }) => `${file} → ${to}`)

/** Which of our folders each may import; itself always. */
const MAY: Record<string, readonly string[]> = {
  protocol: [],
  db: ['protocol'],
  record: ['protocol', 'db'],
  faq: ['protocol', 'db'],
  desk: ['protocol', 'db'],
  clock: ['protocol'],
  files: ['protocol', 'db'],
  identity: ['protocol', 'db'],
  reports: ['protocol', 'db', 'record', 'clock'],
  audit: ['protocol', 'db', 'record'],
  outbox: ['protocol', 'db', 'record', 'clock'],
  actions: [
    'protocol',
    'db',
    'record',
    'audit',
    'outbox',
    'faq',
    'desk',
    'clock',
    'files',
    'identity',
  ],
  live: ['protocol', 'actions', 'record'],
  http: ['protocol', 'db', 'actions', 'record', 'audit', 'reports', 'identity', 'live'],
}

const FEATURES = [
  'record',
  'faq',
  'desk',
  'clock',
  'files',
  'identity',
  'reports',
  'audit',
  'outbox',
]

describe('the import rule', () => {
  it('reads the whole tree', () => {
    expect(files.length).toBeGreaterThan(80)
    expect(imports.filter(isOurs).length).toBeGreaterThan(200)
  })

  it.each(Object.entries(MAY))('lets %s import only %j', (folder, allowed) => {
    const wrong = imports.filter(
      (one) =>
        isOurs(one) &&
        folderOf(one.file) === folder &&
        folderOf(one.to) !== folder &&
        !allowed.includes(folderOf(one.to)),
    )
    expect(show(wrong)).toEqual([])
  })

  it('keeps rule files free of database, transport and runtime', () => {
    const wrong = imports.filter(
      ({ file, to }) =>
        FEATURES.includes(folderOf(file)) &&
        !isStore(file) &&
        /^(drizzle-orm|postgres|hono|ws|@hono|node:|cloudflare:)/.test(to),
    )
    expect(show(wrong)).toEqual([])
  })

  it('lets only a feature’s stores touch the database at run time', () => {
    const wrong = imports.filter(
      (one) =>
        ['record', 'faq', 'desk', 'files', 'reports', 'audit', 'outbox'].includes(
          folderOf(one.file),
        ) &&
        !isStore(one.file) &&
        folderOf(one.to) === 'db' &&
        !one.isType,
    )
    expect(show(wrong)).toEqual([])
  })

  it('keeps Node inside node, and Cloudflare inside workers', () => {
    const wrong = imports.filter(
      ({ file, to }) =>
        (/^(node:|ws$)/.test(to) &&
          !['node', 'web/build.ts', 'web/budget.ts'].some((own) => file.startsWith(own))) ||
        (to.startsWith('cloudflare:') && !file.startsWith('workers/')),
    )
    expect(show(wrong)).toEqual([])
  })

  it('keeps the runtimes, and the web and the server, apart', () => {
    const wrong = imports.filter((one) => {
      if (!isOurs(one)) return false
      const [from, to] = [folderOf(one.file), folderOf(one.to)]
      if (from === 'web') return !(to === 'web' || to === 'protocol' || one.isType)
      // the starter builds the front ends; nothing else on the server knows them
      if (to === 'web') return one.file !== 'node/start.ts'
      return (from === 'node' && to === 'workers') || (from === 'workers' && to === 'node')
    })
    expect(show(wrong)).toEqual([])
  })

  it('asks the wall clock only in the runtimes and in the browser', () => {
    const wrong = sources.filter(
      ({ file, text }) =>
        !/^(node|workers|web)\//.test(file) && /new Date\(\)|Date\.now\(\)/.test(text),
    )
    expect(wrong.map(({ file }) => file)).toEqual([])
  })

  it('writes entries in one place, and there alone takes words away by the one narrow door', () => {
    const writers = sources.filter(({ text }) =>
      /insert into entries\b|insert\(entries\)/i.test(text),
    )
    expect(writers.map(({ file }) => file)).toEqual(['record/append.ts'])
    const changers = sources.filter(({ text }) =>
      /update entries\b|delete from entries\b|(?:update|delete)\(entries\)/i.test(text),
    )
    expect(changers.map(({ file }) => file)).toEqual(['record/append.ts'])
  })

  it('has no file that is named after nothing', () => {
    expect(files.filter((file) => /(?:^|\/)(utils|helpers|common|misc)\.tsx?$/.test(file))).toEqual(
      [],
    )
  })

  it('mocks no module', () => {
    const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts') && file !== 'architecture.test.ts')
      .filter((file) =>
        /vi\.(mock|doMock)\(/.test(readFileSync(join(import.meta.dirname, file), 'utf8')),
      )
    expect(tests.map((file) => relative('.', file))).toEqual([])
  })
})
