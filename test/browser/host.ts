import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Rules that no widget should feel: they would win over anything that is not shielded. */
const HOSTILE = `* { all: revert !important; font: 40px fantasy !important; color: lime !important;
  background: black !important; display: inline !important }
  body { height: 3000px } body * { transform: rotate(3deg) !important }
  button { visibility: hidden !important } div, section { position: static !important }`

export interface Host extends AsyncDisposable {
  origin: string
  /** Where the channel is, and how a token is had; known after the host's own address. */
  serve(channel: string, token: () => Promise<string>): void
}

/** A host platform on an origin of its own: hostile styles and the strictest policy that works. */
export async function aHost(): Promise<Host> {
  let channel = ''
  let token = async () => ''
  const server = createServer((request, response) => {
    if (request.url === '/my/token') {
      void token().then((given) => response.end(given))
      return undefined
    }
    if (request.url === '/host.css') {
      return response.setHeader('content-type', 'text/css').end(HOSTILE)
    }
    if (request.url !== '/') return response.writeHead(204).end()
    const socket = channel.replace(/^http/, 'ws')
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.setHeader(
      'content-security-policy',
      `default-src 'none'; script-src ${channel}; connect-src 'self' ${channel} ${socket}; ` +
        "style-src 'self'; require-trusted-types-for 'script'",
    )
    response.end(`<!doctype html><html lang="zh-CN"><title>平台</title>
      <link rel="stylesheet" href="/host.css"><body><h1>平台</h1>
      <script src="${channel}/widget.js" data-token-url="/my/token" data-topic="排污许可"
        data-theme="light" data-position="left" defer></script></body></html>`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve(at, give) {
      channel = at
      token = give
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
