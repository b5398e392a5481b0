import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { REFUSALS, type Refusal, refusalMessage } from '../protocol/refusals.ts'
import type { Locale } from '../protocol/vocabulary.ts'
import type { AppEnv } from './services.ts'

/** A refusal on its way out of a route; Hono's `onError` turns it into a problem document. */
export class Refused extends Error {
  override name = 'Refused'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.refused)
    this.refusal = refusal
  }
}

/** RFC 9457 `application/problem+json`; says what, and never how we are built. */
export function problem(c: Context<AppEnv>, refusal: Refusal): Response {
  const { status } = REFUSALS[refusal.refused]
  const locale = c.get('locale') ?? 'zh'
  const message = refusalMessage(refusal, locale)
  const headers = new Headers({ 'content-type': 'application/problem+json; charset=utf-8' })
  if (status === 401) headers.set('www-authenticate', 'Bearer realm="shouwen"')
  if (refusal.retryAfter !== undefined) headers.set('retry-after', String(refusal.retryAfter))
  const body = {
    type: 'about:blank',
    title: message,
    status,
    code: refusal.refused,
    message,
    ...(refusal.detail === undefined ? {} : { detail: refusal.detail }),
    ...(refusal.retryAfter === undefined ? {} : { retryAfter: refusal.retryAfter }),
  }
  return c.body(JSON.stringify(body), status as ContentfulStatusCode, Object.fromEntries(headers))
}

/** The first language of Accept-Language that we have; Chinese where it names none. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  for (const part of (acceptLanguage ?? '').slice(0, 200).split(',')) {
    const language = part.trim().slice(0, 2).toLowerCase()
    if (language === 'zh' || language === 'en') return language
  }
  return 'zh'
}
