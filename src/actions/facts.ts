import type { Caller } from '../protocol/caller.ts'
import type { Command } from '../protocol/commands.ts'
import { type Refusal, refuse } from '../protocol/refusals.ts'
import { loadEntry } from '../record/record-store.ts'
import type { Facts } from '../record/rules/rule.ts'
import type { Thread } from '../record/thread.ts'
import type { Answer, Services } from './services.ts'

/** The words of an enterprise in a command: what the emergency rules run on. */
export function wordsOf(command: Command, who: Caller): string | undefined {
  if (who.role !== 'enterprise') return undefined
  if ('text' in command) return command.text
  return 'note' in command ? command.note : undefined
}

const filesOf = (command: Command) => ('files' in command ? (command.files ?? []) : [])

/** Facts that hang on the words alone. */
function fromAnswer(services: Services, answer: Answer): Pick<Facts, 'desk' | 'topic' | 'verdict'> {
  const { topic, verdict } = answer
  return { desk: services.bureau.route(answer), topic, verdict }
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
    return { ...facts, ...fromAnswer(services, answer) }
  }
  return { ...facts, ...(await aboutThread(services, thread, command, now)) }
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
      return { chosen, ...routed(services, thread.newest.text, now) }
    }
    case 'escalate':
      return routed(services, thread.newest.text, now, command.note)
    case 'offer':
    case 'consult':
    case 'route':
    case 'assign':
      return { to: await services.bureau.find(command.to) }
    case 'judge':
    case 'correct':
    case 'redact':
      if (command.seq > thread.seq) return { target: null }
      return { target: await loadEntry(services.db, thread.id, command.seq) }
    case 'say':
    case 'reopen': {
      const desk = thread.desk ?? routed(services, command.text ?? thread.newest.text, now).desk
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
function routed(services: Services, question: string, now: Date, note?: string) {
  const { answerer, bureau } = services
  const said = answerer.answer(question, { now, files: false })
  const isEnough = said.topic !== null || note === undefined
  const about = isEnough ? said : answerer.answer(note, { now, files: false })
  return { desk: bureau.route(about), topic: about.topic }
}
