import { Icon } from '../parts/icons.tsx'
import { useModel } from '../parts/model-context.ts'
import { allWords } from '../parts/record-words.ts'
import { sizeText } from '../parts/size-text.ts'
import { isPicture, Picture } from './picture.tsx'

const EDGE_PX = 144

/** What will go with the next words: seen before it is sent, and still to be taken out. */
export function Tray({ place }: { place: string }) {
  const model = useModel()
  const { widget } = allWords()
  const files = model.state.picked[place] ?? []
  if (files.length === 0) return null
  return (
    <ul class="tray" aria-label={widget.filesPicked(files.length)}>
      {files.map((file) => (
        <li key={file.key}>
          {isPicture(file.type) ? (
            <Picture blob={file.blob} name={file.name} edge={EDGE_PX} />
          ) : (
            <Icon name="file" />
          )}
          <span class="name">{file.name}</span>
          <span class="muted">{sizeText(file.blob.size)}</span>
          <button
            type="button"
            class="round"
            aria-label={widget.fileRemove(file.name)}
            onClick={() => model.files.unpick(place, file.key)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  )
}
