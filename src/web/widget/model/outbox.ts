import type { Ack, CommandInput } from '../../../protocol/commands.ts'
import { Disconnected, Refused } from '../../shared/connection.ts'
import { mintId } from '../../shared/mint.ts'
import { commandOf, fresh, type Outgoing, type OutgoingFile, withoutFileIds } from './outgoing.ts'
import type { Store } from './store.ts'

interface OutboxOptions {
  send(command: CommandInput): Promise<Ack>
  /** Gives the file's id; tells what share of it has arrived. */
  upload(file: OutgoingFile, told: (share: number) => void): Promise<string>
  onChange(items: readonly Outgoing[]): void
  onAck(item: Outgoing, ack: Ack): void
}

/** Sends one after the other, so that words arrive in the order in which they were written. */
export class Outbox {
  readonly #options: OutboxOptions
  #items: readonly Outgoing[] = []
  #store: Store<Outgoing> | undefined
  #stored: Promise<unknown> = Promise.resolve()
  #busy = false

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  /** What was left by an earlier page, under the same ids. Nothing is sent before. */
  async open(store: Store<Outgoing>): Promise<void> {
    const left = await store.all()
    this.#store = store
    for (const item of this.#items) this.#save(item)
    const known = new Set(this.#items.map(({ id }) => id))
    const older = left.filter(({ id }) => !known.has(id)).sort((a, b) => (a.at < b.at ? -1 : 1))
    this.#set([...older.map(fresh), ...this.#items])
    void this.#pump()
  }

  add(item: Omit<Outgoing, 'id'>): Outgoing {
    const outgoing = { ...item, id: mintId() }
    this.#save(outgoing)
    this.#set([...this.#items, outgoing])
    void this.#pump()
    return outgoing
  }

  retry(id: string): void {
    this.#change(id, fresh)
    void this.#pump()
  }

  /** Gives the words back, so that they can be put elsewhere. */
  discard(id: string): string | undefined {
    const item = this.#find(id)
    for (const one of this.#items) if (one.id === id || one.ask === id) this.#forget(one.id)
    this.#set(this.#items.filter((one) => one.id !== id && one.ask !== id))
    return item?.text
  }

  /** The entries up to `seq` are on the screen: what they hold need not be shown twice. */
  arrived(thread: string, seq: number): void {
    const gone = (item: Outgoing) => item.thread === thread && (item.seq ?? seq + 1) <= seq
    if (this.#items.some(gone)) this.#set(this.#items.filter((item) => !gone(item)))
  }

  async #pump(): Promise<void> {
    if (this.#busy || !this.#store) return
    this.#busy = true
    for (let item = this.#next(); item; item = this.#next()) {
      try {
        await this.#stored
        await this.#uploadFiles(item.id)
        const ready = this.#find(item.id)
        if (ready) this.#acked(ready, await this.#options.send(commandOf(ready)))
      } catch (error) {
        // The connection has ended for good; the words stay stored for the next page.
        if (error instanceof Disconnected) break
        const code = error instanceof Refused ? error.code : 'unknown'
        // A file that nobody used for a day is gone; `retry` sends it again.
        const keep = code === 'not-found' ? withoutFileIds : (one: Outgoing) => one
        this.#change(item.id, (one) => ({ ...keep(one), failed: code }))
      }
    }
    this.#busy = false
  }

  async #uploadFiles(id: string): Promise<void> {
    const count = this.#find(id)?.files?.length ?? 0
    for (let i = 0; i < count; i++) {
      // Asked for anew each time: the person may have taken it back meanwhile.
      const file = this.#find(id)?.files?.[i]
      if (!file || file.id !== undefined) continue
      const told = (share: number) =>
        this.#change(id, (one) => ({ ...one, done: (i + share) / count }))
      told(0)
      const arrived = { ...file, id: await this.#options.upload(file, told) }
      this.#change(id, (one) => ({
        ...one,
        files: (one.files ?? []).map((other, at) => (at === i ? arrived : other)),
      }))
      const item = this.#find(id)
      if (item) this.#save(item)
    }
  }

  #next(): Outgoing | undefined {
    return this.#items.find(
      (item) =>
        item.seq === undefined &&
        item.failed === undefined &&
        (item.type === 'ask' || item.thread !== undefined),
    )
  }

  #acked(sent: Outgoing, ack: Ack): void {
    const items = this.#items.map((item) => {
      if (item.id === sent.id) return { ...item, thread: ack.thread, seq: ack.seq }
      return item.ask === sent.id ? { ...item, thread: ack.thread } : item
    })
    // Those that follow an `ask` must know their thread before the `ask` is forgotten.
    for (const item of items) if (item.ask === sent.id) this.#save(item)
    this.#forget(sent.id)
    this.#set(items)
    this.#options.onAck(sent, ack)
  }

  #save(item: Outgoing): void {
    if (item.seq !== undefined) return
    this.#stored = this.#stored.then(() => this.#store?.put(item.id, fresh(item)))
  }

  #forget(id: string): void {
    this.#stored = this.#stored.then(() => this.#store?.remove(id))
  }

  #find(id: string): Outgoing | undefined {
    return this.#items.find((item) => item.id === id)
  }

  #change(id: string, change: (item: Outgoing) => Outgoing): void {
    this.#set(this.#items.map((item) => (item.id === id ? change(item) : item)))
  }

  #set(items: readonly Outgoing[]): void {
    this.#items = items
    this.#options.onChange(items)
  }
}
