import { useState } from 'preact/hooks'
import type { ItemOf, Milestone, Who } from '../../shared/thread-items.ts'
import type { ThreadView } from '../../shared/thread-view.ts'
import { beforeText } from '../../shared/time.ts'
import type { ChatModel } from '../model/chat-model.ts'
import { Icon } from './icons.tsx'
import { deskName, useModel } from './model-context.ts'
import { allWords } from './record-words.ts'
import { Text } from './text.tsx'

interface Props<T> {
  item: T
  thread: string
  view: ThreadView
}

/** Who will answer, and by when. */
export function Escalated({ item, thread, view }: Props<ItemOf<'escalated'>>) {
  const model = useModel()
  const { widget, reasons } = allWords()
  const [sure, setSure] = useState(false)
  return (
    <article class="card event">
      <p>
        {reasons[item.reason]}
        {widget.escalated(deskName(model, item.desk, view))}
      </p>
      {item.promise && (
        <p class="promise">
          <Icon name="clock" />
          <span>{item.promise}</span>
        </p>
      )}
      {item.open && <p class="note">{widget.escalatedSub}</p>}
      {item.open && (
        <footer class="actions">
          {sure ? (
            <>
              <span>{widget.withdrawSure}</span>
              <button type="button" onClick={() => model.act({ type: 'cancel', thread })}>
                {widget.yes}
              </button>
              <button type="button" onClick={() => setSure(false)}>
                {widget.no}
              </button>
            </>
          ) : (
            <button type="button" onClick={() => setSure(true)}>
              {widget.withdraw}
            </button>
          )}
        </footer>
      )}
    </article>
  )
}

/** Red, first, and with numbers that can be tapped. */
export function Emergency({ item }: { item: ItemOf<'emergency'> }) {
  const { widget } = allWords()
  return (
    <div class="card emergency" role="alert">
      <h3>
        <Icon name="warn" />
        {widget.emergencyTitle}
      </h3>
      <div class="numbers">
        {widget.emergencyNumbers.map(([number, what]) => (
          <a key={number} href={`tel:${number}`} aria-label={`${widget.call(number)} ${what}`}>
            <b>{number}</b>
            <span>{what}</span>
          </a>
        ))}
      </div>
      <p class="words">
        <Text text={item.text} phones />
      </p>
    </div>
  )
}

/** A step on the way, in one line between the messages. */
export function MilestoneLine(props: {
  what: Milestone
  view: ThreadView
  jump(seq: number): void
}) {
  const { what, view, jump } = props
  const model = useModel()
  const text = milestoneText(model, what, view)
  const claimed = what.kind === 'claimed' || what.kind === 'handed-over'
  const late = what.kind === 'late'
  return (
    <p class={`milestone ${late ? 'late' : claimed ? 'claimed' : ''}`}>
      <Icon name={late ? 'clock' : claimed ? 'person' : 'check'} />
      <span>
        {text}
        {what.kind === 'corrected' && (
          <button type="button" class="inline" onClick={() => jump(what.seq)}>
            {allWords().widget.seeOriginal}
          </button>
        )}
      </span>
    </p>
  )
}

export function milestoneText(model: ChatModel, what: Milestone, view: ThreadView): string {
  const { widget, time, outcomes, grounds } = allWords()
  const at = (who: Who) => deskName(model, who.desk, view)
  switch (what.kind) {
    case 'claimed':
      return what.first
        ? widget.claimedFirst(what.who.name, at(what.who))
        : widget.claimedAgain(what.who.name, at(what.who))
    case 'handed-over':
      return widget.handedOver(what.who.name, at(what.who), what.first)
    case 'routed':
      return widget.routed(what.to)
    case 'paused':
      return widget.paused(grounds[what.ground])
    case 'late': {
      const before = beforeText(what.dueAt, model.state.now, time)
      return what.clock === 'resolution' ? widget.lateOther(before) : widget.late(before)
    }
    case 'corrected':
      return widget.correctedNote(what.by)
    case 'closed':
      return widget.closed(outcomes[what.outcome])
    case 'released':
    case 'resumed':
    case 'reminded':
    case 'reopened':
      return widget[what.kind]
  }
}
