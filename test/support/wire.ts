import { connect, createServer, type Socket } from 'node:net'

interface Pair {
  /** Towards the client. */
  near: Socket
  /** Towards the server. */
  far: Socket
}

/** A wire between clients and a server that can be ill-treated, as a mobile network does it. */
export interface Wire extends AsyncDisposable {
  /** Where clients go; a server behind it has another origin. */
  readonly url: string
  readonly open: number
  /** Nothing passes any more, either way, and no connection ends. */
  freeze(): void
  /** What was held back passes. */
  thaw(): void
  /** Ends every connection in both directions. */
  cut(): void
  /** The clients are gone and the server never hears of it. */
  halfOpen(): void
  /** Of what passes next in that direction only the first half does; then both sides get a RST. */
  resetDuring(direction: 'up' | 'down'): void
}

export async function aWire(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target)
  const pairs = new Set<Pair>()
  const half = new Set<Socket>()
  let isFrozen = false
  let resetting: 'up' | 'down' | null = null

  const reset = ({ near, far }: Pair) => {
    near.resetAndDestroy()
    far.resetAndDestroy()
  }
  const pipe = (pair: Pair, from: Socket, to: Socket, direction: 'up' | 'down') => {
    from.on('data', (bytes: Buffer) => {
      if (resetting !== direction) return to.write(bytes)
      resetting = null
      to.write(bytes.subarray(0, bytes.length >> 1), () => reset(pair))
    })
    from.on('error', () => {})
    from.on('close', () => {
      pairs.delete(pair)
      if (!half.has(to)) to.destroy()
    })
  }
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    const pair = { near, far }
    pairs.add(pair)
    pipe(pair, near, far, 'up')
    pipe(pair, far, near, 'down')
    if (isFrozen) for (const socket of [near, far]) socket.pause()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const sockets = () => [...pairs].flatMap(({ near, far }) => [near, far])
  const cut = () => {
    for (const socket of [...sockets(), ...half]) socket.destroy()
  }
  const address = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${address.port}`,
    get open() {
      return pairs.size
    },
    freeze() {
      isFrozen = true
      for (const socket of sockets()) socket.pause()
    },
    thaw() {
      isFrozen = false
      for (const socket of sockets()) socket.resume()
    },
    cut,
    halfOpen() {
      for (const { near, far } of pairs) {
        half.add(far)
        near.destroy()
      }
    },
    resetDuring(direction) {
      resetting = direction
    },
    async [Symbol.asyncDispose]() {
      cut()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
