import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import postgres from 'postgres'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'

/** What we are measured against: bare `ws` and one INSERT a message; no product at all. */
const sql = postgres(process.env.DATABASE_URL ?? '', { max: 10, onnotice: () => {} })
await sql`create table if not exists floor_messages (id bigserial primary key,
  thread text not null, sender text not null, body text not null, at timestamptz default now())`
const rooms = new Map<string, Set<WebSocket>>()

async function hear(ws: WebSocket, by: { id: string }, data: RawData): Promise<void> {
  const { type, id, thread, text, me, threads } = JSON.parse(data.toString())
  if (type === 'hello') {
    Object.assign(by, me)
    for (const joined of threads) {
      rooms.set(joined, (rooms.get(joined) ?? new Set<WebSocket>()).add(ws))
    }
    ws.on('close', () => {
      for (const joined of threads) rooms.get(joined)?.delete(ws)
    })
    return ws.send(JSON.stringify({ type: 'welcome' }))
  }
  const [row] = await sql`insert into floor_messages (thread, sender, body)
    values (${thread}, ${by.id}, ${text}) returning id, at`
  const { id: seq, at } = row!
  ws.send(JSON.stringify({ type: 'ack', id, thread, seq }))
  const news = JSON.stringify({ type: 'entry', thread, seq, at, kind: 'said', by, body: { text } })
  for (const other of rooms.get(thread) ?? []) if (other !== ws) other.send(news)
}

const server = createServer()
const wss = new WebSocketServer({ server, perMessageDeflate: false, maxPayload: 65_536 })
wss.on('connection', (ws) => {
  const by = { id: '' }
  ws.on('message', (data) => void hear(ws, by, data))
})
server.listen(0, '127.0.0.1', 8192, () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`)
})
process.once('SIGTERM', () => process.exit(0))
