import type { EntryProblem, FaqEntry } from './entry.ts'
import { backgroundShare } from './lexicon.ts'
import { readQuery, tokenize } from './words.ts'

/** What a reviewer has to mend (`error`), or will have to soon (`warning`). */
export interface Finding extends EntryProblem {
  level: 'error' | 'warning'
}

const FEWEST_PHRASINGS = 8
const MOST_PHRASINGS = 20
/** Entries this much alike (cosine, 0–1) ask the same; the nearest of the starter FAQ are at 0.16. */
const TOO_ALIKE = 0.35

const REPEALED =
  /环境保护法|环境影响评价法|大气污染防治法|水污染防治法|土壤污染防治法|固体废物污染环境防治法|噪声污染防治法|放射性污染防治法|清洁生产促进法|(?:环保|环评|大气|固废|土壤|噪声)法(?![规律典])/u
const SENTENCE = /[^。！？\n]+/gu

type Say = (entry: FaqEntry, field: string, problem: string, level?: Finding['level']) => void

const asked = (entry: FaqEntry) => [entry.question, ...entry.phrasings]

/** What a text is about: pairs and words, without the scaffolding of a question. */
const contentOf = (texts: readonly string[]) =>
  new Set(texts.flatMap(tokenize).filter((unit) => unit.length > 1 && backgroundShare(unit) === 0))

function checkCounts(entry: FaqEntry, say: Say) {
  const n = entry.phrasings.length
  if (n < FEWEST_PHRASINGS) say(entry, 'phrasings', `are ${n}, fewer than ${FEWEST_PHRASINGS}`)
  if (n > MOST_PHRASINGS) say(entry, 'phrasings', `are ${n}, more than ${MOST_PHRASINGS}`)
}

function checkDates(entry: FaqEntry, today: string, say: Say) {
  const { until } = entry.valid
  if (until !== undefined && until < today) say(entry, 'valid.until', `has passed (${until})`)
  const { by } = entry.review
  if (by < today) say(entry, 'review.by', `has passed (${by}): look again`, 'warning')
}

function checkBasis(entry: FaqEntry, today: string, say: Say) {
  if (entry.status === 'published' && entry.basis.length === 0) say(entry, 'basis', 'is missing')
  entry.basis.forEach(({ title, status, effective }, i) => {
    if (status === 'repealed') say(entry, `basis.${i}.status`, 'is repealed')
    if (REPEALED.test(title)) say(entry, `basis.${i}.title`, `names a repealed law: ${title}`)
    if (effective !== null && effective > today) {
      say(entry, `basis.${i}.effective`, `lies ahead (${effective})`)
    }
  })
}

const plain = (title: string) =>
  title.replace(/^(?:中华人民共和国|国务院办公厅|国家环境保护总局)/u, '')
const ARTICLE = /第(\d+)(?:—\d+)?条/gu

/** What the answer cites and what the basis holds as data are the same. */
function checkCitation(entry: FaqEntry, say: Say) {
  const at = entry.answer.lastIndexOf('依据')
  if (entry.status === 'published' && at < 0) say(entry, 'answer', 'names no 依据')
  entry.basis.forEach(({ title, number }, i) => {
    const named = [plain(title), number].some((name) => name && entry.answer.includes(name))
    if (!named) say(entry, `basis.${i}.title`, `stands nowhere in the answer: ${title}`)
  })
  const held = new Set(entry.basis.flatMap(({ article }) => article?.match(/\d+/g) ?? []))
  for (const [cited, first] of entry.answer.slice(Math.max(at, 0)).matchAll(ARTICLE)) {
    if (!held.has(first!)) say(entry, 'answer', `cites ${cited}, which no basis holds`)
  }
}

/** Where a review is required, the notes say what is open. */
function checkReview(entry: FaqEntry, say: Say) {
  const { required, notes } = entry.review
  if (required && notes.length === 0) say(entry, 'review.notes', 'do not say what is open')
}

/** A repealed law may be named where the text says that it is repealed, and as an alias. */
function checkProse(entry: FaqEntry, say: Say) {
  const { notice } = entry
  const notices = notice ? [...notice.materials, ...notice.steps, notice.window, notice.limit] : []
  const told: [string, string][] = [
    ['answer', entry.answer],
    ...notices.map((text): [string, string] => ['notice', text]),
  ]
  for (const [field, text] of told) {
    for (const [sentence] of text.matchAll(SENTENCE)) {
      const law = sentence.includes('废止') ? null : REPEALED.exec(sentence)
      if (law) say(entry, field, `names a repealed law: ${law[0]}`)
    }
  }
}

function checkReferences(entries: readonly FaqEntry[], say: Say) {
  const status = new Map(entries.map((entry) => [entry.id, entry.status]))
  for (const entry of entries) {
    entry.see?.forEach((id, i) => {
      if (!status.has(id)) say(entry, `see.${i}`, `points at “${id}”, which is no entry`)
      else if (status.get(id) === 'retired') say(entry, `see.${i}`, `points at “${id}”, retired`)
    })
  }
}

function checkPhrasings(entries: readonly FaqEntry[], say: Say) {
  const owner = new Map<string, string>()
  for (const entry of entries) {
    asked(entry).forEach((text, i) => {
      const field = i === 0 ? 'question' : `phrasings.${i - 1}`
      const key = readQuery(text).replaceAll(' ', '')
      const other = owner.get(key)
      if (other === undefined) owner.set(key, entry.id)
      else if (other !== entry.id) say(entry, field, `“${text}” stands in ${other} too`)
    })
  }
}

function checkAlike(entries: readonly FaqEntry[], say: Say) {
  const contents = entries.map((entry) => contentOf(asked(entry)))
  const counts = new Map<string, number>()
  for (const content of contents) {
    for (const unit of content) counts.set(unit, (counts.get(unit) ?? 0) + 1)
  }
  const square = (unit: string) => Math.log((entries.length + 1) / counts.get(unit)!) ** 2
  const mass = (units: Iterable<string>) => {
    let sum = 0
    for (const unit of units) sum += square(unit)
    return sum
  }
  const masses = contents.map(mass)
  for (let a = 1; a < entries.length; a++) {
    for (let b = 0; b < a; b++) {
      const shared = mass([...contents[a]!].filter((unit) => contents[b]!.has(unit)))
      const alike = shared / Math.sqrt(masses[a]! * masses[b]! || 1)
      if (alike > TOO_ALIKE) {
        const { id } = entries[b]!
        say(entries[a]!, 'phrasings', `ask nearly the same as ${id} (${alike.toFixed(2)})`)
      }
    }
  }
}

/**
 * What is wrong with entries that are each well formed; `today` is a Shanghai date. The file is
 * the one that an entry of the `faq/` folder is read from.
 */
export function lintEntries(entries: readonly FaqEntry[], today: string): Finding[] {
  const found: Finding[] = []
  const say: Say = ({ id }, field, problem, level = 'error') => {
    found.push({ file: `${id}.md`, field, problem, level })
  }
  for (const entry of entries) {
    checkCounts(entry, say)
    checkDates(entry, today, say)
    checkBasis(entry, today, say)
    checkCitation(entry, say)
    checkReview(entry, say)
    checkProse(entry, say)
  }
  checkReferences(entries, say)
  checkPhrasings(entries, say)
  checkAlike(entries, say)
  return found
}
