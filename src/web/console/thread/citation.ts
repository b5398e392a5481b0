import type { Basis } from '../../../protocol/entries.ts'

/** “《…》（文号）第 … 条” */
export function citation({ title, number, article }: Basis): string {
  const name = title.startsWith('《') ? title : `《${title}》`
  return `${name}${number ? `（${number}）` : ''}${article ?? ''}`
}
