import { lookup as resolve } from 'node:dns'
import { request as plain, type RequestOptions } from 'node:http'
import { request as secure } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { Post, Posted } from '../actions/deliver.ts'
import { targetUrl } from '../outbox/address.ts'
import { reachOf } from './private-address.ts'

/** Milliseconds from the first packet to the headers of the answer. */
const TIMEOUT = 10_000
/** Bytes of an answer's headers; its body is not read. */
const MAX_HEADERS = 16 * 1024

/** Why it was not even tried. */
class Forbidden extends Error {
  readonly code = 'forbidden-address'
}

type Where = { allowPrivate: boolean; isPlain: boolean }

/** In clear only within the intranet, and there only for whom it was allowed. */
function isOpen(address: string, { allowPrivate, isPlain }: Where): boolean {
  const reach = reachOf(address)
  return reach === 'private' ? allowPrivate : reach === 'public' && !isPlain
}

/**
 * Looks a name up and hands on what it stands for, unless any of it is forbidden: what was checked is
 * what is connected to, so that a name which changes its mind in between gains nothing.
 */
const guarded =
  (where: Where): LookupFunction =>
  (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '')
      const bad = found.length === 0 || found.some(({ address }) => !isOpen(address, where))
      if (bad) return done(new Forbidden('not a public address'), '')
      if (options.all) return done(null, found)
      done(null, found[0]!.address, found[0]!.family)
    })
  }

interface PostOptions {
  /** Ends what is under way. */
  signal: AbortSignal
  timeout?: number
}

/** Posts to addresses that a webhook may go to; never follows a redirect, never reads the answer. */
export function createPost({ signal, timeout = TIMEOUT }: PostOptions): Post {
  return async ({ url: text, allowPrivate }, { headers, body }) => {
    const url = targetUrl(text, { allowPrivate })
    if (url === null) return { error: 'forbidden-url' }
    const isPlain = url.protocol === 'http:'
    const where = { allowPrivate, isPlain }
    const host = url.hostname.replace(/^\[|\]$/g, '')
    // an address is connected to without being looked up
    if (isIP(host) !== 0 && !isOpen(host, where)) return { error: 'forbidden-address' }
    const limit = AbortSignal.timeout(timeout)
    const options: RequestOptions = {
      method: 'POST',
      agent: false,
      lookup: guarded(where),
      maxHeaderSize: MAX_HEADERS,
      signal: AbortSignal.any([signal, limit]),
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'shouwen-webhook/1',
      },
    }
    return asked(isPlain ? plain : secure, url, options, body).catch((error: unknown) => ({
      error: limit.aborted ? 'timeout' : codeOf(error),
    }))
  }
}

function asked(
  request: typeof plain | typeof secure,
  url: URL,
  options: RequestOptions,
  body: string,
): Promise<Posted> {
  return new Promise((done, fail) => {
    const asking = request(url, options, (answer) => {
      done({ status: answer.statusCode ?? 0 })
      answer.destroy()
    })
    asking.on('error', fail)
    asking.end(body)
  })
}

/** `ECONNREFUSED` and its like; never a message, which may name the address. */
const codeOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: string }
  return typeof code === 'string' ? code : (name ?? 'error')
}
