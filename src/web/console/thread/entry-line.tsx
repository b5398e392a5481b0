import type { BodyOf } from '../../../protocol/entries.ts'
import type { OpenEntry } from '../../shared/thread-fold.ts'
import { record as words } from '../wording.ts'
import { outcomes } from '../words.ts'
import { BotAnswer, BotChoices, BotReply } from './bot-card.tsx'
import { Bubble } from './bubble.tsx'
import { EmergencyCard } from './emergency-card.tsx'
import './entries.css'
import type { Line } from './lines.ts'
import { Milestone } from './milestone-line.tsx'
import { milestoneOf, type Names, target } from './milestones.ts'
import { NoteCard } from './note-card.tsx'
import { NoticeCard } from './notice-card.tsx'

interface Props {
  line: Line
  names: Names
  me: string
}

/** One entry of the record, as what it is: words, a card, a note or a milestone. */
export function EntryLine({ line, names, me }: Props) {
  const { entry } = line
  if (!entry) {
    return <Milestone line={line} text={line.gone === 'sealed' ? words.sealed : words.removed} />
  }
  const parts = { line, entry, names, me }
  switch (entry.kind) {
    case 'asked':
      return <Bubble {...parts} text={entry.body.text} files={entry.body.files} />
    case 'said':
      return (
        <>
          <Bubble {...parts} text={entry.body.text} files={entry.body.files} />
          <EmergencyCard body={entry.body} />
        </>
      )
    case 'corrected':
      return <Bubble {...parts} text={entry.body.text} label={words.correction(entry.body.seq)} />
    case 'called-back':
      return <Bubble {...parts} text={entry.body.text} label={words.calledBack} />
    case 'resolved':
      return <Bubble {...parts} text={entry.body.summary} label={resolvedLabel(entry.body)} />
    case 'answered':
      return <BotAnswer line={line} entry={entry} />
    case 'offered':
      return <BotChoices line={line} entry={entry} />
    case 'replied':
      return <BotReply line={line} entry={entry} />
    case 'notice-given':
      return <NoticeCard {...parts} notice={entry.body} />
    default:
      return <OtherLine {...parts} />
  }
}

const resolvedLabel = (body: BodyOf<'resolved'>) => words.resolved(outcomes[body.outcome])

interface Parts extends Props {
  entry: OpenEntry
}

function OtherLine({ line, entry, names, me }: Parts) {
  switch (entry.kind) {
    case 'noted':
      return <NoteCard {...{ line, entry, names }} label={words.internal} text={entry.body.text} />
    case 'opinion-asked': {
      const label = words.opinionAsked(target(entry.body.to, names))
      return <NoteCard {...{ line, entry, names }} label={label} text={entry.body.text} />
    }
    case 'opinion-given':
      return entry.body.public ? (
        <Bubble {...{ line, entry, names, me }} text={entry.body.text} label={words.opinion} />
      ) : (
        <NoteCard {...{ line, entry, names }} label={words.opinion} text={entry.body.text} />
      )
    case 'supervised': {
      const { due, text } = entry.body
      const label = due ? `${words.supervised} · ${words.due(names.moment(due))}` : words.supervised
      return <NoteCard {...{ line, entry, names }} label={label} text={text} />
    }
    default:
      return <MilestoneEntry {...{ line, entry, names, me }} />
  }
}

function MilestoneEntry({ line, entry, names, me }: Parts) {
  const milestone = milestoneOf(entry, names) ?? { text: words.unknown }
  return (
    <>
      <Milestone line={line} {...milestone} />
      {entry.kind === 'escalated' && <EmergencyCard body={entry.body} />}
      {entry.kind === 'reopened' && (
        <>
          <Bubble {...{ line, entry, names, me }} text={entry.body.text} />
          <EmergencyCard body={entry.body} />
        </>
      )}
    </>
  )
}
