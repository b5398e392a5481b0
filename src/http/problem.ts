import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { REFUSALS, type Refusal, refusalMessage } from '../protocol/refusals.ts'
import type { Locale } from '../protocol/vocabulary.ts'
import type { AppEnv } from './services.ts'

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

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
export function problemOf(refusal: Refusal, locale: Locale) {
  const { refused: code, detail, retryAfter } = refusal
  const message = refusalMessage(refusal, locale)
  return {
    type: 'about:blank',
    title: message,
    status: REFUSALS[code].status,
    code,
    message,
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }
}

export function problem(c: Context<AppEnv>, refusal: Refusal): Response {
  const body = problemOf(refusal, c.get('locale') ?? 'zh')
  const headers: Record<string, string> = { 'content-type': PROBLEM_TYPE }
  if (body.status === 401) headers['www-authenticate'] = 'Bearer realm="shouwen"'
  if (refusal.retryAfter !== undefined) headers['retry-after'] = String(refusal.retryAfter)
  return c.body(JSON.stringify(body), body.status as ContentfulStatusCode, headers)
}

/** What Accept-Language likes best of the languages that we have; Chinese where it names none. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  let best: Locale = 'zh'
  let bestWeight = 0
  for (const part of (acceptLanguage ?? '').slice(0, 200).split(',')) {
    const [range = '', ...parameters] = part.split(';')
    const language = range.trim().slice(0, 2).toLowerCase()
    const weight = weightOf(parameters)
    if ((language !== 'zh' && language !== 'en') || !(weight > bestWeight)) continue
    best = language
    bestWeight = weight
  }
  return best
}

/** 1 where no `q` is given; one that is no number counts as not named. */
function weightOf(parameters: readonly string[]): number {
  const q = parameters.map((each) => each.trim()).find((each) => /^q=/i.test(each))
  return q === undefined ? 1 : Number(q.slice(2))
}
