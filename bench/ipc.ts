import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'

interface Ask {
  n: number
  verb: string
  arg: unknown
}
type Reply = { n: number } & ({ value: unknown } | { error: string })

/** The child's side: what its parent may ask of it. */
export function answer(verbs: Record<string, (arg: never) => unknown>): void {
  process.on('message', ({ n, verb, arg }: Ask) => {
    const reply = (part: object) => void process.send?.({ n, ...part })
    Promise.resolve(verbs[verb])
      .then((work) => work?.(arg as never))
      .then((value) => reply({ value }))
      .catch((error: unknown) => reply({ error: textOf(error) }))
  })
}

const textOf = (error: unknown) =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)

/** The parent's side of a child process. It ends the child when it is disposed of. */
export class Peer implements AsyncDisposable {
  readonly child: ChildProcess
  readonly #name: string
  readonly #waiting = new Map<number, (reply: Reply) => void>()
  #asked = 0

  constructor(name: string, child: ChildProcess) {
    this.#name = name
    this.child = child
    child.on('message', (reply: Reply) => this.#settle(reply))
    child.on('exit', (code, signal) => {
      for (const n of [...this.#waiting.keys()]) {
        this.#settle({ n, error: `${name} ended (${signal ?? code})` })
      }
    })
  }

  get pid(): number {
    return this.child.pid ?? 0
  }

  #settle(reply: Reply): void {
    this.#waiting.get(reply.n)?.(reply)
    this.#waiting.delete(reply.n)
  }

  /** @param patience seconds */
  ask<T>(verb: string, arg?: unknown, patience = 30): Promise<T> {
    this.#asked += 1
    const n = this.#asked
    return new Promise<T>((resolve, reject) => {
      const late = setTimeout(
        () => this.#settle({ n, error: `${this.#name} did not ${verb} within ${patience} s` }),
        patience * 1000,
      )
      this.#waiting.set(n, (reply) => {
        clearTimeout(late)
        if ('error' in reply) reject(new Error(reply.error))
        else resolve(reply.value as T)
      })
      this.child.send({ n, verb, arg } satisfies Ask, (error) => {
        if (error) this.#settle({ n, error: `${this.#name} is gone` })
      })
    })
  }

  /** Asks it to end, by signal and by the end of its channel, and makes it end. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', patience = 10_000): Promise<void> {
    const { child } = this
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    if (child.connected) child.disconnect()
    const late = setTimeout(() => child.kill('SIGKILL'), patience)
    await ended
    clearTimeout(late)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }
}
