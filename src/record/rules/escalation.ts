import type { Author, Enterprise } from '../../protocol/entries.ts'
import type { Reason, ThreadKind } from '../../protocol/vocabulary.ts'
import type { Draft } from '../chain.ts'
import type { Thread } from '../thread.ts'
import { start } from './clocks.ts'
import { BOT, type Facts, type Verdict } from './rule.ts'

const EMPTY = { clocks: [], urgent: false } satisfies Partial<Thread>

interface Why {
  reason: Reason
  by: Author
  note?: string
}

/** Leaves the bot: joins a desk's queue with its promises running. */
export function escalation(
  thread: Pick<Thread, 'clocks' | 'kind' | 'urgent'>,
  { reason, by, note }: Why,
  facts: Facts,
): Draft<'escalated'> {
  const { desk, topic = null, standing } = facts
  const urgent = thread.urgent || facts.card !== undefined
  const where = { ...thread, desk, topic, urgent }
  const first = start(where, 'first-reply', facts)
  const clocks = [first, start(where, 'resolution', facts)]
  return {
    kind: 'escalated',
    by,
    body: {
      reason,
      ...(note === undefined ? {} : { note }),
      desk,
      ...(topic === null ? {} : { topic }),
      promise: facts.clockwork.promise(first, desk, facts.now, standing),
      ...(standing ? { standing } : {}),
      ...urgency(facts),
      clocks,
    },
  }
}

/** The emergency rules run on every text of an enterprise; what they say stands in the entry. */
export const urgency = ({ card, duty }: Facts) =>
  card === undefined
    ? {}
    : { urgent: true as const, card, ...(duty?.length ? { duty: [...duty] } : {}) }

/** What the bot does about the enterprise's words. */
export function verdictDraft(
  thread: Pick<Thread, 'clocks' | 'kind' | 'urgent'>,
  verdict: Verdict,
  facts: Facts,
): Draft {
  if (verdict.kind === 'escalated') {
    return escalation(thread, { reason: verdict.reason, by: BOT }, facts)
  }
  return { kind: verdict.kind, by: BOT, body: verdict.body } as Draft
}

/** The first entries of a thread: the question, and what came of it. */
export function opening(
  ask: { text: string; kind: ThreadKind; enterprise: Enterprise; by: Author },
  facts: Facts,
): Draft[] {
  const files = facts.files?.length ? { files: [...facts.files] } : {}
  const { text, kind, enterprise } = ask
  const asked: Draft<'asked'> = {
    kind: 'asked',
    by: ask.by,
    body: { text, ...files, enterprise, kind },
  }
  const verdict: Verdict = facts.verdict ?? { kind: 'escalated', reason: 'no-match' }
  return [asked, verdictDraft({ ...EMPTY, kind }, verdict, facts)]
}
