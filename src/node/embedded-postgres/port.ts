import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'

const HOST = '127.0.0.1'

/** The port of the last start while it is free, so that open tools find the server again. */
export async function rememberedPort(file: string): Promise<number> {
  const port = existsSync(file) ? Number(await readFile(file, 'utf8')) : 0
  const usable = Number.isInteger(port) && port > 1023 && port < 65_536
  return usable && (await canListen(port)) !== undefined ? port : freePort()
}

export async function rememberPort(file: string, port: number): Promise<void> {
  const known = await readFile(file, 'utf8').catch(() => '')
  if (known !== String(port)) await writeFile(file, String(port), { mode: 0o600 })
}

export async function freePort(): Promise<number> {
  const port = await canListen(0)
  if (port === undefined) throw new Error(`nothing can listen on ${HOST}`)
  return port
}

async function canListen(port: number): Promise<number | undefined> {
  const server = createServer()
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined))
    server.listen({ host: HOST, port, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}
