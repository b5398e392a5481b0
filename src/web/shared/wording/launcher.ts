import type { Locale } from '../../../protocol/vocabulary.ts'

/** The loader's own few words: it must stay small, so they stand apart from the chat's. */
export const launcherWords: Record<
  Locale,
  { label: string; unread(n: number): string; loading: string; failed: string }
> = {
  zh: {
    label: '环保咨询',
    unread: (n) => `环保咨询，${n} 件有新回复`,
    loading: '正在打开…',
    failed: '没打开，再试一次',
  },
  en: {
    label: 'Ask the bureau',
    unread: (n) => `Ask the bureau, ${n} with new replies`,
    loading: 'Opening…',
    failed: 'Failed, try again',
  },
}
