import type { Entry, StoredEntry } from '../protocol/entries.ts'
import type { Audience, Event } from '../protocol/vocabulary.ts'
import type { Message, Recipient } from '../protocol/webhooks.ts'
import { maskText } from '../record/personal.ts'
import { isSealed } from '../record/sight.ts'
import type { Thread } from '../record/thread.ts'
import { type Facts, TO_ENTERPRISE, TO_STAFF } from './wording.ts'

/** A notification as it waits. */
export interface Notification {
  thread: string
  seq: number
  audience: Audience
  event: Event
  recipients: readonly Recipient[]
  at: Date
}

/** Receivers know it by this, however often it comes. */
export const messageId = ({ thread, seq, audience }: Notification) => `${thread}:${seq}:${audience}`

/** Code points of a question, and of somebody's words. */
const QUESTION = 24
const WORDS = 60

/** No line breaks, nothing invisible, no numbers that point at a person, and not long. */
export function oneLine(text: string, most: number): string {
  const line = maskText(text.replace(/[\s\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim())
  const points = [...line]
  return points.length <= most ? line : `${points.slice(0, most).join('')}…`
}

const quoted = (text: string) => (text === '' ? '' : `“${oneLine(text, QUESTION)}”`)

/** What the entry says in words; a sealed one nothing, whoever is told. */
function wordsOf(entry: Entry): string {
  if (isSealed(entry)) return ''
  const { text, summary } = entry.body as { text?: string; summary?: string }
  return oneLine(text ?? summary ?? '', WORDS)
}

function factsOf(
  entry: Entry,
  thread: Thread,
  audience: Audience,
  deskName: Facts['deskName'],
): Facts {
  const { by } = entry
  const { owner, enterprise } = thread
  const desk = owner?.id === by.id ? owner.desk : undefined
  const whose = audience === 'enterprise' ? '您' : oneLine(enterprise.name, QUESTION)
  const words = wordsOf(entry)
  const newest = oneLine(thread.newest.text, WORDS)
  return {
    entry,
    thread,
    about: `${whose}的咨询${quoted(thread.question.text)}`,
    who: `${oneLine(by.name ?? '工作人员', QUESTION)}${desk ? `（${deskName(desk)}）` : ''}`,
    said: words === '' ? '。' : `：${words}`,
    newest: newest === '' ? '，' : `：${newest}。`,
    deskName,
  }
}

/**
 * What leaves: made from the record at the moment of sending, so that words which were taken away
 * meanwhile are not in it. Null for what its audience may not know of.
 */
export function messageOf(
  notification: Notification,
  entry: StoredEntry,
  thread: Thread,
  deskName: (id: string) => string,
): Message | null {
  const { audience, event, seq, recipients, at } = notification
  if (audience === 'enterprise' && isSealed(entry)) return null
  const whole = { ...entry, body: entry.body ?? {} } as Entry
  const facts = factsOf(whole, thread, audience, deskName)
  const sentence = (audience === 'enterprise' ? TO_ENTERPRISE : TO_STAFF)[event]
  const isWhole = entry.body !== null && sentence !== undefined
  return {
    type: event,
    timestamp: at.toISOString(),
    data: {
      audience,
      thread: thread.id,
      seq,
      kind: entry.kind,
      enterprise: { uscc: thread.enterprise.uscc },
      to: [...recipients],
      ...(thread.urgent ? { urgent: true as const } : {}),
      text: isWhole ? sentence(facts) : `${facts.about}有新进展，请登录查看。`,
    },
  }
}
