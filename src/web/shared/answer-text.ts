/** How a curated answer is laid out. Every word stays; only line breaks and list marks turn into form. */
export type Block =
  | { type: 'paragraph'; text: string }
  | { type: 'list'; ordered: boolean; items: string[] }

export interface AnswerText {
  /** The first paragraph: what the asker came for. */
  conclusion: string
  body: Block[]
  /** The paragraph that names the basis; stands with the basis, folded. */
  basis: string | undefined
  /** What follows it: the reservation. */
  note: string | undefined
}

export function layOut(answer: string): AnswerText {
  const paragraphs = answer
    .replace(/\r\n?/g, '\n')
    .split(/\n\s*\n/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
  const at = paragraphs.findIndex((text) => /^(依据|Basis)[:：]/.test(text))
  const end = at > 0 ? at : paragraphs.length
  const note = paragraphs.slice(end + 1).join('\n')
  return {
    conclusion: paragraphs[0] ?? '',
    body: paragraphs.slice(1, end).flatMap(blocks),
    basis: at > 0 ? paragraphs[at] : undefined,
    note: note === '' ? undefined : note,
  }
}

const BULLET = /^\s*[-*•]\s+/
const NUMBER = /^\s*\d{1,2}[.、)）]\s*/

/** The lines of one paragraph; those with a mark become a list. */
export function blocks(paragraph: string): Block[] {
  const found: Block[] = []
  for (const line of paragraph.split('\n')) {
    const mark = BULLET.test(line) ? BULLET : NUMBER.test(line) ? NUMBER : undefined
    const last = found[found.length - 1]
    if (!mark) {
      if (last?.type === 'paragraph') last.text += `\n${line}`
      else found.push({ type: 'paragraph', text: line })
      continue
    }
    const ordered = mark === NUMBER
    const item = line.replace(mark, '')
    if (last?.type === 'list' && last.ordered === ordered) last.items.push(item)
    else found.push({ type: 'list', ordered, items: [item] })
  }
  return found
}

export interface Piece {
  text: string
  href?: string
}

const LINK = /https?:\/\/[^\s，。；、）》“”<>]+/g
const DIGITS = /\d[\d-]+\d/g
/** Numbers that a frightened person should be able to tap. */
const PHONE = /^(0\d{2,3}-?\d{7,8}|1\d{10}|12345|12369|119|120|110)$/

/** Splits a text into plain pieces and links. */
export function linked(text: string, kind: 'web' | 'phone' = 'web'): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(kind === 'web' ? LINK : DIGITS)) {
    const found = match[0]
    if (kind === 'phone' && !PHONE.test(found)) continue
    const at = match.index ?? 0
    if (at > from) pieces.push({ text: text.slice(from, at) })
    pieces.push({ text: found, href: kind === 'web' ? found : `tel:${found.replace('-', '')}` })
    from = at + found.length
  }
  if (from < text.length) pieces.push({ text: text.slice(from) })
  return pieces
}
