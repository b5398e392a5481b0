import type { Locale } from '../../../protocol/vocabulary.ts'
import type { Loose } from './index.ts'
import { grounds, reasons, widget } from './zh-record.ts'

const zh = { grounds, reasons, widget }

/** What the thread pages say, beside the first page's `Wording`. */
export type RecordWording = Loose<typeof zh>

export async function loadRecordWording(locale: Locale): Promise<RecordWording> {
  return locale === 'en' ? (await import('./en-record.ts')).default : zh
}
