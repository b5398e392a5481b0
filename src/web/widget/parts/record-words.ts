import type { Locale } from '../../../protocol/vocabulary.ts'
import type { Wording } from '../../shared/wording/index.ts'
import { loadRecordWording, type RecordWording } from '../../shared/wording/record.ts'

export type AllWords = Omit<Wording, 'widget'> &
  Omit<RecordWording, 'widget'> & { widget: Wording['widget'] & RecordWording['widget'] }

let words: AllWords | undefined

/** Before the first of these pages is drawn. */
export async function loadWords(locale: Locale, first: Wording): Promise<void> {
  const record = await loadRecordWording(locale)
  words = { ...first, ...record, widget: { ...first.widget, ...record.widget } }
}

/** What the first page says, and what the pages after it do. */
export const allWords = (): AllWords => words!
