import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { writePidFile } from '../../src/node/pid-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'shouwen-faults-'))
const path = join(folder, 'shouwen.pid')
const mine = `${process.pid}\n`
/** Some process that runs on. */
let other: ChildProcess

beforeAll(async () => {
  other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'])
  await once(other, 'spawn')
})
beforeEach(() => rmSync(path, { force: true }))
afterAll(() => {
  other.kill()
  rmSync(folder, { recursive: true })
})

const written = () => readFileSync(path, 'utf8')

describe('shouwen.pid', () => {
  it('names this process, and goes with it', async () => {
    const file = await writePidFile(folder)
    expect(written()).toBe(mine)
    await file[Symbol.asyncDispose]()
    expect(existsSync(path)).toBe(false)
  })

  it('stays with the first of two servers on one folder, also when the second ends', async () => {
    writeFileSync(path, `${other.pid}\n`)
    const file = await writePidFile(folder)
    expect(written()).toBe(`${other.pid}\n`)
    await file[Symbol.asyncDispose]()
    expect(written()).toBe(`${other.pid}\n`)
  })

  it.each([
    ['a process that is gone', '2147483646\n'],
    ['nothing', ''],
    ['something else', 'no pid\n'],
    ['a negative number', '-1\n'],
  ])('is replaced where it names %s', async (_, text) => {
    writeFileSync(path, text)
    await using _file = await writePidFile(folder)
    expect(written()).toBe(mine)
  })

  it.runIf(existsSync('/proc/uptime'))(
    'is replaced where its number was given to another process since',
    async () => {
      writeFileSync(path, `${other.pid}\n`)
      const lastYear = Date.now() / 1000 - 365 * 86_400
      utimesSync(path, lastYear, lastYear)
      await using _file = await writePidFile(folder)
      expect(written()).toBe(mine)
    },
  )
})
