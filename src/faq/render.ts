import type { Weights } from './confidence.ts'
import type { Tree } from './trees.ts'

const NAMES = {
  WEIGHTS: `Fitted on the entries of \`faq/\`, each
 * phrasing asked without itself and each topic while it is not there, and on cleared labelled
 * questions.`,
  GENERIC_WEIGHTS: `Fitted on the entries of
 * \`faq/\` alone, without the words of the trade: for a collection of another subject of which
 * nothing is labelled yet.`,
}

const indented = (value: object) => JSON.stringify(value, null, 2).replace(/\n/g, '\n  ')

/** A tree is a line: inputs, cuts, leaves. */
const treeLine = (tree: Tree) => `      ${JSON.stringify(tree)},\n`

/** The source text of a weights file. */
export function renderWeights(name: keyof typeof NAMES, weights: Weights): string {
  const { rank, confidence, tauAnswer, tauChoose } = weights
  const trees = rank.trees.map(treeLine).join('')
  return `import type { Weights } from './confidence.ts'

/**
 * Written by \`npm run faq:fit\`, never by hand; reviewed like code. ${NAMES[name]}
 */
export const ${name}: Weights = {
  rank: {
    features: ${indented(rank.features)},
    trees: [
${trees}    ],
    words: ${indented(rank.words)},
  },
  confidence: ${indented(confidence)},
  tauAnswer: ${tauAnswer},
  tauChoose: ${tauChoose},
}
`
}
