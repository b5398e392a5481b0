import type { Ack, CommandInput } from '../../../src/protocol/commands.ts'
import type { ControlFrame, ServerFrame } from '../../../src/protocol/frames.ts'
import type { Me, Summary } from '../../../src/protocol/http.ts'
import type { Api } from '../../../src/web/console/api.ts'
import { Desk } from '../../../src/web/console/desk/desk.ts'
import type { Connection, ConnectionOptions } from '../../../src/web/shared/connection.ts'
import { summary, WANG } from './samples.ts'

/** A browser's storage, in memory. */
export function aStorage(): Storage {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    clear: () => items.clear(),
    getItem: (key) => items.get(key) ?? null,
    key: (n) => [...items.keys()][n] ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => void items.set(key, value),
  }
}

interface Sent {
  command: CommandInput
  ack(seq: number): void
  fail(error: Error): void
}
type Line = Pick<ConnectionOptions, 'resume' | 'onFrame' | 'onStatus'>

/** A desk whose line is in the test's hand. */
export class DeskBench {
  readonly storage: Storage
  readonly sent: Sent[] = []
  readonly frames: ControlFrame[] = []
  readonly overHttp: CommandInput[] = []
  /** What `GET /api/threads?view=waiting` answers. */
  waiting: Summary[] = []
  ended = false
  up = true
  readonly desk: Desk
  #line!: Line

  constructor(storage = aStorage(), me: Me = WANG) {
    this.storage = storage
    this.desk = new Desk({
      me,
      storage,
      api: this.#api(),
      connect: (line) => {
        this.#line = line
        return this.#connection()
      },
      onEnded: () => {
        this.ended = true
      },
    })
  }

  get state() {
    return this.desk.store.get()
  }

  hear(frame: ServerFrame): void {
    this.#line.onFrame(frame)
  }

  welcome(): void {
    this.#line.onStatus('online')
    const desks = [{ id: 'water', name: '水科' }]
    this.hear({
      type: 'welcome',
      me: WANG,
      now: new Date().toISOString(),
      limits: {},
      threads: [],
      desks,
    })
  }

  end(why: string): void {
    this.#line.onStatus('ended', why)
  }

  resumed(): Record<string, number> {
    return this.#line.resume()
  }

  #connection(): Connection {
    const part: Pick<Connection, 'start' | 'stop' | 'send' | 'command'> = {
      start: () => {},
      stop: () => {},
      send: (frame) => {
        if (this.up) this.frames.push(frame)
        return this.up
      },
      command: (command) =>
        new Promise<Ack>((resolve, reject) => {
          const thread = 'thread' in command ? command.thread : ''
          const ack = (seq: number) => resolve({ id: command.id, thread, seq })
          this.sent.push({ command, ack, fail: reject })
        }),
    }
    return part as Connection
  }

  #api(): Api {
    const none = () => Promise.reject(new Error('not in this test'))
    return {
      session: none,
      signIn: none,
      signOut: none,
      searchFaq: none,
      calendar: none,
      directory: () => Promise.resolve({ desks: [{ id: 'water', name: '水科' }], people: [] }),
      threads: () => Promise.resolve({ items: this.waiting }),
      thread: (id) => Promise.resolve(summary(id)),
      command: (command) => {
        this.overHttp.push(command)
        return Promise.resolve({ id: command.id, thread: 't', seq: 2 })
      },
    }
  }
}

/** Lets promises that are already settled run on. */
export const settled = () => new Promise((resolve) => setImmediate(resolve))
