import { describe, expect, it } from 'vitest'
import type { Ack, CommandInput } from '../../src/protocol/commands.ts'
import { Disconnected, Refused } from '../../src/web/shared/connection.ts'
import { Drawer } from '../../src/web/widget/model/drawer.ts'
import { Outbox, type Outgoing } from '../../src/web/widget/model/outbox.ts'
import { settled } from './line-double.ts'

/** A browser's storage, as far as a drawer uses it. */
class FakeStorage extends Map<string, string> {
  get length() {
    return this.size
  }
  key = (i: number) => [...this.keys()][i] ?? null
  getItem = (key: string) => this.get(key) ?? null
  setItem = (key: string, value: string) => void this.set(key, value)
  removeItem = (key: string) => void this.delete(key)
}

/** One page with its outbox; what it sends is answered by the test. */
class Page {
  items: readonly Outgoing[] = []
  readonly sent: CommandInput[] = []
  #answers: { resolve(ack: Ack): void; reject(error: Error): void }[] = []
  readonly outbox = new Outbox({
    send: (command) => {
      this.sent.push(command)
      return new Promise((resolve, reject) => this.#answers.push({ resolve, reject }))
    },
    onChange: (items) => {
      this.items = items
    },
    onAck: () => {},
  })

  constructor(storage?: FakeStorage, who = 'zhou') {
    if (storage) this.outbox.open(new Drawer('out', who, storage as unknown as Storage))
  }

  write(text: string, more: Partial<Outgoing> = { thread: 't' }): Outgoing {
    const type = more.thread || more.ask ? 'say' : 'ask'
    return this.outbox.add({
      type,
      text,
      at: `2026-11-23T02:00:0${this.items.length}Z`,
      base: 0,
      ...more,
    })
  }

  async ack(seq = 1, thread = 't'): Promise<void> {
    const { id } = this.sent[this.sent.length - 1]!
    this.#answers.shift()!.resolve({ id, thread, seq })
    await settled()
  }

  async refuse(error: Error): Promise<void> {
    this.#answers.shift()!.reject(error)
    await settled()
  }
}

describe('words on their way', () => {
  it('are stored before they are sent, and no longer once they are acknowledged', async () => {
    const storage = new FakeStorage()
    const page = new Page(storage)
    page.write('你好')
    expect(storage.size).toBe(1)
    await page.ack()
    expect(storage.size).toBe(0)
    expect(page.items).toMatchObject([{ seq: 1, text: '你好' }])
    page.outbox.arrived('t', 1)
    expect(page.items).toEqual([])
  })

  it('survive a reload and go again under the same id', async () => {
    const storage = new FakeStorage()
    const { id } = new Page(storage).write('夜里问的')
    const reloaded = new Page(storage)
    expect(reloaded.sent).toMatchObject([{ id, type: 'say', text: '夜里问的' }])
  })

  it('are sent one after the other, in the order of their writing', async () => {
    const storage = new FakeStorage()
    const before = new Page(storage)
    before.write('一')
    before.write('二')
    const page = new Page(storage)
    page.write('三')
    await page.ack(1)
    await page.ack(2)
    await page.ack(3)
    expect(page.sent.map((command) => 'text' in command && command.text)).toEqual([
      '一',
      '二',
      '三',
    ])
  })

  it('follow their question into the thread that it opens, also over a reload', async () => {
    const storage = new FakeStorage()
    const page = new Page(storage)
    const { id } = page.write('问题', {})
    page.write('补充', { ask: id })
    expect(page.sent).toHaveLength(1)
    await page.ack(1, 'new')
    expect(page.sent[1]).toMatchObject({ type: 'say', thread: 'new', text: '补充' })
    expect(new Page(storage).sent).toMatchObject([{ type: 'say', thread: 'new' }])
  })

  it('wait for the person when they are refused, and let others pass', async () => {
    const page = new Page(new FakeStorage())
    const first = page.write('一')
    page.write('二')
    await page.refuse(new Refused('wrong-state', ''))
    expect(page.items[0]).toMatchObject({ failed: 'wrong-state' })
    await page.ack(2)
    page.outbox.retry(first.id)
    expect(page.sent.map(({ id }) => id)).toEqual([first.id, page.sent[1]!.id, first.id])
  })

  it('stay stored when the connection ends, and go with the next page', async () => {
    const storage = new FakeStorage()
    const page = new Page(storage)
    page.write('没发完')
    await page.refuse(new Disconnected('4403'))
    expect(page.items).toMatchObject([{ text: '没发完' }])
    expect(page.items[0]).not.toHaveProperty('failed')
    expect(new Page(storage).sent).toHaveLength(1)
  })

  it('can be taken back, with what follows them', () => {
    const storage = new FakeStorage()
    const page = new Page(storage)
    const { id } = page.write('问题', {})
    page.write('补充', { ask: id })
    expect(page.outbox.discard(id)).toBe('问题')
    expect(page.items).toEqual([])
  })

  it('are never sent in another person’s name', () => {
    const storage = new FakeStorage()
    new Page(storage, 'zhou').write('周的话')
    expect(new Page(storage, 'wu').sent).toEqual([])
  })

  it('written before it is known who writes are stored as soon as it is', () => {
    const storage = new FakeStorage()
    const page = new Page()
    page.write('先写的')
    page.outbox.open(new Drawer('out', 'zhou', storage as unknown as Storage))
    expect(storage.size).toBe(1)
  })

  it('live as long as the page where nothing can be stored', async () => {
    const broken = new Drawer<Outgoing>('out', 'zhou', {
      get length(): number {
        throw new Error('forbidden')
      },
      setItem() {
        throw new Error('full')
      },
    } as unknown as Storage)
    const page = new Page()
    page.outbox.open(broken)
    page.write('你好')
    await page.ack()
    expect(page.items).toMatchObject([{ seq: 1 }])
  })
})
