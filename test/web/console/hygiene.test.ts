import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const CONSOLE = join(import.meta.dirname, '../../../src/web/console')
const sources = readdirSync(CONSOLE, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, text: readFileSync(join(CONSOLE, file), 'utf8') }))
const filesWith = (pattern: RegExp) =>
  sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file)

describe('the console’s sources', () => {
  it('turn no text into markup or code', () => {
    const forbidden =
      /dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(/
    expect(filesWith(forbidden)).toEqual([])
  })

  it('say every Chinese word from the wording', () => {
    const own = ['wording.ts', 'words.ts', 'thread/milestones.ts', 'desk/clocks.ts']
    const withoutComments = sources.map(({ file, text }) => ({
      file,
      text: text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''),
    }))
    const speaking = withoutComments.filter(({ text }) => /\p{Script=Han}/u.test(text))
    expect(speaking.map(({ file }) => file).filter((file) => !own.includes(file))).toEqual([])
  })

  it('bring no schema library along', () => {
    expect(
      filesWith(
        /^import (?!type)[^\n]*(?:\n {2}[^\n]*)*?from '(?:\.\.\/)+protocol\/(?!vocabulary|refusals)/m,
      ),
    ).toEqual([])
  })
})
