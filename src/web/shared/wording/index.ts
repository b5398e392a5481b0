import type { Locale } from '../../../protocol/vocabulary.ts'
// One by one: the namespace as a whole would bring the demo page's words along.
import { outcomes, refusals, states, time, widget } from './zh.ts'

const zh = { time, states, outcomes, widget, refusals }

/** Literal texts become `string`, so that another language fits and a missing key does not. */
export type Loose<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { [K in keyof T]: Loose<T[K]> }

/** All that the widget's first page says in one language. */
export type Wording = Loose<typeof zh>

/** Chinese comes with the widget; any other language is fetched when asked for. */
export async function loadWording(locale: Locale): Promise<Wording> {
  return locale === 'en' ? (await import('./en.ts')).default : zh
}
