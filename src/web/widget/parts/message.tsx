import { useEffect } from 'preact/hooks'
import type { FileRef } from '../../../protocol/entries.ts'
import type { ItemOf } from '../../shared/thread-items.ts'
import type { ThreadView } from '../../shared/thread-view.ts'
import { momentText } from '../../shared/time.ts'
import type { Outgoing } from '../model/outgoing.ts'
import { Corrected } from './corrected.tsx'
import { Icon } from './icons.tsx'
import { deskName, useModel } from './model-context.ts'
import { allWords } from './record-words.ts'
import { sizeText } from './size-text.ts'
import { Text } from './text.tsx'

/** Somebody's words: ours to the right, an officer's to the left with name and desk. */
export function Message(props: { item: ItemOf<'message'>; view: ThreadView; read: boolean }) {
  const { item, view, read } = props
  const model = useModel()
  const { widget, time } = allWords()
  const { side, name, text, files, label } = item
  const label_ = label === 'opinion' ? widget.opinion : label && widget.calledBack
  const officerDesk = side === 'officer' ? deskName(model, item.desk, view) : undefined
  return (
    <div class={`message ${side}`}>
      <span class="by">
        {side === 'officer' && <b>{name}</b>}
        {officerDesk && <span>{officerDesk}</span>}
        {side === 'colleague' && widget.colleague(name ?? '')}
        {side === 'me' && <span class="hidden">{widget.me}</span>}
        {label_ && <span class="tag">{label_}</span>}
      </span>
      <div class="bubble">
        <Corrected correction={item.corrected}>
          {text && (
            <p class="words">
              <Text text={text} />
            </p>
          )}
          {files.map((file) => (
            <File key={file.id} file={file} />
          ))}
        </Corrected>
      </div>
      <span class="at">
        {momentText(item.at, model.state.now, time)}
        {read && ` · ${widget.read}`}
      </span>
    </div>
  )
}

/** Its name at once; the picture and what can be done with it once their chunk is here. */
function File({ file }: { file: FileRef }) {
  const model = useModel()
  const { files } = model.state
  useEffect(() => model.files.need(), [model])
  if (files) return <files.Received file={file} />
  return <p>{allWords().widget.file(file.name, sizeText(file.size))}</p>
}

/** Words that are stored here but are not yet an entry. */
export function Sending({ item, onDiscard }: { item: Outgoing; onDiscard(text: string): void }) {
  const model = useModel()
  const { widget } = allWords()
  const online = model.state.status === 'online'
  return (
    <div class="message me">
      <div class="bubble pending">
        {item.text && (
          <p class="words">
            <Text text={item.text} />
          </p>
        )}
        {item.files?.map((file) => (
          <p key={file.key} class="file">
            <Icon name="file" />
            {widget.file(file.name, sizeText(file.blob.size))}
          </p>
        ))}
        {item.done !== undefined && item.seq === undefined && !item.failed && (
          <progress value={item.done} aria-label={widget.fileSent(Math.round(item.done * 100))} />
        )}
      </div>
      {item.failed ? (
        <span class="at failed">
          <span>{allWords().refusals[item.failed as 'too-fast'] ?? ''}</span>
          <button type="button" class="inline" onClick={() => model.retry(item.id)}>
            {widget.failed}
          </button>
          <button
            type="button"
            class="inline"
            onClick={() => onDiscard(model.discard(item.id) ?? '')}
          >
            {widget.discard}
          </button>
        </span>
      ) : (
        <span class="at">
          {item.seq !== undefined ? widget.sent : online ? widget.sending : widget.waitingToSend}
        </span>
      )}
    </div>
  )
}
