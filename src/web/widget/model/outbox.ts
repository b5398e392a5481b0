import type { Ack, CommandInput } from '../../../protocol/commands.ts'
import { Disconnected, Refused } from '../../shared/connection.ts'
import { mintId } from '../../shared/mint.ts'
import type { Drawer } from './drawer.ts'

/** Words on their way. They are stored before they are sent and go under one id, however often. */
export interface Outgoing {
  id: string
  type: 'ask' | 'say' | 'reopen'
  text: string
  at: string
  /** Absent while the `ask` that opens the thread is itself on its way: then `ask` names it. */
  thread?: string
  ask?: string
  /** Last seq on the screen when it was written: an entry after it may be this one. */
  base: number
  /** Why it was refused; waits for the person. */
  failed?: string
  /** Acknowledged under this seq; shown until the entry itself is here. */
  seq?: number
}

interface OutboxOptions {
  send(command: CommandInput): Promise<Ack>
  onChange(items: readonly Outgoing[]): void
  onAck(item: Outgoing, ack: Ack): void
}

/** Sends one after the other, so that words arrive in the order in which they were written. */
export class Outbox {
  readonly #options: OutboxOptions
  #items: readonly Outgoing[] = []
  #drawer: Drawer<Outgoing> | undefined
  #busy = false

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  /** What was left by an earlier page, under the same ids. */
  open(drawer: Drawer<Outgoing>): void {
    this.#drawer = drawer
    for (const item of this.#items) if (item.seq === undefined) drawer.put(item.id, item)
    const known = new Set(this.#items.map(({ id }) => id))
    const left = drawer.all().filter(({ id }) => !known.has(id))
    left.sort((a, b) => (a.at < b.at ? -1 : 1))
    this.#set([...left.map(({ failed: _, ...item }) => item), ...this.#items])
    void this.#pump()
  }

  add(item: Omit<Outgoing, 'id'>): Outgoing {
    const outgoing = { ...item, id: mintId() }
    this.#drawer?.put(outgoing.id, outgoing)
    this.#set([...this.#items, outgoing])
    void this.#pump()
    return outgoing
  }

  retry(id: string): void {
    this.#set(this.#items.map((item) => (item.id === id ? without(item) : item)))
    void this.#pump()
  }

  /** Gives the words back, so that they can be put elsewhere. */
  discard(id: string): string | undefined {
    const item = this.#items.find((one) => one.id === id)
    this.#drawer?.remove(id)
    this.#set(this.#items.filter((one) => one.id !== id && one.ask !== id))
    return item?.text
  }

  /** The entries up to `seq` are on the screen: what they hold need not be shown twice. */
  arrived(thread: string, seq: number): void {
    const gone = (item: Outgoing) => item.thread === thread && (item.seq ?? seq + 1) <= seq
    if (this.#items.some(gone)) this.#set(this.#items.filter((item) => !gone(item)))
  }

  async #pump(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    for (let item = this.#next(); item; item = this.#next()) {
      try {
        this.#acked(item, await this.#options.send(commandOf(item)))
      } catch (error) {
        // The connection has ended for good; the words stay stored for the next page.
        if (error instanceof Disconnected) break
        const failed = error instanceof Refused ? error.code : 'unknown'
        this.#set(this.#items.map((one) => (one.id === item!.id ? { ...one, failed } : one)))
      }
    }
    this.#busy = false
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
    for (const item of items) if (item.ask === sent.id) this.#drawer?.put(item.id, item)
    this.#drawer?.remove(sent.id)
    this.#set(items)
    this.#options.onAck(sent, ack)
  }

  #set(items: readonly Outgoing[]): void {
    this.#items = items
    this.#options.onChange(items)
  }
}

const without = ({ failed: _, ...item }: Outgoing): Outgoing => item

function commandOf({ id, type, text, thread }: Outgoing): CommandInput {
  if (type === 'ask') return { type, id, text }
  return { type, id, thread: thread!, text }
}
