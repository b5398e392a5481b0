import type { Ack, CommandInput } from '../../../protocol/commands.ts'
import { Refused } from '../../shared/connection.ts'
import { mintId } from '../../shared/mint.ts'
import { acked, asCommand, change, type Outgoing, settle } from './outbox.ts'
import { headOf, NO_RECORD } from './record.ts'
import type { DeskState } from './state.ts'
import type { Store } from './store.ts'

export interface Ways {
  command(command: CommandInput): Promise<Ack>
  /** The second way, for when the socket hangs; the id makes it the same command. */
  overHttp(command: CommandInput): Promise<Ack>
}

/** Sends replies and notes; what has no ack stays visible, and survives a reload of the tab. */
export class Mailer {
  readonly #me: string
  readonly #store: Store<DeskState>
  readonly #storage: Storage
  readonly #ways: Ways

  constructor(me: string, store: Store<DeskState>, storage: Storage, ways: Ways) {
    this.#me = me
    this.#store = store
    this.#storage = storage
    this.#ways = ways
  }

  /** What an earlier page of this tab left unsent is shown as such, and goes only when asked. */
  restore(): void {
    try {
      const kept = JSON.parse(this.#storage.getItem(this.#key) ?? '[]') as Outgoing[]
      this.#put(kept.map((item) => ({ ...item, state: 'failed' as const })))
    } catch {
      this.#storage.removeItem(this.#key)
    }
  }

  send(type: Outgoing['type'], thread: string, text: string): void {
    const { records, outbox } = this.#store.get()
    const after = headOf(records.get(thread) ?? NO_RECORD)
    const item = {
      id: mintId(),
      type,
      thread,
      text,
      at: Date.now(),
      after,
      state: 'sending',
    } as const
    this.#put([...outbox, item])
    void this.#deliver(item, this.#ways.command)
  }

  /** The same id again: whatever happened to the first try, it is stored once. */
  retry(id: string): void {
    const item = this.#store.get().outbox.find((one) => one.id === id)
    if (!item || item.seq !== undefined) return
    const hangs = item.state === 'sending'
    this.#put(change(this.#store.get().outbox, id, { state: 'sending', at: Date.now() }))
    void this.#deliver(item, hangs ? this.#ways.overHttp : this.#ways.command)
  }

  /** Taken back, for instance into the composer. */
  discard(id: string): void {
    this.#put(this.#store.get().outbox.filter((item) => item.id !== id))
  }

  /** Entries have come: what became one of them is done. */
  settle(thread: string): void {
    const { outbox, records } = this.#store.get()
    const { entries } = records.get(thread) ?? NO_RECORD
    const next = settle(outbox, thread, entries, this.#me)
    if (next !== outbox) this.#put(next)
  }

  async #deliver(item: Outgoing, way: Ways['command']): Promise<void> {
    try {
      const ack = await way(asCommand(item))
      this.#put(acked(this.#store.get().outbox, item.id, ack.seq))
      this.settle(item.thread)
    } catch (error) {
      const why = error instanceof Refused ? error.message : ''
      this.#put(change(this.#store.get().outbox, item.id, { state: 'failed', why }))
    }
  }

  get #key(): string {
    return `shouwen.outbox.${this.#me}`
  }

  #put(outbox: readonly Outgoing[]): void {
    this.#store.patch({ outbox })
    const unsent = outbox.filter((item) => item.seq === undefined)
    if (unsent.length === 0) this.#storage.removeItem(this.#key)
    else this.#storage.setItem(this.#key, JSON.stringify(unsent))
  }
}
