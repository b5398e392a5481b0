import { useEffect, useState } from 'preact/hooks'
import type { FileRef } from '../../../protocol/entries.ts'
import { Icon } from '../parts/icons.tsx'
import { useModel } from '../parts/model-context.ts'
import { allWords } from '../parts/record-words.ts'
import { sizeText } from '../parts/size-text.ts'
import { isPicture, Picture } from './picture.tsx'

/** Larger pictures are fetched only when asked for, bytes. */
const SHOWN_MOST = 3_000_000
const THUMB_PX = 400
const LARGE_PX = 1600
const KEPT_MS = 60_000

/** A file of the record: pictures are seen, a PDF opens in a tab of its own, all can be saved. */
export function Received({ file }: { file: FileRef }) {
  const model = useModel()
  const { widget } = allWords()
  const picture = isPicture(file.type)
  const [blob, setBlob] = useState<Blob>()
  const [broken, setBroken] = useState(false)
  const [large, setLarge] = useState(false)
  const get = async () => {
    try {
      return blob ?? (await model.api.file(file.id))
    } catch {
      model.set({ trouble: widget.fileFailed })
      return undefined
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a file never changes
  useEffect(() => {
    if (!picture || file.size > SHOWN_MOST) return
    model.api.file(file.id).then(setBlob, () => setBroken(true))
  }, [])
  const use = async (with_: (address: string) => void) => {
    const bytes = await get()
    if (!bytes) return
    // By our own word, so that nothing but a PDF is ever shown under the host page's origin.
    const type = file.type === 'application/pdf' ? file.type : 'application/octet-stream'
    const address = URL.createObjectURL(new Blob([bytes], { type }))
    with_(address)
    setTimeout(() => URL.revokeObjectURL(address), KEPT_MS)
  }
  return (
    <div class="received">
      {picture && blob && !broken && (
        <button
          type="button"
          class={large ? 'show large' : 'show'}
          aria-expanded={large}
          onClick={() => setLarge(!large)}
        >
          <Picture
            blob={blob}
            name={file.name}
            edge={large ? LARGE_PX : THUMB_PX}
            onFailed={() => setBroken(true)}
          />
        </button>
      )}
      <span class="line">
        <Icon name="file" />
        <span class="name">{widget.file(file.name, sizeText(file.size))}</span>
      </span>
      {file.type === 'application/pdf' && (
        <button type="button" class="inline" onClick={() => use(show)}>
          {widget.fileOpen}
        </button>
      )}
      <button
        type="button"
        class="inline"
        aria-label={`${widget.fileSave} ${file.name}`}
        onClick={() => use((address) => save(address, file.name))}
      >
        {widget.fileSave}
      </button>
    </div>
  )
}

const show = (address: string) => void window.open(address, '_blank')

function save(address: string, name: string): void {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}
