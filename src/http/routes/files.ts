import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { isStaff } from '../../protocol/caller.ts'
import { LIMITS } from '../../protocol/frames.ts'
import { fileSchema } from '../../protocol/http.ts'
import { opaqueId } from '../../protocol/ids.ts'
import { isRefusal, refuse } from '../../protocol/refusals.ts'
import { bytesOf } from '../body.ts'
import { signedIn } from '../guard.ts'
import { Refused } from '../problem.ts'
import { badQuery } from '../query.ts'
import type { AppEnv, HttpServices } from '../services.ts'
import { json, refusals, SIGNED_IN } from './describe.ts'

/** What a multipart envelope may add to the file itself. */
const ENVELOPE = 64 * 1024

const upload = createRoute({
  method: 'post',
  path: '/api/files',
  summary: 'Upload one file, to be used in a message within 24 hours',
  description:
    'PDF, PNG, JPEG, WebP, HEIC, DOCX, XLSX or ZIP, by content and not by name; at most 20 MiB.',
  tags: ['files'],
  security: SIGNED_IN,
  request: {
    body: {
      required: true,
      content: {
        'multipart/form-data': {
          schema: z.object({ file: z.any().openapi({ type: 'string', format: 'binary' }) }),
        },
      },
    },
  },
  responses: {
    201: json(fileSchema, 'stored'),
    ...refusals('not-signed-in', 'not-allowed', 'too-large', 'unsupported-type'),
  },
})
const download = createRoute({
  method: 'get',
  path: '/api/files/{id}',
  summary: 'A file, always as an attachment',
  description: 'Its uploader until a message uses it, then everybody who sees the thread.',
  tags: ['files'],
  security: SIGNED_IN,
  request: { params: z.object({ id: opaqueId }) },
  responses: {
    200: { description: 'the bytes', content: { 'application/octet-stream': { schema: z.any() } } },
    ...refusals('not-signed-in', 'not-found'),
  },
})

export function fileRoutes(http: HttpServices) {
  const app = new OpenAPIHono<AppEnv>({ defaultHook: badQuery })
  app.openAPIRegistry.registerPath(upload)
  app.openAPIRegistry.registerPath(download)
  return app
    .post('/api/files', async (c) => {
      const caller = signedIn(c)
      if (isStaff(caller) && caller.role !== 'officer') throw new Refused(refuse('not-allowed'))
      const file = await fileIn(c.req.raw)
      const saved = await http.files.save(caller, file)
      if (isRefusal(saved)) throw new Refused(saved)
      return c.json(saved, 201)
    })
    .get('/api/files/:id', async (c) => {
      const caller = signedIn(c)
      const file = await http.files.open(caller, c.req.param('id'))
      if (!file) throw new Refused(refuse('not-found'))
      await http.services.audit.looked(caller, 'file-read', { file: file.id })
      const name = encodeURIComponent(file.name).replace(
        /['()*]/g,
        (ch) => `%${ch.charCodeAt(0).toString(16)}`,
      )
      return c.body(file.bytes as Uint8Array<ArrayBuffer>, 200, {
        'content-type': file.type,
        'content-length': String(file.size),
        'content-disposition': `attachment; filename*=UTF-8''${name}`,
        'content-security-policy': "default-src 'none'; sandbox",
      })
    })
}

async function fileIn(request: Request): Promise<{ name: string; bytes: Uint8Array }> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^multipart\/form-data\b/i.test(type)) throw new Refused(refuse('unsupported-type'))
  const body = await bytesOf(request, LIMITS.fileSize + ENVELOPE)
  let form: FormData
  try {
    form = await new Response(body as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': type },
    }).formData()
  } catch {
    throw new Refused(refuse('bad-request', { detail: 'multipart' }))
  }
  const files = [...form.values()].filter((value): value is File => typeof value !== 'string')
  const [file] = files
  if (!file || files.length > 1) throw new Refused(refuse('bad-request', { detail: 'file' }))
  if (file.size > LIMITS.fileSize) throw new Refused(refuse('too-large'))
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
}
