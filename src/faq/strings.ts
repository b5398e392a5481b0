/** Longer texts are compared by their beginning: the work is the product of the lengths. */
const MAX_COMPARED = 80

const row = new Uint8Array(MAX_COMPARED + 1)

/** Length of the longest common subsequence of the first 80 characters. */
export function commonSubsequence(first: string, second: string): number {
  const a = first.slice(0, MAX_COMPARED)
  const b = second.slice(0, MAX_COMPARED)
  row.fill(0)
  for (let i = 0; i < a.length; i++) {
    const sign = a.charCodeAt(i)
    let diagonal = 0
    for (let j = 0; j < b.length; j++) {
      const above = row[j + 1]!
      if (b.charCodeAt(j) === sign) row[j + 1] = diagonal + 1
      else if (row[j]! > above) row[j + 1] = row[j]!
      diagonal = above
    }
  }
  return row[b.length]!
}

/** Length of the longest run of characters in both, within the first 80. */
export function commonRun(first: string, second: string): number {
  const a = first.slice(0, MAX_COMPARED)
  const b = second.slice(0, MAX_COMPARED)
  row.fill(0)
  let best = 0
  for (let i = 0; i < a.length; i++) {
    const sign = a.charCodeAt(i)
    let diagonal = 0
    for (let j = 0; j < b.length; j++) {
      const above = row[j + 1]!
      const run = b.charCodeAt(j) === sign ? diagonal + 1 : 0
      row[j + 1] = run
      if (run > best) best = run
      diagonal = above
    }
  }
  return best
}
