import { copyFileSync, statSync, truncateSync } from 'node:fs'

const LIMIT_BYTES = 8 * 1024 * 1024
const LOOK_EVERY_MS = 60_000

/**
 * Keeps a log that another process appends to from growing: beyond the limit it becomes `.1` and
 * starts again from nothing. Returns what ends the watch.
 */
export function keepSmall(file: string): () => void {
  rotate(file)
  const timer = setInterval(rotate, LOOK_EVERY_MS, file).unref()
  return () => clearInterval(timer)
}

function rotate(file: string): void {
  try {
    if (statSync(file).size <= LIMIT_BYTES) return
    try {
      copyFileSync(file, `${file}.1`)
    } finally {
      truncateSync(file) // also on a full disk, where it helps most
    }
  } catch {
    // no log yet, or no room for the old one
  }
}
