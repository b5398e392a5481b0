import { refusalMessage } from '../../../protocol/refusals.ts'
import { Refused } from '../../shared/connection.ts'
import { line } from '../wording.ts'

/** Why something could not be done, for people. */
export function refusalText(error: unknown): string {
  if (!(error instanceof Refused)) return line.offlineHint
  const { code, retryAfter } = error
  return refusalMessage({ refused: code, ...(retryAfter && { retryAfter }) }, 'zh')
}
