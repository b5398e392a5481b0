import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUDGET, weigh } from '../../src/web/budget.ts'
import { build, sourceHash } from '../../src/web/build.ts'

const WEB = join(import.meta.dirname, '../../src/web')
const sources = ['shared', 'widget', 'demo'].flatMap((folder) =>
  readdirSync(join(WEB, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({
      file: join(folder, file),
      text: readFileSync(join(WEB, folder, file), 'utf8'),
    })),
)
const filesWith = (pattern: RegExp, of = sources) =>
  of.filter(({ text }) => pattern.test(text)).map(({ file }) => file)

describe('the widget’s sources', () => {
  it('turn no text into markup or code', () => {
    const forbidden =
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|javascript:/
    expect(filesWith(forbidden)).toEqual([])
  })

  it('set no inline style that a strict policy would refuse', () => {
    expect(filesWith(/setAttribute\(['"]style|\sstyle="|cssText/)).toEqual([])
  })

  it('scroll and style only what is theirs', () => {
    const host = /scrollIntoView|document\.(?:body|documentElement)\.(?:style|class)|window\.scroll/
    const inWidget = sources.filter(({ file }) => !file.startsWith('demo'))
    expect(filesWith(host, inWidget.map(withoutComments))).toEqual([])
  })

  it('ask nothing of a browser that phones of 2021 lack', () => {
    const young =
      /\.findLast|\.at\(-?\d|Object\.hasOwn|structuredClone|AbortSignal\.(?:timeout|any)|withResolvers|\.to(?:Sorted|Reversed|Spliced)|\(\?<[=!]/
    expect(filesWith(young, sources.map(withoutComments))).toEqual([])
  })

  it('bring no schema library along', () => {
    const runtime =
      /^import (?!type)[^\n]*(?:\n {2}[^\n]*)*?from '(?:\.\.\/)+protocol\/(?!vocabulary)/m
    expect(filesWith(runtime)).toEqual([])
  })
})

describe('the built widget', () => {
  let out: string
  const chunk = (name: string) =>
    join('assets/widget', readdirSync(join(out, 'assets/widget')).find((f) => f.startsWith(name))!)

  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'shouwen-widget-'))
    await build({ widgetTo: out })
  })
  afterAll(() => rm(out, { recursive: true, force: true }))

  it('keeps to its budget: a loader of 3 KB, a chat of 22 KB, and what comes after it', async () => {
    const weights = await weigh(out)
    for (const [part, bytes] of Object.entries(weights)) {
      expect(bytes, part).toBeGreaterThan(0)
      expect(bytes, part).toBeLessThanOrEqual(BUDGET[part as keyof typeof BUDGET])
    }
  })

  it('loads the chat from beside the loader, by a name that changes with its content', () => {
    const loader = readFileSync(join(out, 'widget.js'), 'utf8')
    expect(loader).toContain(`/${chunk('chat').replaceAll('\\', '/')}`)
    expect(chunk('chat')).toMatch(/chat-[\w-]{8}\.js$/)
  })

  it('defines nothing on the host page but Shouwen', () => {
    const loader = readFileSync(join(out, 'widget.js'), 'utf8')
    expect(loader).toMatch(/^\(?\(?function\(|^\(\(\)=>/)
  })
})

describe('the sources’ hash', () => {
  it('is the same for the same sources', async () => {
    expect(await sourceHash()).toBe(await sourceHash())
  })
})

function withoutComments({ file, text }: { file: string; text: string }) {
  return { file, text: text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '') }
}
