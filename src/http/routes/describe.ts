import { problemSchema } from '../../protocol/http.ts'
import { REFUSALS, type RefusalCode } from '../../protocol/refusals.ts'

const media = { 'application/problem+json': { schema: problemSchema } }

/** The refusals that a route may answer, for the OpenAPI page; one response a status. */
export function refusals(...codes: RefusalCode[]) {
  const always: RefusalCode[] = [
    'bad-request',
    'token-invalid',
    'token-expired',
    'too-fast',
    'unavailable',
  ]
  const byStatus = new Map<number, RefusalCode[]>()
  for (const code of new Set([...codes, ...always])) {
    const { status } = REFUSALS[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [
      status,
      { description: names.map((name) => `\`${name}\``).join(', '), content: media },
    ]),
  )
}

export const json = <S>(schema: S, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

export const BY_TOKEN = { enterpriseToken: [] }
export const BY_COOKIE = { staffSession: [] }
export const ANYONE = [] as { [name: string]: string[] }[]
export const SIGNED_IN = [BY_TOKEN, BY_COOKIE]
