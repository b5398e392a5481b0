import { parse as parseYaml, YAMLParseError } from 'yaml'
import { z } from 'zod'
import { basisSchema } from '../protocol/entries.ts'
import { isStorable } from '../protocol/ids.ts'
import { FAQ_STATUS } from '../protocol/vocabulary.ts'
import { normalise } from './normalise.ts'
import { strangeSlot } from './slots.ts'

const line = z.string().trim().min(1).max(500).refine(isStorable, 'holds an unstorable character')
const slug = z.string().regex(/^[a-z][a-z0-9-]{1,62}$/, 'is not a slug (a-z, 0-9, -)')
const date = z.iso.date('is not a date YYYY-MM-DD')

const entryBasis = z.strictObject({
  title: line,
  number: line.nullable(),
  article: line.nullable(),
  issuer: line,
  effective: date.nullable(),
  status: basisSchema.shape.status,
  verified: z.enum(['V', 'V2']),
})

const notice = z.strictObject({
  materials: z.array(line).min(1),
  steps: z.array(line).min(1),
  window: line,
  limit: line,
})

const shape = z.strictObject({
  id: slug,
  question: line,
  topic: slug,
  phrasings: z.array(line).max(40),
  keywords: z.array(line).max(40),
  desk: slug.optional(),
  valid: z.strictObject({ from: date, until: date.optional() }),
  status: z.enum(FAQ_STATUS),
  /** `required`: an open point in the notes may change the answer; what it says is verified. */
  review: z.strictObject({ by: date, required: z.boolean(), notes: z.array(line) }),
  basis: z.array(entryBasis).max(30),
  /** For reviewers, never shown: does it differ from city to city, and in what? */
  local: z.strictObject({ varies: z.boolean(), note: line.or(z.literal('')).optional() }),
  notice: notice.optional(),
  see: z.array(slug).optional(),
  answer: z.string().trim().min(1).max(8_000).refine(isStorable, 'holds an unstorable character'),
})

/** The first text that says the same as an earlier one, once case, width and signs are gone. */
function repeated(texts: readonly string[]): string | undefined {
  const seen = new Set<string>()
  return texts.find((text) => seen.size === seen.add(normalise(text).replaceAll(' ', '')).size)
}

type Path = (string | number)[]

/** The texts in which slots may stand: what is said to people. */
function saidBy({ answer, notice: said }: FaqEntry): [Path, string][] {
  if (!said) return [[['answer'], answer]]
  return [
    [['answer'], answer],
    [['notice', 'window'], said.window],
    [['notice', 'limit'], said.limit],
    ...said.materials.map((text, i): [Path, string] => [['notice', 'materials', i], text]),
    ...said.steps.map((text, i): [Path, string] => [['notice', 'steps', i], text]),
  ]
}

/** What is wrong with the slots of an entry, if anything. */
function slotProblem(entry: FaqEntry): [Path, string] | undefined {
  const said = saidBy(entry)
  for (const [path, text] of said) {
    const strange = strangeSlot(text)
    if (strange !== undefined) return [path, `names “${strange}”, which is no slot of slots.ts`]
  }
  const asked = [entry.question, ...entry.phrasings, ...entry.keywords]
  if (asked.some((text) => /[{}]/.test(text))) return [['question'], 'cannot hold a slot']
  if (!entry.local.varies && said.some(([, text]) => text.includes('{{'))) {
    return [['local', 'varies'], 'is false, but the text leaves a slot to the city']
  }
  return undefined
}

/** A curated question with its answer, as reviewed and as served; dates are Shanghai dates. */
export const faqEntrySchema = shape.superRefine((entry, ctx) => {
  const wrong = (path: Path, message: string) => ctx.addIssue({ code: 'custom', path, message })
  if (entry.status === 'published' && entry.basis.length === 0) {
    wrong(['basis'], 'a published entry needs at least one basis')
  }
  if (entry.valid.until !== undefined && entry.valid.until < entry.valid.from) {
    wrong(['valid', 'until'], 'lies before valid.from')
  }
  const twice = repeated([entry.question, ...entry.phrasings])
  if (twice !== undefined) wrong(['phrasings'], `“${twice}” stands there twice`)
  if (entry.see?.includes(entry.id)) wrong(['see'], 'points at the entry itself')
  const slot = slotProblem(entry)
  if (slot) wrong(...slot)
})
export type FaqEntry = z.infer<typeof shape>

/** Why a file is no entry: `field` is a path such as `basis.0.effective`, or `front matter`. */
export interface EntryProblem {
  file: string
  field: string
  problem: string
}

const FRONT_MATTER = /^---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n([\s\S]*))?$/

/** A file needs this many phrasings before it may be published: fewer are not found. */
const ENOUGH_PHRASINGS = 8

/**
 * Reads one Markdown file of the `faq/` folder: YAML front matter, then the answer word for word.
 * The file is named after the entry's id. Never throws; the problem names file and field.
 */
export function parseEntry(file: string, text: string): FaqEntry | EntryProblem {
  const problem = (field: string, what: string): EntryProblem => ({ file, field, problem: what })
  const parts = FRONT_MATTER.exec(text.replace(/^\ufeff/, ''))
  if (!parts) return problem('front matter', 'the file does not begin with a --- block')
  let head: unknown
  try {
    head = parseYaml(parts[1]!, { maxAliasCount: 0 })
  } catch (error) {
    if (!(error instanceof YAMLParseError || error instanceof ReferenceError)) throw error
    return problem('front matter', error.message.split('\n')[0]!)
  }
  if (typeof head !== 'object' || head === null || Array.isArray(head)) {
    return problem('front matter', 'is not a list of fields')
  }
  if ('answer' in head) return problem('answer', 'is the text below the front matter, not a field')
  const read = faqEntrySchema.safeParse({ ...head, answer: parts[2] ?? '' })
  if (!read.success) {
    const issue = read.error.issues[0]!
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
    return problem([...issue.path, ...unknown].join('.'), issue.message)
  }
  const entry = read.data
  if (file.split(/[\\/]/).at(-1) !== `${entry.id}.md`) {
    return problem('id', `is “${entry.id}”, which is not the file's name`)
  }
  if (entry.status === 'published' && entry.phrasings.length < ENOUGH_PHRASINGS) {
    return problem('phrasings', `a published entry needs ${ENOUGH_PHRASINGS} or more`)
  }
  return entry
}

export const isProblem = (read: FaqEntry | EntryProblem): read is EntryProblem => 'problem' in read

/** The entry as it waits for review: the bot is silent on its question. */
export const heldBack = (entry: FaqEntry, ...notes: readonly string[]): FaqEntry => ({
  ...entry,
  status: 'review',
  review: { ...entry.review, required: true, notes: [...entry.review.notes, ...notes] },
})

// China has had one fixed offset, UTC+8, since 1991.
const shanghaiDate = (now: Date) =>
  new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

/**
 * May this entry be shown at this moment? Published, within its validity (Shanghai dates, both
 * included), with a basis of which none is repealed.
 */
export function servable(entry: FaqEntry, now: Date): boolean {
  const today = shanghaiDate(now)
  return (
    entry.status === 'published' &&
    entry.valid.from <= today &&
    (entry.valid.until === undefined || today <= entry.valid.until) &&
    entry.basis.length > 0 &&
    entry.basis.every((basis) => basis.status !== 'repealed')
  )
}
