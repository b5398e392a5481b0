import type { Context } from 'hono'
import type { z } from 'zod'
import { LIMITS } from '../protocol/frames.ts'
import { refuse } from '../protocol/refusals.ts'
import { Refused } from './problem.ts'
import type { AppEnv } from './services.ts'

/** A body's bytes, read no further than `max`. @throws Refused `too-large` */
export async function bytesOf(request: Request, max: number): Promise<Uint8Array> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > max) throw new Refused(refuse('too-large'))
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.byteLength
    if (size > max) {
      await reader.cancel()
      throw new Refused(refuse('too-large'))
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  return bytes
}

/** A JSON object, at most as large as a frame. @throws Refused */
export async function jsonOf(c: Context<AppEnv>): Promise<Record<string, unknown>> {
  const type = c.req.header('content-type') ?? ''
  // nothing is inflated here, so nobody can send little that becomes much
  const encoding = c.req.header('content-encoding') ?? 'identity'
  if (encoding !== 'identity') throw new Refused(refuse('unsupported-type'))
  if (!/^application\/json\b/i.test(type)) throw new Refused(refuse('unsupported-type'))
  const bytes = await bytesOf(c.req.raw, LIMITS.frame)
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>
    }
  } catch {
    // falls through to the one refusal for whatever is no JSON object
  }
  throw new Refused(refuse('bad-request', { detail: 'body' }))
}

/** A body of this shape. @throws Refused */
export async function parsedBody<S extends z.ZodType>(
  c: Context<AppEnv>,
  schema: S,
): Promise<z.infer<S>> {
  const parsed = schema.safeParse(await jsonOf(c))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refused(
    refuse('bad-request', { detail: issue?.path.join('.') || issue?.message || '' }),
  )
}
