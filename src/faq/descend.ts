/** One linear model, fitted by its gradient. */
export interface Problem {
  /** What each input may say: +1, -1, or 0 for any. */
  signs: readonly number[]
  /** Pull towards zero, in units of the mean gradient. */
  pull: number
  steps: number
  /** Adds each example's gradient at `weights` to `gradient`; the examples' counts sum to 1. */
  gradient(weights: Float64Array, gradient: Float64Array): void
}

const RATE = 0.15
const MOMENTUM = 0.9

/** Mean and spread of each column, the spread 1 where a column never changes. */
export function spreadOf(inputs: readonly ArrayLike<number>[]) {
  const width = inputs[0]?.length ?? 0
  const means = new Float64Array(width)
  const spreads = new Float64Array(width)
  for (const input of inputs) {
    for (let i = 0; i < width; i++) means[i]! += input[i]! / inputs.length
  }
  for (const input of inputs) {
    for (let i = 0; i < width; i++) spreads[i]! += (input[i]! - means[i]!) ** 2 / inputs.length
  }
  return { means, spreads: spreads.map((square) => Math.sqrt(square) || 1) }
}

/**
 * Gradient descent with Nesterov momentum, from zero, a fixed number of steps: deterministic on one
 * engine. Inputs come with spread 1. A weight never crosses to the sign that its input must not
 * have, so that no reviewed file says “the more alike, the less sure”.
 */
export function descend({ signs, pull, steps, gradient }: Problem): Float64Array {
  const size = signs.length
  const weights = new Float64Array(size)
  const speed = new Float64Array(size)
  const ahead = new Float64Array(size)
  const slope = new Float64Array(size)
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < size; i++) ahead[i] = weights[i]! + MOMENTUM * speed[i]!
    slope.fill(0)
    gradient(ahead, slope)
    for (let i = 0; i < size; i++) {
      speed[i] = MOMENTUM * speed[i]! - RATE * (slope[i]! + pull * ahead[i]!)
      const next = weights[i]! + speed[i]!
      const wrong = signs[i] !== 0 && next * signs[i]! < 0
      weights[i] = wrong ? 0 : next
      if (wrong) speed[i] = 0
    }
  }
  return weights
}
