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

type Direction = 'up' | 'down'

class Faults {
  readonly pairs = new Set<Pair>()
  /** Connections to the server whose clients are gone. */
  readonly half = new Set<Socket>()
  isFrozen = false
  resetting: Direction | null = null

  get sockets(): Socket[] {
    return [...this.pairs].flatMap(({ near, far }) => [near, far])
  }

  join(pair: Pair): void {
    this.pairs.add(pair)
    this.#pipe(pair, pair.near, pair.far, 'up')
    this.#pipe(pair, pair.far, pair.near, 'down')
    if (this.isFrozen) for (const socket of [pair.near, pair.far]) socket.pause()
  }

  #pipe(pair: Pair, from: Socket, to: Socket, direction: Direction): void {
    from.on('data', (bytes: Buffer) => {
      if (this.resetting !== direction) return to.write(bytes)
      this.resetting = null
      to.write(bytes.subarray(0, bytes.length >> 1), () => {
        for (const socket of [pair.near, pair.far]) socket.resetAndDestroy()
      })
    })
    from.on('error', () => {})
    from.on('close', () => {
      this.pairs.delete(pair)
      if (!this.half.has(to)) to.destroy()
    })
  }

  freeze(isFrozen: boolean): void {
    this.isFrozen = isFrozen
    for (const socket of this.sockets) {
      if (isFrozen) socket.pause()
      else socket.resume()
    }
  }

  cut(): void {
    for (const socket of [...this.sockets, ...this.half]) socket.destroy()
  }

  halfOpen(): void {
    for (const { near, far } of this.pairs) {
      this.half.add(far)
      near.destroy()
    }
  }
}

export async function aWire(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target)
  const faults = new Faults()
  const server = createServer((near) => {
    faults.join({ near, far: connect(Number(port), hostname) })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${address.port}`,
    freeze: () => faults.freeze(true),
    thaw: () => faults.freeze(false),
    cut: () => faults.cut(),
    halfOpen: () => faults.halfOpen(),
    resetDuring(direction) {
      faults.resetting = direction
    },
    async [Symbol.asyncDispose]() {
      faults.cut()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
