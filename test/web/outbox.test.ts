import { describe, expect, it } from 'vitest'
import type { Ack, CommandInput } from '../../src/protocol/commands.ts'
import { Disconnected, Refused } from '../../src/web/shared/connection.ts'
import { Outbox } from '../../src/web/widget/model/outbox.ts'
import type { Outgoing, OutgoingFile } from '../../src/web/widget/model/outgoing.ts'
import type { Store } from '../../src/web/widget/model/store.ts'
import { settled } from './line-double.ts'

/** What several pages of one person share; the real one is tried in the browser tests. */
class Shelf extends Map<string, Outgoing> implements Store<Outgoing> {
  all = async () => [...this.values()]
  put = async (id: string, item: Outgoing) => void this.set(id, item)
  remove = async (id: string) => void this.delete(id)
}

/** One page with its outbox; what it sends is answered by the test. */
class Page {
  items: readonly Outgoing[] = []
  readonly sent: CommandInput[] = []
  readonly uploads: { file: OutgoingFile; yes(id: string): void; no(error: Error): void }[] = []
  #answers: { resolve(ack: Ack): void; reject(error: Error): void }[] = []
  readonly outbox = new Outbox({
    send: (command) => {
      this.sent.push(command)
      return new Promise((resolve, reject) => this.#answers.push({ resolve, reject }))
    },
    upload: (file, told) => {
      told(0.5)
      return new Promise((yes, no) => this.uploads.push({ file, yes, no }))
    },
    onChange: (items) => {
      this.items = items
    },
    onAck: () => {},
  })

  static async on(store: Store<Outgoing>): Promise<Page> {
    const page = new Page()
    await page.outbox.open(store)
    await settled()
    return page
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

const aFile = (name: string): OutgoingFile => ({
  key: name,
  name,
  type: 'application/pdf',
  blob: new Blob(['%PDF-1.4']),
})

describe('words on their way', () => {
  it('are stored before they are sent, and no longer once they are acknowledged', async () => {
    const shelf = new Shelf()
    const page = await Page.on(shelf)
    page.write('你好')
    expect(page.sent).toEqual([])
    await settled()
    expect([shelf.size, page.sent.length]).toEqual([1, 1])
    await page.ack()
    expect(shelf.size).toBe(0)
    expect(page.items).toMatchObject([{ seq: 1, text: '你好' }])
    page.outbox.arrived('t', 1)
    expect(page.items).toEqual([])
  })

  it('survive a reload and go again under the same id', async () => {
    const shelf = new Shelf()
    const { id } = (await Page.on(shelf)).write('夜里问的')
    await settled()
    const reloaded = await Page.on(shelf)
    expect(reloaded.sent).toMatchObject([{ id, type: 'say', text: '夜里问的' }])
  })

  it('are sent one after the other, in the order of their writing', async () => {
    const shelf = new Shelf()
    const before = await Page.on(shelf)
    before.write('一')
    before.write('二')
    await settled()
    const page = await Page.on(shelf)
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
    const shelf = new Shelf()
    const page = await Page.on(shelf)
    const { id } = page.write('问题', {})
    page.write('补充', { ask: id })
    await settled()
    expect(page.sent).toHaveLength(1)
    await page.ack(1, 'new')
    expect(page.sent[1]).toMatchObject({ type: 'say', thread: 'new', text: '补充' })
    expect((await Page.on(shelf)).sent).toMatchObject([{ type: 'say', thread: 'new' }])
  })

  it('wait for the person when they are refused, and let others pass', async () => {
    const page = await Page.on(new Shelf())
    const first = page.write('一')
    page.write('二')
    await settled()
    await page.refuse(new Refused('wrong-state', ''))
    expect(page.items[0]).toMatchObject({ failed: 'wrong-state' })
    await page.ack(2)
    page.outbox.retry(first.id)
    await settled()
    expect(page.sent.map(({ id }) => id)).toEqual([first.id, page.sent[1]!.id, first.id])
  })

  it('stay stored when the connection ends, and go with the next page', async () => {
    const shelf = new Shelf()
    const page = await Page.on(shelf)
    page.write('没发完')
    await settled()
    await page.refuse(new Disconnected('4403'))
    expect(page.items).toMatchObject([{ text: '没发完' }])
    expect(page.items[0]).not.toHaveProperty('failed')
    expect((await Page.on(shelf)).sent).toHaveLength(1)
  })

  it('can be taken back, with what follows them, and are not stored any more', async () => {
    const shelf = new Shelf()
    const page = await Page.on(shelf)
    const { id } = page.write('问题', {})
    page.write('补充', { ask: id })
    expect(page.outbox.discard(id)).toBe('问题')
    await settled()
    expect([page.items, shelf.size]).toEqual([[], 0])
  })

  it('wait until it is known who writes, and are stored and sent then', async () => {
    const page = new Page()
    page.write('先写的')
    await settled()
    expect(page.sent).toEqual([])
    const shelf = new Shelf()
    await page.outbox.open(shelf)
    await settled()
    expect([shelf.size, page.sent.length]).toEqual([1, 1])
  })

  it('go with the ids of their files, which are uploaded first', async () => {
    const shelf = new Shelf()
    const page = await Page.on(shelf)
    page.write('看照片', { thread: 't', files: [aFile('甲.pdf'), aFile('乙.pdf')] })
    await settled()
    expect([page.sent, page.items[0]!.done]).toEqual([[], 0.25])
    page.uploads[0]!.yes('f1')
    await settled()
    expect([...shelf.values()][0]!.files![0]).toMatchObject({ id: 'f1' })
    page.uploads[1]!.yes('f2')
    await settled()
    expect(page.sent).toMatchObject([{ text: '看照片', files: ['f1', 'f2'] }])
  })

  it('do not upload again after a reload what has already arrived', async () => {
    const shelf = new Shelf()
    const page = await Page.on(shelf)
    page.write('', { thread: 't', files: [aFile('甲.pdf'), aFile('乙.pdf')] })
    await settled()
    page.uploads[0]!.yes('f1')
    await settled()
    const reloaded = await Page.on(shelf)
    expect(reloaded.uploads.map(({ file }) => file.name)).toEqual(['乙.pdf'])
  })

  it('whose file is refused wait for the person, who may take them back meanwhile', async () => {
    const page = await Page.on(new Shelf())
    const { id } = page.write('', { thread: 't', files: [aFile('甲.pdf')] })
    await settled()
    page.uploads[0]!.no(new Refused('unsupported-type', ''))
    await settled()
    expect(page.items).toMatchObject([{ failed: 'unsupported-type' }])
    page.outbox.retry(id)
    await settled()
    page.outbox.discard(id)
    page.uploads[1]!.yes('f1')
    await settled()
    expect([page.items, page.sent]).toEqual([[], []])
  })

  it('send their files again when these lay unused for too long', async () => {
    const page = await Page.on(new Shelf())
    const { id } = page.write('', { thread: 't', files: [aFile('甲.pdf')] })
    await settled()
    page.uploads[0]!.yes('gone')
    await settled()
    await page.refuse(new Refused('not-found', ''))
    page.outbox.retry(id)
    await settled()
    expect(page.uploads).toHaveLength(2)
  })
})
