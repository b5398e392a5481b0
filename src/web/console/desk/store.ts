import { useSyncExternalStore } from 'react'

/** One frame of a screen: a replay of 200 entries then renders once, not 200 times. */
const COALESCE_MS = 16

/** State that lives outside React, because a socket feeds it; listeners hear of many changes at once. */
export class Store<T> {
  #value: T
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #listeners = new Set<() => void>()

  constructor(value: T) {
    this.#value = value
  }

  get = (): T => this.#value

  patch(change: Partial<T>): void {
    this.#value = { ...this.#value, ...change }
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      for (const listener of this.#listeners) listener()
    }, COALESCE_MS)
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** `select` must return the same reference while nothing changed. */
export function useStore<T, S>(store: Store<T>, select: (value: T) => S): S {
  return useSyncExternalStore(store.subscribe, () => select(store.get()))
}
