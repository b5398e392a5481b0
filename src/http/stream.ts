/** Reads on only as fast as the client does; ends where the client leaves. */
export function streamOf(parts: AsyncGenerator<string | Uint8Array>): ReadableStream<Uint8Array> {
  const utf8 = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(typeof value === 'string' ? utf8.encode(value) : value)
    },
    async cancel() {
      await parts.return(undefined)
    },
  })
}
