import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import {
  aFolder,
  aProcessOn,
  ask,
  aUsedFolder,
  cleanUp,
  KEPT,
  keep,
  opened,
  postmastersOf,
  removeUsedFolder,
} from '../support/embedded.ts'

vi.setConfig({ testTimeout: 60_000 })
afterEach(cleanUp)
afterAll(removeUsedFolder)

describe('after a fault', () => {
  it('adopts the server of a process killed with -9, and ends it', async () => {
    const folder = await aUsedFolder()
    const killed = aProcessOn(folder)
    const { url } = await killed.report
    await keep(url, 'before')
    const [pid] = postmastersOf(folder)
    await killed.kill('SIGKILL')
    const server = await opened(folder)
    expect(server).toMatchObject({ adopted: true, url })
    expect(postmastersOf(folder)).toEqual([pid])
    expect(await ask(server.url, KEPT)).toEqual({ text: 'before' })
    await server.stop()
    expect(postmastersOf(folder)).toEqual([])
  })

  it('keeps the database when Ctrl-C ends every process of the terminal', async () => {
    const folder = await aUsedFolder()
    const interrupted = aProcessOn(folder)
    const { url } = await interrupted.report
    await interrupted.kill('SIGINT')
    expect(await ask(url, 'select 1 as one')).toEqual({ one: 1 })
  })

  it('recovers when PostgreSQL itself was killed', async () => {
    const folder = await aUsedFolder()
    const broken = await opened(folder)
    await keep(broken.url, 'committed')
    for (const pid of postmastersOf(folder)) process.kill(pid, 'SIGKILL')
    // whoever is first brings it back: the process that had it, or this one
    await using server = await opened(folder)
    expect(await ask(server.url, KEPT)).toEqual({ text: 'committed' })
    await broken.stop()
    expect(await ask(server.url, KEPT)).toEqual({ text: 'committed' })
  })

  it('makes the database again when it was killed half way', async () => {
    const folder = aFolder()
    const killed = aProcessOn(folder)
    const halfMade = () => readdirSync(folder).filter((name) => name.startsWith('postgres.init-'))
    await vi.waitUntil(
      () => halfMade().some((name) => existsSync(join(folder, name, 'cluster/base'))),
      {
        timeout: 20_000,
        interval: 5,
      },
    )
    await killed.kill('SIGKILL')
    expect(halfMade()).toHaveLength(1)
    expect(existsSync(join(folder, 'postgres'))).toBe(false)
    await using server = await opened(folder)
    expect(await ask(server.url, 'select 1 as one')).toEqual({ one: 1 })
    expect(halfMade()).toEqual([])
  })

  it('ignores a pid file whose pid is somebody else by now, and leaves that one alone', async () => {
    const folder = await aUsedFolder()
    const first = await opened(folder)
    const pidFile = join(folder, 'postgres/postmaster.pid')
    const lines = readFileSync(pidFile, 'utf8').split('\n')
    await first.stop()
    const bystander = spawn('sleep', ['60'])
    await writeFile(pidFile, [bystander.pid, ...lines.slice(1)].join('\n'))
    const server = await opened(folder)
    expect(server.adopted).toBe(false)
    await server.stop()
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull()
    bystander.kill()
  })
})
