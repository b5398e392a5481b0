/** 200 refusals within 10 s end a socket. */
const MAX = 200
const WINDOW = 10_000

/** Counts the refusals of one socket. */
export class Strikes {
  #at: number[] = []

  /** @returns true when there were too many in too short a time */
  add(now: Date): boolean {
    this.#at.push(now.getTime())
    if (this.#at.length < MAX) return false
    const oldest = this.#at.shift() ?? 0
    return now.getTime() - oldest <= WINDOW
  }
}
