import type { Locale } from './vocabulary.ts'

/**
 * Every “no” has a name; this table says how it looks on each channel. `status` is HTTP's;
 * the words are for people, and never show a stack, SQL or a path.
 */
export const REFUSALS = {
  'bad-request': {
    status: 400,
    zh: '内容格式不对，请检查后再试。',
    en: 'The request is not well formed.',
  },
  'token-invalid': {
    status: 401,
    zh: '登录凭证无效，请从平台重新进入。',
    en: 'The token is not valid.',
  },
  'token-expired': {
    status: 401,
    zh: '登录已过期，请从平台重新进入。',
    en: 'The token has expired.',
  },
  'not-signed-in': { status: 401, zh: '请先登录。', en: 'Please sign in.' },
  'not-allowed': { status: 403, zh: '您没有权限做这个操作。', en: 'You may not do this.' },
  'not-found': { status: 404, zh: '没有找到。', en: 'Not found.' },
  'already-claimed': {
    status: 409,
    zh: '已被其他同事受理。',
    en: 'Another officer has claimed it.',
  },
  'not-owner': { status: 409, zh: '您不是这件咨询的承办人。', en: 'You do not hold this thread.' },
  'not-offered': {
    status: 409,
    zh: '没有转给您，或者转办已经结束。',
    en: 'It is not offered to you, or no longer.',
  },
  'wrong-state': {
    status: 409,
    zh: '这件咨询现在的状态不能这样做。',
    en: 'The thread is not in a state for this.',
  },
  'too-large': { status: 413, zh: '内容太大了。', en: 'The content is too large.' },
  'unsupported-type': {
    status: 415,
    zh: '不支持这种文件。',
    en: 'This type of file is not supported.',
  },
  'too-fast': {
    status: 429,
    zh: '发得太快了，请稍后再试。',
    en: 'Too fast; please wait a moment.',
  },
  locked: {
    status: 429,
    zh: '登录失败次数过多，请 15 分钟后再试。',
    en: 'Too many failures; try again in 15 minutes.',
  },
  unavailable: {
    status: 503,
    zh: '服务暂时不可用，内容没有保存，请稍后重发。',
    en: 'Unavailable; nothing was stored. Send it again.',
  },
} as const satisfies Record<string, { status: number } & Record<Locale, string>>

export type RefusalCode = keyof typeof REFUSALS
export const REFUSAL_CODES = Object.keys(REFUSALS) as [RefusalCode, ...RefusalCode[]]

/** An expected “no”: returned, never thrown. */
export interface Refusal {
  refused: RefusalCode
  /** Seconds until it may work again. */
  retryAfter?: number
  /** Which part of the input is wrong, for developers; never shown as the message. */
  detail?: string
}

export const refuse = (refused: RefusalCode, more: Omit<Refusal, 'refused'> = {}): Refusal => ({
  refused,
  ...more,
})

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'refused' in value

/** The words of a refusal; “too fast” says how long. */
export function refusalMessage(refusal: Refusal, locale: Locale): string {
  if (refusal.refused === 'too-fast' && refusal.retryAfter) {
    return locale === 'zh'
      ? `发得太快了，请过 ${refusal.retryAfter} 秒再试。`
      : `Too fast; please try again in ${refusal.retryAfter} s.`
  }
  return REFUSALS[refusal.refused][locale]
}

/** Why a socket is closed; 1006 never goes over the wire and is treated as 1001 by clients. */
export const CLOSE = {
  goingAway: 1001,
  tooLarge: 1009,
  overloaded: 1013,
  malformed: 4400,
  notIdentified: 4401,
  notAllowed: 4403,
  silent: 4408,
  slowReader: 4410,
  tooFast: 4429,
} as const
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE]
