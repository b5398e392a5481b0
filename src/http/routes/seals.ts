import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { proofSchema, sealSchema } from '../../protocol/http.ts'
import { opaqueId } from '../../protocol/ids.ts'
import { refuse } from '../../protocol/refusals.ts'
import { loadThread } from '../../record/record-store.ts'
import { listSeals, loadProof, sealKeys } from '../../record/seal-store.ts'
import { sightOf } from '../../record/sight.ts'
import { signedIn, staffOnly } from '../guard.ts'
import { Refused } from '../problem.ts'
import { badQuery } from '../query.ts'
import type { AppEnv, HttpServices } from '../services.ts'
import { ANYONE, BY_COOKIE, json, refusals, SIGNED_IN } from './describe.ts'

// PostgreSQL knows no year 0
const day = z.iso
  .date()
  .regex(/^(?!0000)/)
  .openapi({ example: '2026-11-23' })
const tags = ['seals']

const list = createRoute({
  method: 'get',
  path: '/api/seals',
  summary: 'The daily seals, oldest first',
  description:
    'Each covers the head of every thread that changed since the one before. Days are those of ' +
    'Asia/Shanghai; days without a change have none. A day is sealed a few minutes after its end.',
  tags,
  security: [BY_COOKIE],
  request: { query: z.object({ from: day.optional(), to: day.optional() }) },
  responses: {
    200: json(z.array(sealSchema), 'the seals'),
    ...refusals('not-signed-in', 'not-allowed'),
  },
})
const key = createRoute({
  method: 'get',
  path: '/api/seals/key',
  summary: 'Public key of the seals',
  description:
    'Ed25519, SPKI in PEM. The first block is the key in use; after a rotation those of earlier ' +
    'seals follow, the latest first. Keep a copy elsewhere: it is what `verify --key` takes.',
  tags,
  security: ANYONE,
  responses: {
    200: {
      description: 'one or more PEM blocks',
      content: { 'application/x-pem-file': { schema: z.string() } },
    },
    ...refusals(),
  },
})
const proof = createRoute({
  method: 'get',
  path: '/api/seals/{day}/proof',
  summary: 'Shows that the seal of that day covers a thread',
  description:
    '`path` leads from the leaf (`index`, from 0) to the root as in RFC 6962, section 2.1.1. ' +
    'A day whose seal does not cover the thread is `not-found`.',
  tags,
  security: SIGNED_IN,
  request: { params: z.object({ day }), query: z.object({ thread: opaqueId }) },
  responses: { 200: json(proofSchema, 'the proof'), ...refusals('not-signed-in', 'not-found') },
})

export function sealRoutes(http: HttpServices) {
  const { db } = http.services
  return new OpenAPIHono<AppEnv>({ defaultHook: badQuery })
    .openapi(list, async (c) => {
      staffOnly(c, ['supervisor', 'admin'])
      const { from, to } = c.req.valid('query')
      return c.json(await listSeals(db, { ...(from && { from }), ...(to && { to }) }), 200)
    })
    .openapi(key, async (c) => {
      const keys = new Set([http.sealKey, ...(await sealKeys(db))])
      return c.body([...keys].join(''), 200, { 'content-type': 'application/x-pem-file' })
    })
    .openapi(proof, async (c) => {
      const caller = signedIn(c)
      const { thread: id } = c.req.valid('query')
      const thread = await loadThread(db, id)
      if (!thread || !sightOf(thread, caller)) throw new Refused(refuse('not-found'))
      const found = await loadProof(db, c.req.valid('param').day, id)
      if (!found) throw new Refused(refuse('not-found'))
      return c.json(found, 200)
    })
}
