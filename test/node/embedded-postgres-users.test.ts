import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { locateBinaries, readableCopy } from '../../src/node/embedded-postgres/binaries.ts'
import {
  aFolder,
  aProcessOn,
  ask,
  cleanUp,
  isRoot,
  KEPT,
  keep,
  NOBODY,
  opened,
  postmastersOf,
} from '../support/embedded.ts'

vi.setConfig({ testTimeout: 60_000 })
afterEach(cleanUp)

describe.runIf(isRoot)('started by root', () => {
  const WITHOUT_NAMESPACES = { PATH: '/nowhere' } // where `unshare` is not found

  it('keeps its database in a folder that nobody else may enter', async () => {
    const folder = aFolder()
    await using server = await opened(join(folder, 'data'))
    expect(await ask(server.url, 'select 1 as one')).toEqual({ one: 1 })
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'data/postgres'))).toMatchObject({ uid: 0 })
  })

  it('runs it as nobody where user namespaces are forbidden, and still privately', async () => {
    const folder = aFolder()
    chmodSync(folder, 0o755)
    const data = join(folder, 'data')
    const holder = aProcessOn(data, WITHOUT_NAMESPACES)
    const { url } = await holder.report
    await keep(url, 'as nobody')
    const [pid] = postmastersOf(data)
    expect(statSync(`/proc/${pid}`).uid).toBe(NOBODY)
    const { uid, mode } = statSync(join(data, 'postgres'))
    expect([uid, mode & 0o777]).toEqual([NOBODY, 0o700])
    expect(statSync(data).mode & 0o006).toBe(0)
    await holder.letGo()
    expect(postmastersOf(data)).toEqual([])

    await using again = await opened(data) // with namespaces, and root's once more
    expect(await ask(again.url, KEPT)).toEqual({ text: 'as nobody' })
  })

  it('says what to do where nobody may not enter the folder', async () => {
    const report = await aProcessOn(join(aFolder(), 'data'), WITHOUT_NAMESPACES).report
    expect(report.trouble).toBe('unreachable')
    expect(report.message).toMatch(/nobody cannot enter .*DATA_DIR.*DATABASE_URL/)
  })

  it('copies the programs to where nobody can read them, and trusts no other copy', async () => {
    const folder = aFolder()
    chmodSync(folder, 0o755)
    const copy = await readableCopy(locateBinaries(), folder)
    const version = () =>
      execFileSync(join(copy.folder, 'bin/postgres'), ['--version'], { uid: NOBODY, cwd: '/' })
    expect(String(version())).toContain('PostgreSQL')
    const made = statSync(copy.folder).ino
    expect(statSync((await readableCopy(locateBinaries(), folder)).folder).ino).toBe(made)
    chownSync(copy.folder, NOBODY, NOBODY)
    await expect(readableCopy(locateBinaries(), folder)).rejects.toMatchObject({
      trouble: 'no-binaries',
    })
  })
})

describe('started by an ordinary user', () => {
  it.runIf(isRoot)('runs PostgreSQL as that user', async () => {
    const folder = aFolder(NOBODY)
    const holder = aProcessOn(folder, { uid: NOBODY })
    const { url, adopted } = await holder.report
    expect(adopted).toBe(false)
    await keep(url, 'mine')
    expect(postmastersOf(folder).map((pid) => statSync(`/proc/${pid}`).uid)).toEqual([NOBODY])
    await holder.kill('SIGKILL')
    const heir = aProcessOn(folder, { uid: NOBODY })
    expect(await heir.report).toMatchObject({ url, adopted: true })
    await heir.letGo()
    expect(postmastersOf(folder)).toEqual([])
  })
})
