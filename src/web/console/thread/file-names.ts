/** Without the characters that turn text around: they make an `exe` look like a `pdf`. */
export const shownName = (name: string): string =>
  name.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')

const KIB = 1024

export function sizeText(bytes: number): string {
  if (bytes < KIB * KIB) return `${Math.max(1, Math.round(bytes / KIB))} KB`
  return `${(bytes / KIB / KIB).toFixed(1)} MB`
}
