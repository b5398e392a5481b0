import { codePoints } from '../protocol/ids.ts'

/**
 * What is not seen, or changes how its neighbours are seen: controls, bidi and zero-width
 * characters, line separators, lone surrogates, fillers that look like a blank.
 */
const UNSEEN =
  /\u034f|\u17b4|\u17b5|[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0]/gu
/** More marks on one letter than any language stacks draw over the lines above. */
const STACKED = /(\p{M}{4})\p{M}+/gu

/**
 * A name as it may stand beside somebody's words: unseen characters dropped, blanks folded, NFC.
 *
 * @param max in code points, after cleaning
 * @returns undefined when nothing is left or it is too long
 */
export function plainName(text: string, max: number): string | undefined {
  const clean = text
    .replace(/[\t\r\n]+/g, ' ')
    .replace(UNSEEN, '')
    .normalize('NFC')
    .replace(STACKED, '$1')
    .replace(/\s+/g, ' ')
    .trim()
  return clean === '' || codePoints(clean) > max ? undefined : clean
}
