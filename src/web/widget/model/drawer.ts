/**
 * What one person left in this browser. One key for each thing, so that two tabs never write over
 * each other; without storage (private mode, a full disk) it lives as long as the page.
 */
export class Drawer<T> {
  readonly #prefix: string
  readonly #storage: Storage | undefined

  constructor(name: string, who: string, storage: Storage | undefined) {
    this.#prefix = `shouwen:${name}:${who}:`
    this.#storage = storage
  }

  all(): T[] {
    const found: T[] = []
    attempt(() => {
      const storage = this.#storage
      for (let i = 0; storage && i < storage.length; i++) {
        const key = storage.key(i)!
        if (key.startsWith(this.#prefix)) found.push(JSON.parse(storage.getItem(key)!) as T)
      }
    })
    return found
  }

  get(id: string): T | undefined {
    return attempt(() => {
      const text = this.#storage?.getItem(this.#prefix + id)
      return text ? (JSON.parse(text) as T) : undefined
    })
  }

  put(id: string, thing: T): void {
    attempt(() => this.#storage?.setItem(this.#prefix + id, JSON.stringify(thing)))
  }

  remove(id: string): void {
    attempt(() => this.#storage?.removeItem(this.#prefix + id))
  }
}

/** Even naming `localStorage` throws where cookies are forbidden. */
export function browserStorage(): Storage | undefined {
  return attempt(() => window.localStorage)
}

export function attempt<R>(run: () => R): R | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}
