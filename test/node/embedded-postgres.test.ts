import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import {
  aFolder,
  aProcessOn,
  ask,
  aUsedFolder,
  cleanUp,
  commandLines,
  KEPT,
  keep,
  opened,
  postmastersOf,
  removeUsedFolder,
} from '../support/embedded.ts'

vi.setConfig({ testTimeout: 60_000 })
afterEach(cleanUp)
afterAll(removeUsedFolder)

const ENDED = { code: 'ECONNREFUSED' }

describe('one process', () => {
  it('stores durably, in UTF-8 and UTC, on the loopback only', async () => {
    await using server = await opened(aFolder())
    expect(server.adopted).toBe(false)
    expect(
      await ask(
        server.url,
        `
      select current_setting('fsync') as fsync, current_setting('timezone') as timezone,
        current_setting('full_page_writes') as pages, current_setting('listen_addresses') as listens,
        current_setting('unix_socket_directories') as sockets,
        current_setting('server_encoding') as encoding, current_database() as database,
        '中' < '文' and upper('é') = 'É' as sorts`,
      ),
    ).toEqual({
      fsync: 'on',
      timezone: 'UTC',
      pages: 'on',
      listens: '127.0.0.1',
      sockets: '',
      encoding: 'UTF8',
      database: 'shouwen',
      sorts: true,
    })
  })

  it('gives a role that may make tables and extensions, and no files', async () => {
    await using server = await opened(await aUsedFolder())
    await ask(server.url, 'create extension pg_trgm')
    expect(
      await ask(server.url, 'select rolsuper from pg_roles where rolname = current_user'),
    ).toEqual({ rolsuper: false })
    await expect(ask(server.url, `select pg_read_file('PG_VERSION')`)).rejects.toMatchObject({
      code: '42501',
    })
  })

  it('finds its data on the same port at the second start, in a fraction of the time', async () => {
    const folder = await aUsedFolder()
    const first = await opened(folder)
    await keep(first.url, '首问')
    await first.stop()
    await expect(ask(first.url, KEPT)).rejects.toMatchObject(ENDED)
    const before = performance.now()
    await using second = await opened(folder)
    expect(performance.now() - before).toBeLessThan(1_500) // 0.1 s when nothing else runs
    expect(second.url).toBe(first.url)
    expect(await ask(second.url, KEPT)).toEqual({ text: '首问' })
  })

  it('takes another port when somebody listens on its own', async () => {
    const folder = await aUsedFolder()
    const first = await opened(folder)
    await first.stop()
    const squatter = createServer().listen(Number(new URL(first.url).port), '127.0.0.1')
    await once(squatter, 'listening')
    await using second = await opened(folder)
    squatter.close()
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port)
    expect(await ask(second.url, 'select 1 as one')).toEqual({ one: 1 })
  })

  it('may be stopped twice', async () => {
    const folder = await aUsedFolder()
    const server = await opened(folder)
    await Promise.all([server.stop(), server.stop()])
    expect(postmastersOf(folder)).toEqual([])
  })

  it('keeps the password in a private file, out of the process table and the log', async () => {
    const folder = aFolder()
    const holder = aProcessOn(folder)
    const seen: string[] = []
    const watch = setInterval(() => seen.push(...commandLines().map(({ line }) => line)), 20)
    const { url } = await holder.report
    clearInterval(watch)
    const secrets = [readFileSync(join(folder, 'postgres.password'), 'utf8'), new URL(url).password]
    expect(seen.some((line) => line.includes('initdb'))).toBe(true)
    for (const text of [...seen, readFileSync(join(folder, 'postgres.log'), 'utf8')]) {
      for (const secret of secrets) expect(text).not.toContain(secret)
    }
    for (const name of readdirSync(folder)) {
      expect([name, statSync(join(folder, name)).mode & 0o077]).toEqual([name, 0])
    }
    await holder.letGo()
  })
})

describe('several processes', () => {
  it('share one server when they start at the same moment, and the last one ends it', async () => {
    const folder = aFolder()
    const holders = [aProcessOn(folder), aProcessOn(folder), aProcessOn(folder)]
    const reports = await Promise.all(holders.map(({ report }) => report))
    expect(reports.map(({ adopted }) => adopted).toSorted()).toEqual([false, true, true])
    expect(new Set(reports.map(({ url }) => url)).size).toBe(1)
    expect(postmastersOf(folder)).toHaveLength(1)

    const [starter, ...others] = holders.toSorted((a) =>
      a === holders[reports.findIndex(({ adopted }) => !adopted)] ? -1 : 1,
    )
    const url = reports[0]?.url ?? ''
    await starter?.letGo()
    expect(await ask(url, 'select 1 as one')).toEqual({ one: 1 })
    await Promise.all(others.map((holder) => holder.letGo()))
    expect(postmastersOf(folder)).toEqual([])
  })

  it('counts a killed process as gone', async () => {
    const folder = await aUsedFolder()
    const killed = aProcessOn(folder)
    await killed.report
    const server = await opened(folder)
    await killed.kill('SIGKILL')
    await server.stop()
    expect(postmastersOf(folder)).toEqual([])
  })
})
