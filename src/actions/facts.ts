import type { Caller } from '../protocol/caller.ts'
import type { Command } from '../protocol/commands.ts'
import type { Enterprise } from '../protocol/entries.ts'
import { type Refusal, refuse } from '../protocol/refusals.ts'
import { loadEchoes, loadEntry } from '../record/record-store.ts'
import type { Facts } from '../record/rules/rule.ts'
import type { Thread } from '../record/thread.ts'
import type { Answer, Services } from './services.ts'

/** The words of an enterprise in a command: what the emergency rules run on. */
export function wordsOf(command: Command, who: Caller): string | undefined {
  if (who.role !== 'enterprise') return undefined
  if ('text' in command) return command.text
  if ('note' in command) return command.note
  return 'comment' in command ? command.comment : undefined
}

const filesOf = (command: Command) => ('files' in command ? (command.files ?? []) : [])

interface Asked {
  enterprise: Enterprise
  now: Date
}

/** Where it goes to a person: the standing officer's desk first, else where the question belongs. */
async function placed(
  { bureau }: Services,
  { topic, desk }: Pick<Answer, 'topic' | 'desk'>,
  { enterprise, now }: Asked,
): Promise<Pick<Facts, 'desk' | 'topic' | 'standing'>> {
  const standing = await bureau.standing(enterprise, now)
  if (standing) return { desk: standing.desk, topic, standing }
  return { desk: bureau.route({ topic, desk, enterprise }), topic }
}

/**
 * Everything that a decision on this command needs to know beyond the thread.
 * @returns a refusal where a file is not the caller's to use
 */
export async function gather(
  services: Services,
  thread: Thread | null,
  command: Command,
  who: Caller,
): Promise<Facts | Refusal> {
  const now = services.now()
  const files = await services.unusedFiles(who, filesOf(command))
  if (files === null) return refuse('not-found', { detail: 'files' })
  const words = wordsOf(command, who)
  const card = words === undefined ? undefined : services.answerer.emergency(words)
  const facts: Facts = {
    now,
    clockwork: services.clockwork,
    desk: thread?.desk ?? '',
    reopenDays: services.reopenDays,
    ...(card === undefined ? {} : { card }),
    ...(files.length === 0 ? {} : { files }),
  }
  const decided =
    command.type === 'ask' || (command.type === 'say' && thread?.state === 'answering')
  if (decided && who.role === 'enterprise') {
    const question = words ?? thread?.newest.text ?? ''
    const answer = services.answerer.answer(question, { now, files: files.length > 0 })
    const { verdict } = answer
    if (verdict.kind !== 'escalated') return { ...facts, verdict }
    const where = await placed(services, answer, { enterprise: who.enterprise, now })
    return rung(services, { ...facts, verdict, ...where })
  }
  return rung(services, { ...facts, ...(await aboutThread(services, thread, command, now)) })
}

/** In an emergency, whoever is on duty where it goes. */
async function rung({ bureau }: Services, facts: Facts): Promise<Facts> {
  if (facts.card === undefined || facts.desk === '') return facts
  return { ...facts, duty: await bureau.duty(facts.desk, facts.now) }
}

async function aboutThread(
  services: Services,
  thread: Thread | null,
  command: Command,
  now: Date,
): Promise<Partial<Facts>> {
  if (thread === null) return {}
  switch (command.type) {
    case 'choose': {
      const chosen = command.faq === null ? null : services.answerer.serve(command.faq, now)
      return { chosen, ...(chosen ? {} : await routed(services, thread, now)) }
    }
    case 'escalate':
      if (thread.state !== 'answering') return {}
      return routed(services, thread, now, { note: command.note })
    case 'offer':
    case 'consult':
    case 'route':
    case 'assign':
      return { to: await services.bureau.find(command.to) }
    case 'judge':
    case 'correct':
      if (command.seq > thread.seq) return { target: null }
      return { target: await loadEntry(services.db, thread.id, command.seq) }
    case 'redact': {
      if (command.seq > thread.seq) return { target: null }
      const target = await loadEntry(services.db, thread.id, command.seq)
      return { target, echoes: target === null ? [] : await loadEchoes(services.db, target) }
    }
    case 'accept':
      if (thread.offer === null) return {}
      return { target: await loadEntry(services.db, thread.id, thread.offer.seq) }
    case 'rate':
    case 'say':
    case 'reopen': {
      const words = command.type === 'rate' ? command.comment : command.text
      const { desk } =
        thread.desk === null
          ? await routed(services, thread, now, { question: words })
          : { desk: thread.desk }
      // who comes back to it is only asked where it may be reopened, and not for every message
      const isOver = thread.state === 'resolved' || thread.state === 'closed'
      const ownerActive =
        isOver && thread.owner !== null && (await services.bureau.isActiveOfficer(thread.owner.id))
      return { desk, ownerActive }
    }
    default:
      return {}
  }
}

/** Where the newest question belongs; a note beside it speaks only where the question says nothing. */
function routed(
  services: Services,
  thread: Thread,
  now: Date,
  { question, note }: { question?: string | undefined; note?: string | undefined } = {},
) {
  const { answerer } = services
  const { enterprise, newest } = thread
  const said = answerer.answer(question ?? newest.text, { now, files: false })
  const isEnough = said.topic !== null || note === undefined
  const about = isEnough ? said : answerer.answer(note, { now, files: false })
  return placed(services, about, { enterprise, now })
}
