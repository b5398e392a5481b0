import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import {
  aFolder,
  aProcessOn,
  ask,
  aUsedFolder,
  cleanUp,
  isRoot,
  NOBODY,
  opened,
  removeUsedFolder,
} from '../support/embedded.ts'

vi.setConfig({ testTimeout: 60_000 })
afterEach(cleanUp)
afterAll(removeUsedFolder)

describe('what it refuses, by name', () => {
  const refused = (folder: string, trouble: string, message: RegExp) =>
    expect(opened(folder)).rejects.toMatchObject({
      name: 'EmbeddedPostgresError',
      trouble,
      message: expect.stringMatching(message),
    })

  it('a database of another major version', async () => {
    const folder = aFolder()
    mkdirSync(join(folder, 'postgres'))
    await writeFile(join(folder, 'postgres/PG_VERSION'), '15\n')
    await refused(folder, 'other-version', /PostgreSQL 15, ours is 18.*DATABASE_URL/)
  })

  it('a folder with something else in it', async () => {
    const folder = aFolder()
    mkdirSync(join(folder, 'postgres'))
    await writeFile(join(folder, 'postgres/thesis.doc'), 'years of work')
    await refused(folder, 'not-a-cluster', /move it away/)
  })

  it('a database whose password is lost', async () => {
    const folder = await aUsedFolder()
    rmSync(join(folder, 'postgres.password'))
    await refused(folder, 'password-lost', /postgres\.password is missing/)
  })

  it('a database that has been moved away under a running server', async () => {
    const folder = await aUsedFolder()
    await using server = await opened(folder)
    const moved = join(aFolder(), 'data')
    renameSync(folder, moved)
    await refused(moved, 'used-elsewhere', /another path/)
    renameSync(moved, folder)
    expect(await ask(server.url, 'select 1 as one')).toEqual({ one: 1 })
  })

  it.runIf(isRoot)('a database that runs in another container', async () => {
    const folder = await aUsedFolder()
    const through = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc']
    const holder = aProcessOn(folder, { through })
    const { url } = await holder.report
    await refused(folder, 'used-elsewhere', /another container/)
    expect(await ask(url, 'select 1 as one')).toEqual({ one: 1 })
    await holder.letGo()
    await using server = await opened(folder)
    expect(server.adopted).toBe(false)
  })

  it('a DATA_DIR that is a file', async () => {
    const file = join(aFolder(), 'data')
    await writeFile(file, '')
    await refused(file, 'not-writable', /DATA_DIR/)
  })

  it.runIf(isRoot)('a DATA_DIR of somebody else', async () => {
    const folder = aFolder()
    chmodSync(folder, 0o755)
    const { trouble, message } = await aProcessOn(join(folder, 'data'), { uid: NOBODY }).report
    expect({ trouble, message }).toMatchObject({
      trouble: 'not-writable',
      message: expect.stringContaining('DATA_DIR'),
    })
  })

  it.runIf(isRoot)('a full disk', async () => {
    const folder = aFolder()
    const through = [
      'unshare',
      '--mount',
      'sh',
      '-c',
      `mount -t tmpfs -o size=16m tmpfs ${folder} && exec "$@"`,
      'sh',
    ]
    expect(await aProcessOn(folder, { through }).report).toMatchObject({ trouble: 'disk-full' })
  })
})
