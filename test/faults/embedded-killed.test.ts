import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { postmastersOf } from '../support/embedded.ts'
import { aDataFolder, aProcess, endProcesses, until } from '../support/process.ts'
import { visitorToken } from '../support/traffic.ts'

afterAll(endProcesses)

describe('kill -9 of the embedded PostgreSQL while the server runs', () => {
  it('answers nothing but unavailable until the server has mended it, and loses nothing, time and again', async () => {
    const dataDir = aDataFolder()
    const server = await aProcess({ dataDir })
    const token = await visitorToken(1)
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const ask = async (id: string) => {
      const body = JSON.stringify({ type: 'ask', id, text: '我们公司上中水回用系统有政策补贴吗？' })
      const answer = await fetch(`${server.url}/api/commands`, { method: 'POST', headers, body })
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    }
    const first = crypto.randomUUID()
    const { body: ack } = await ask(first)
    for (let round = 1; round <= 2; round++) {
      const [pid] = postmastersOf(dataDir)
      for (const one of [pid!, ...childrenOf(pid!)]) process.kill(one, 'SIGKILL')
      const id = crypto.randomUUID()
      const again = await until('it is mended', async () => {
        const { status, body } = await ask(id)
        if (status !== 200) expect(body).toMatchObject({ status: 503, code: 'unavailable' })
        return status === 200 ? body : undefined
      })
      expect(again).toMatchObject({ id, seq: 1 })
      expect(postmastersOf(dataDir)).not.toContain(pid)
      expect((await ask(first)).body).toEqual(ack)
    }
    expect(server.isAlive).toBe(true)
    server.kill('SIGTERM')
    expect(await server.ended).toEqual({ code: 0, signal: null })
    expect(postmastersOf(dataDir)).toEqual([])
  }, 90_000)
})

const childrenOf = (pid: number) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
