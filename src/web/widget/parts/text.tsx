/* biome-ignore-all lint/correctness/useJsxKeyInIterable: a text never changes its order */
import { type Block, linked } from '../../shared/answer-text.ts'

/** A person's words: line breaks as written, addresses as links. */
export function Text({ text, phones = false }: { text: string; phones?: boolean }) {
  return (
    <>
      {linked(text, phones ? 'phone' : 'web').map(({ text: piece, href }) =>
        href ? (
          <a href={href} {...(!phones && { target: '_blank', rel: 'noopener noreferrer' })}>
            {piece}
          </a>
        ) : (
          piece
        ),
      )}
    </>
  )
}

export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return (
    <>
      {blocks.map((block) => {
        if (block.type === 'paragraph') {
          return (
            <p>
              <Text text={block.text} />
            </p>
          )
        }
        const List = block.ordered ? 'ol' : 'ul'
        return (
          <List>
            {block.items.map((item) => (
              <li>
                <Text text={item} />
              </li>
            ))}
          </List>
        )
      })}
    </>
  )
}
