import type { Profile, Sentence } from './profile.ts'
import type { Question } from './question.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Weights of the question's units by number, 0 elsewhere; one question at a time. */
export let asked = new Float64Array(0)
export let wordAsked = new Uint8Array(0)

/** Runs `work` while the question's units are marked. */
export function marked<T>(question: Question, vocabulary: Vocabulary, work: () => T): T {
  if (asked.length < vocabulary.size) {
    asked = new Float64Array(vocabulary.size * 2)
    wordAsked = new Uint8Array(vocabulary.size * 2)
  }
  question.ids.forEach((id, i) => {
    asked[id] = question.weights[i]!
  })
  for (const id of question.words) wordAsked[id] = 1
  try {
    return work()
  } finally {
    for (const id of question.ids) asked[id] = 0
    for (const id of question.words) wordAsked[id] = 0
  }
}

export interface Likeness {
  sentence: Sentence
  shared: number
  mass: number
  likeness: number
}

function compare(question: Question, sentence: Sentence, vocabulary: Vocabulary): Likeness {
  let shared = 0
  let mass = 0
  for (const id of sentence.units) {
    mass += vocabulary.weight(id)
    shared += asked[id]!
  }
  return { sentence, shared, mass, likeness: (2 * shared) / (question.mass + mass || 1) }
}

/** The three most alike, best first. */
export function bestThree(
  question: Question,
  profile: Profile,
  vocabulary: Vocabulary,
): Likeness[] {
  const top: Likeness[] = []
  for (const sentence of profile.sentences) {
    const one = compare(question, sentence, vocabulary)
    const at = top.findIndex(({ likeness }) => likeness < one.likeness)
    if (at >= 0) top.splice(at, 0, one)
    else if (top.length < 3) top.push(one)
    if (top.length > 3) top.pop()
  }
  return top
}

/** The first half of `limit`, and of the others those that look most like the question. */
export function nearest(
  question: Question,
  profiles: readonly Profile[],
  vocabulary: Vocabulary,
  limit: number,
): Profile[] {
  const kept = profiles.slice(0, limit / 2)
  const others = marked(question, vocabulary, () =>
    profiles
      .slice(kept.length)
      .map((profile) => ({ profile, worth: roughly(question, profile, vocabulary) })),
  )
  others.sort((a, b) => b.worth - a.worth)
  return [...kept, ...others.slice(0, limit - kept.length).map(({ profile }) => profile)]
}

/** Likeness to the entry's mean sentence, read off the entry as a whole. */
function roughly(question: Question, profile: Profile, vocabulary: Vocabulary): number {
  const { ids, counts } = profile.asked
  let [held, own, answered] = [0, 0, 0]
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!
    held += asked[id]!
    own += vocabulary.weight(id) * counts[i]!
  }
  for (const id of profile.answer) answered += asked[id]!
  const mean = own / profile.sentences.length
  return (2 * held) / (question.mass + mean) + (0.5 * answered) / question.mass
}
