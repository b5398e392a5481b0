import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../src/http/app.ts'
import type { HttpServices } from '../../src/http/services.ts'
import { sealThrough } from '../support/seals.ts'
import { aServer, type TestServer } from '../support/server.ts'
import { aThread, http, type Who } from './support.ts'

let server: TestServer
let ids: Record<'thread' | 'closed' | 'file', string>
beforeAll(async () => {
  server = await aServer({ env: { RATE_LIMITS: 'off' } })
  ids = {
    thread: await aThread(server, 'held'),
    closed: await aThread(server, 'closed'),
    file: await uploaded('e0'),
  }
  await sealThrough(server, '2026-11-24')
})
afterAll(() => server[Symbol.asyncDispose]())

const pdf = () => {
  const form = new FormData()
  form.set('file', new Blob(['%PDF-1.7\n1 0 obj\n<<>>\nendobj\n']), '合同.pdf')
  return form
}
const uploaded = async (who: Who) =>
  (await http(server, who, '/api/files', { body: pdf() })).body.id as string

const CALLERS = [null, 'e0', 'e1', 'wang', 'zhao', 'sun', 'qian', 'admin'] as const
type Statuses = readonly number[]
const all = (status: number): Statuses => CALLERS.map(() => status)
const signedIn = (status: number): Statuses => [401, ...CALLERS.slice(1).map(() => status)]

/** Pages are there once the front ends are built; a test run need not have built them. */
const BUILT = all(existsSync('dist') ? 200 : 404)

const LED = [401, 403, 403, 403, 403, 200, 403, 200]
const ADMINISTERED = [401, 403, 403, 403, 403, 403, 403, 400]
const GONE = [401, 403, 403, 403, 403, 403, 403, 404]

interface Route {
  /** What is asked for; the route itself by default. */
  path?: () => string
  body?: () => unknown
  statuses: Statuses
}
/**
 * Every route by method, with the status for nobody, the enterprise, another one, an officer, one
 * of another desk, a supervisor, a curator and an admin. A route that is not here fails the test.
 */
const MATRIX: Record<string, Route> = {
  'GET /healthz': { statuses: all(200) },
  'GET /readyz': { statuses: all(200) },
  'GET /metrics': { statuses: all(200) },
  'GET /openapi.json': { statuses: all(200) },
  'GET /docs': { statuses: all(200) },
  'GET /': { statuses: all(302) },
  'GET /widget.js': { statuses: BUILT },
  'GET /console': { statuses: BUILT },
  'GET /console/*': { path: () => '/console/threads', statuses: BUILT },
  'GET /assets/*': { path: () => '/assets/..%2f..%2fpackage.json', statuses: all(404) },
  'GET /demo': { statuses: BUILT },
  'GET /demo/token': { statuses: all(200) },
  'GET /demo/enterprises': { statuses: all(200) },
  'GET /demo/inbox': { statuses: all(200) },
  'POST /demo/inbox': { body: () => ({}), statuses: all(403) },
  'POST /api/commands': {
    body: () => ({ type: 'claim', id: crypto.randomUUID(), thread: ids.thread }),
    statuses: [401, 403, 404, 409, 404, 403, 404, 403],
  },
  'GET /api/session': { statuses: signedIn(200) },
  'POST /api/session': {
    body: () => ({ username: `nobody-${crypto.randomUUID()}`, password: 'wrong-password' }),
    statuses: all(401),
  },
  // each call signs in anew, so that ending a session ends nobody else's
  'DELETE /api/session': { statuses: all(204) },
  'GET /api/audit': { statuses: [401, 403, 403, 403, 403, 403, 403, 200] },
  'GET /api/audit/export': { statuses: [401, 403, 403, 403, 403, 403, 403, 200] },
  'GET /api/threads': { statuses: signedIn(200) },
  'GET /api/threads/:id': {
    path: () => `/api/threads/${ids.thread}`,
    statuses: [401, 200, 404, 200, 404, 200, 404, 200],
  },
  'GET /api/threads/:id/entries': {
    path: () => `/api/threads/${ids.closed}/entries`,
    statuses: [401, 200, 404, 200, 404, 200, 200, 200],
  },
  'GET /api/threads/:id/record': {
    path: () => `/api/threads/${ids.closed}/record`,
    statuses: [401, 200, 404, 200, 404, 200, 403, 200],
  },
  'GET /api/threads/:id/confirmation': {
    path: () => `/api/threads/${ids.closed}/confirmation`,
    statuses: [401, 200, 404, 200, 404, 200, 403, 200],
  },
  'GET /api/seals': { statuses: [401, 403, 403, 403, 403, 200, 403, 200] },
  'GET /api/seals/key': { statuses: all(200) },
  'GET /api/seals/:day/proof': {
    path: () => `/api/seals/2026-11-24/proof?thread=${ids.closed}`,
    statuses: [401, 200, 404, 200, 404, 200, 200, 200],
  },
  'GET /api/reports': {
    path: () => '/api/reports?from=2026-11-01&to=2026-11-30&by=officer',
    statuses: [401, 403, 403, 403, 403, 200, 403, 200],
  },
  'GET /api/reports/threads': {
    path: () => '/api/reports/threads?from=2026-11-01&to=2026-11-30&figure=response',
    statuses: [401, 403, 403, 403, 403, 200, 403, 200],
  },
  'GET /api/threads/:id/chain': {
    path: () => `/api/threads/${ids.closed}/chain`,
    statuses: [401, 403, 403, 403, 403, 200, 403, 200],
  },
  'GET /api/reports/threads.csv': {
    path: () => '/api/reports/threads.csv?from=2026-11-01&to=2026-11-30',
    statuses: [401, 403, 403, 403, 403, 200, 403, 200],
  },
  'GET /api/reports/threads.xlsx': {
    path: () => '/api/reports/threads.xlsx?from=2026-11-01&to=2026-11-30',
    statuses: [401, 403, 403, 403, 403, 200, 403, 200],
  },
  'GET /api/webhooks': {
    statuses: [401, 403, 403, 403, 403, 403, 403, 200],
  },
  'POST /api/webhooks': {
    body: () => ({ url: 'http://10.0.0.1/' }),
    statuses: [401, 403, 403, 403, 403, 403, 403, 400],
  },
  'GET /api/webhooks/dead': {
    statuses: [401, 403, 403, 403, 403, 403, 403, 200],
  },
  'GET /api/webhooks/deliveries': {
    path: () => '/api/webhooks/deliveries?thread=x',
    statuses: [401, 403, 403, 403, 403, 403, 403, 200],
  },
  'DELETE /api/webhooks/:id': {
    path: () => '/api/webhooks/00000000-0000-4000-8000-000000000000',
    statuses: [401, 403, 403, 403, 403, 403, 403, 404],
  },
  'POST /api/webhooks/:id/pause': {
    path: () => '/api/webhooks/00000000-0000-4000-8000-000000000000/pause',
    statuses: [401, 403, 403, 403, 403, 403, 403, 404],
  },
  'POST /api/webhooks/:id/resume': {
    path: () => '/api/webhooks/00000000-0000-4000-8000-000000000000/resume',
    statuses: [401, 403, 403, 403, 403, 403, 403, 404],
  },
  'POST /api/webhooks/:id/rotate': {
    path: () => '/api/webhooks/00000000-0000-4000-8000-000000000000/rotate',
    statuses: [401, 403, 403, 403, 403, 403, 403, 404],
  },
  'POST /api/webhooks/:id/test': {
    path: () => '/api/webhooks/00000000-0000-4000-8000-000000000000/test',
    statuses: [401, 403, 403, 403, 403, 403, 403, 404],
  },
  'POST /api/webhooks/:id/retry': {
    path: () => '/api/webhooks/00000000-0000-4000-8000-000000000000/retry',
    body: () => ({}),
    statuses: [401, 403, 403, 403, 403, 403, 403, 404],
  },
  'GET /api/desks': { statuses: LED },
  'POST /api/desks': { body: () => ({}), statuses: ADMINISTERED },
  'PATCH /api/desks/:id': { path: () => '/api/desks/none', body: () => ({}), statuses: GONE },
  'GET /api/desks/load': { statuses: LED },
  'GET /api/desks/:id/roster': { path: () => '/api/desks/water/roster', statuses: LED },
  'PUT /api/desks/:id/roster': {
    path: () => '/api/desks/water/roster',
    body: () => ({}),
    statuses: [401, 403, 403, 403, 403, 400, 403, 400],
  },
  'GET /api/desks/:id/leave': { path: () => '/api/desks/water/leave', statuses: LED },
  'POST /api/desks/:id/leave': {
    path: () => '/api/desks/water/leave',
    body: () => ({}),
    statuses: [401, 403, 403, 403, 403, 400, 403, 400],
  },
  'DELETE /api/desks/:id/leave/:leave': {
    path: () => '/api/desks/water/leave/none',
    statuses: [401, 403, 403, 403, 403, 404, 403, 404],
  },
  'GET /api/staff': { statuses: [401, 403, 403, 403, 403, 403, 403, 200] },
  'GET /api/staff/standing': { statuses: LED },
  'PUT /api/staff/standing': { body: () => ({}), statuses: ADMINISTERED },
  'DELETE /api/staff/standing/:uscc': { path: () => '/api/staff/standing/none', statuses: GONE },
  'POST /api/staff/:id/disable': {
    path: () => '/api/staff/none/disable',
    body: () => ({}),
    statuses: GONE,
  },
  'POST /api/staff/:id/enable': {
    path: () => '/api/staff/none/enable',
    body: () => ({}),
    statuses: GONE,
  },
  'GET /api/calendar': { statuses: LED },
  'PUT /api/calendar': { body: () => ({}), statuses: ADMINISTERED },
  'POST /api/calendar/preview': { body: () => ({}), statuses: ADMINISTERED },
  'GET /api/limits': { statuses: LED },
  'PUT /api/limits': { body: () => ({}), statuses: ADMINISTERED },
  'GET /api/faq/search': { path: () => '/api/faq/search?q=x', statuses: all(200) },
  'GET /api/faq/suggest': { path: () => '/api/faq/suggest?q=x', statuses: all(200) },
  'GET /api/directory': { statuses: [401, 403, 403, 200, 200, 200, 200, 200] },
  'POST /api/files': { body: pdf, statuses: [401, 201, 201, 201, 201, 403, 403, 403] },
  'GET /api/files/:id': {
    path: () => `/api/files/${ids.file}`,
    statuses: [401, 200, 404, 404, 404, 404, 404, 404],
  },
}

const routesOf = () => {
  const { services, prepared } = server.running
  const app = createApp({
    services,
    demo: prepared.demo && { enterprises: [] },
  } as unknown as HttpServices)
  const named = app.routes.filter(({ method }) => method !== 'ALL')
  return { app, names: new Set(named.map(({ method, path }) => `${method} ${path}`)) }
}

describe('the routes', () => {
  it('are those of the table, each of them', () => {
    expect([...routesOf().names].sort()).toEqual(Object.keys(MATRIX).sort())
  })

  it('of /api stand in the OpenAPI document, in full', async () => {
    const { body } = await http(server, null, '/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    const wanted = Object.keys(MATRIX).filter((name) => name.includes(' /api/'))
    const written = Object.entries(body.paths).flatMap(([path, item]) =>
      Object.keys(item as object).map(
        (method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
      ),
    )
    expect(written.sort()).toEqual(wanted.sort())
    for (const [path, item] of Object.entries(body.paths as Record<string, object>)) {
      for (const operation of Object.values(item)) {
        expect([path, Object.keys(operation)]).toEqual([
          path,
          expect.arrayContaining(['summary', 'responses', 'security', 'tags']),
        ])
        const codes = Object.keys(operation.responses)
        expect(codes.some((code) => code.startsWith('2'))).toBe(true)
      }
    }
  })

  it.each(Object.keys(MATRIX))('%s', async (name) => {
    const [method = '', route = ''] = name.split(' ')
    const { path = () => route, body, statuses } = MATRIX[name]!
    const seen: number[] = []
    for (const who of CALLERS) {
      const ends = method === 'DELETE' && who !== null && !/^e\d$/.test(who)
      const headers: Record<string, string> = ends ? { cookie: await server.cookie(who) } : {}
      const asked = { method, headers, ...(body ? { body: body() } : {}) }
      const answer = await http(server, ends ? null : who, path(), asked)
      if (answer.status >= 400) {
        expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
        const { type, status, code, message, title } = answer.body
        expect({ type, status }).toEqual({ type: 'about:blank', status: answer.status })
        expect([code, message, title].every((text) => typeof text === 'string')).toBe(true)
      }
      seen.push(answer.status)
    }
    expect(seen).toEqual(statuses)
  })

  it('that do not exist are not-found for everybody, and need no identity', async () => {
    for (const path of ['/nothing', '/api', '/api/', '/api/nothing', '/api/threads/x/y/z', '/ws']) {
      for (const who of [null, 'e0', 'admin'] as const) {
        const { status, body } = await http(server, who, path)
        expect([path, status, body.code]).toEqual([path, 404, 'not-found'])
      }
    }
  })
})

describe('every answer', () => {
  it('of the API is kept by nobody, framed by nobody and sniffed by nobody', async () => {
    for (const path of ['/api/session', '/api/threads', '/api/nothing', '/console', '/demo']) {
      const { headers } = await http(server, 'wang', path)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      if (path.startsWith('/api')) expect(headers.get('cache-control')).toBe('no-store')
    }
  })

  it('to HEAD is the one to GET without its body', async () => {
    for (const [who, path, status] of [
      ['e0', '/api/threads', 200],
      [null, '/api/threads', 401],
      [null, '/healthz', 200],
    ] as const) {
      const answer = await http(server, who, path, { method: 'HEAD', origin: null })
      expect([path, answer.status, answer.text]).toEqual([path, status, ''])
    }
  })

  it('is in the language that was asked for, Chinese where none is known', async () => {
    const message = async (language?: string) =>
      (
        await http(server, null, '/api/session', {
          headers: language === undefined ? {} : { 'accept-language': language },
        })
      ).body.message
    for (const chinese of [undefined, 'zh-CN', 'fr', 'zh-TW,en;q=0.5']) {
      expect(await message(chinese)).toBe('请先登录。')
    }
    for (const english of ['en', 'en-GB,en;q=0.9', 'fr, en;q=0.5']) {
      expect(await message(english)).toBe('Please sign in.')
    }
  })
})
