import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'

/** The key server does not answer, and no keys are at hand that could be used instead. */
export class KeysUnavailable extends Error {}

/** Milliseconds after which keys are asked for again: how long a withdrawn key may live on. */
const FRESH = 10 * 60_000
/** A silent key server does not lock everybody out at once; after this its keys are forgotten. */
const STALE = 24 * 60 * 60_000
/** The least time between two requests, so that invented `kid`s do not make us a flood. */
const COOL_DOWN = 30_000
/** The same while there are no keys at all. */
const RETRY = 5_000
const TIME_OUT = 3_000
const MAX_BYTES = 256 * 1024

/**
 * The host platform's public keys, fetched when needed. jose's own remote set drops good keys when
 * the server is away for ten minutes, and asks again for every token while it is; and time is a
 * parameter here.
 */
export function createKeySet(
  url: string,
  fetchImplementation: typeof fetch = fetch,
): (now: Date) => JWTVerifyGetKey {
  const location = new URL(url)
  let keys: ReturnType<typeof createLocalJWKSet> | undefined
  let [fetchedAt, triedAt] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let inHand: Promise<void> = Promise.resolve()

  const load = async (now: number) => {
    keys = createLocalJWKSet(await download(location, fetchImplementation))
    fetchedAt = now
  }
  /** Resolves in any case; at most one request at a time, which others wait for. */
  const refresh = (now: number): Promise<void> => {
    if (now - triedAt >= (keys ? COOL_DOWN : RETRY)) {
      triedAt = now
      inHand = load(now).catch(() => {})
    }
    return atMost(TIME_OUT, inHand)
  }

  return (date) => async (header, token) => {
    const now = date.getTime()
    if (now - fetchedAt > FRESH) await refresh(now)
    if (keys === undefined || now - fetchedAt > STALE) throw new KeysUnavailable()
    try {
      return await keys(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      await refresh(now) // the host platform may just have changed its key
      if (fetchedAt < triedAt) throw new KeysUnavailable()
      return keys(header, token)
    }
  }
}

/** In workerd a promise of another request never settles when that request was cancelled. */
async function atMost(milliseconds: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}

async function download(url: URL, fetchImplementation: typeof fetch): Promise<JSONWebKeySet> {
  const response = await fetchImplementation(url, {
    headers: { accept: 'application/json, application/jwk-set+json' },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIME_OUT),
  })
  if (response.status !== 200) throw new KeysUnavailable(`status ${response.status}`)
  const text = await response.text()
  if (text.length > MAX_BYTES) throw new KeysUnavailable('too large')
  return JSON.parse(text) as JSONWebKeySet
}
