import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** A file that cannot be read as what it should be; the message says which and why. */
export class BadFile extends Error {}

/**
 * The JSON values of a file: one a line where its first line is one by itself, so that an export of
 * any size takes the memory of its longest line; else the file as a whole.
 * @throws BadFile
 */
export async function* jsonValues(file: string): AsyncGenerator<unknown> {
  let n = 0
  for await (const line of linesOf(file)) {
    n += 1
    const value = line.trim() === '' ? undefined : parse(line)
    if (value !== undefined) yield value
    else if (n === 1) return yield await wholeOf(file)
    else if (line.trim() !== '') throw new BadFile(`${file}, line ${n} is no JSON`)
  }
}

export async function wholeOf(file: string): Promise<unknown> {
  const value = parse(await textOf(file))
  if (value === undefined) throw new BadFile(`${file} is no JSON`)
  return value
}

export const textOf = (file: string) => readFile(file, 'utf8').catch(cannotRead(file))

const cannotRead = (file: string) => (error: unknown) => {
  const { code } = error as NodeJS.ErrnoException
  throw new BadFile(`${file} cannot be read (${code ?? String(error)})`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** By line feeds alone: what else ends a line for readers of text may stand inside a JSON text. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let parts: string[] = []
  const chunks = createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 18 })
  try {
    for await (const chunk of chunks as AsyncIterable<string>) {
      const [first = '', ...more] = chunk.split('\n')
      parts.push(first)
      for (const part of more) {
        yield parts.join('')
        parts = [part]
      }
    }
  } catch (error) {
    cannotRead(file)(error)
  }
  if (parts.some((part) => part !== '')) yield parts.join('')
}
