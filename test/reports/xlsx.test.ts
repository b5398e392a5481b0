import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import type { Cell, Page } from '../../src/reports/cell.ts'
import { xlsxOf } from '../../src/reports/xlsx.ts'
import { figures } from '../support/figures.ts'
import { unzipped } from '../support/zip.ts'

const at = new Date('2026-11-24T02:00:00Z')
const sheetOf = (columns: number) => ({
  head: Array.from({ length: columns }, (_, i) => `列${i + 1}`),
  widths: Array.from({ length: columns }, () => 12),
  name: '咨询',
  at,
})
async function* pagesOf(...rows: Cell[][]): AsyncGenerator<Page> {
  yield { done: rows.length, rows }
}

async function written(...rows: Cell[][]) {
  const pieces = await Array.fromAsync(xlsxOf(sheetOf(rows[0]!.length), pagesOf(...rows)))
  const files = unzipped(Buffer.concat(pieces.map(({ bytes }) => bytes)))
  const sheet = files.get('xl/worksheets/sheet1.xml')!.toString()
  return { files, sheet, cells: cellsOf(sheet).slice(1) }
}

/** The cells of each row, as they stand there. */
const cellsOf = (sheet: string) =>
  [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) =>
    [...row!.matchAll(/<c\b[^>]*?(?:\/>|>.*?<\/c>)/gs)].map(([cell]) => cell),
  )
const textIn = (cell: string | undefined) => /<t [^>]*>(.*)<\/t>/s.exec(cell ?? '')?.[1]

describe('a workbook', () => {
  it('has the parts that spreadsheets ask for, and every one is named by another', async () => {
    const { files } = await written(['甲'])
    expect([...files.keys()].sort()).toEqual([
      '[Content_Types].xml',
      '_rels/.rels',
      'xl/_rels/workbook.xml.rels',
      'xl/styles.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet1.xml',
    ])
    const types = files.get('[Content_Types].xml')!.toString()
    for (const path of ['workbook', 'styles', 'worksheets/sheet1']) {
      expect(types).toContain(`PartName="/xl/${path}.xml"`)
    }
    expect(files.get('xl/workbook.xml')!.toString()).toContain('sheet name="咨询"')
  })

  it('writes numbers as numbers, times as times on the wall in Shanghai, nothing as nothing', async () => {
    const { cells } = await written([3, 0.5, new Date('2026-11-24T02:00:00Z'), null, '3'])
    expect(cells[0]!.slice(0, 2)).toEqual(['<c><v>3</v></c>', '<c><v>0.5</v></c>'])
    const serial = Number(/<v>(.*)<\/v>/.exec(cells[0]![2]!)![1])
    // spreadsheets count days from 1899-12-30
    const shown = new Date(Date.UTC(1899, 11, 30) + Math.round(serial * 86_400_000))
    expect(shown.toISOString()).toBe('2026-11-24T10:00:00.000Z')
    expect(cells[0]![3]).toBe('<c/>')
    expect(cells[0]![4]).toContain('t="inlineStr"')
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', ' =1', '＝1'])(
    'keeps %j a text',
    async (text) => {
      const { cells, sheet } = await written([text])
      expect(cells[0]![0]).toContain('t="inlineStr"')
      expect(textIn(cells[0]![0])).toBe(`'${text}`)
      expect(sheet).not.toContain('<f')
    },
  )

  it('says what XML can say of a text, and is XML whatever is in it', async () => {
    const { cells } = await written([
      'a\u0000\u0001\u000B\u001F\uFFFEb',
      '<b>&amp;"\'</b>]]>',
      '_x000D_',
      'x\ud800y',
      '一\r\n二',
      '😀\u202E',
    ])
    expect(cells[0]!.map(textIn)).toEqual([
      'ab',
      `&lt;b&gt;&amp;amp;&quot;'&lt;/b&gt;]]&gt;`,
      '_x005F_x000D_',
      'x\uFFFDy',
      '一&#13;\n二',
      '😀\u202E',
    ])
  })

  it('cuts a text at the longest that a cell may have', async () => {
    const { cells } = await written(['字'.repeat(40_000)])
    expect(textIn(cells[0]![0])).toHaveLength(32_767)
  })

  it('freezes its heading and lets every column be filtered, beyond Z too', async () => {
    const { sheet } = await written(Array.from({ length: 28 }, () => 1))
    expect(sheet).toContain('state="frozen"')
    expect(sheet).toContain('<autoFilter ref="A1:AB2"/>')
  })

  it('of 50,000 rows is never whole in memory, and made no faster than it is read', async () => {
    const [ROWS, PAGE] = [50_000, 50]
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const inHand = () => {
      collect()
      const { heapUsed, external } = process.memoryUsage()
      return heapUsed + external
    }
    let given = 0
    async function* pages(): AsyncGenerator<Page> {
      for (let done = PAGE; done <= ROWS; done += PAGE) {
        given = done
        const row = (i: number): Cell[] => [`${done}-${i}`, at, ...Array(38).fill(`值${i}`), i]
        yield { done, rows: Array.from({ length: PAGE }, (_, i) => row(i)) }
      }
    }
    const before = inHand()
    let [most, length, ahead] = [0, 0, 0]
    for await (const { done, bytes } of xlsxOf(sheetOf(41), pages())) {
      length += bytes.length
      ahead = Math.max(ahead, given - done)
      if (done % 5_000 === 0) most = Math.max(most, inHand() - before)
    }
    figures('xlsx', { rows: ROWS, length, most })
    expect(given).toBe(ROWS)
    expect(ahead).toBeLessThanOrEqual(PAGE)
    // the sheet itself is some 150 MB of XML
    expect(most).toBeLessThan(16 * 2 ** 20)
  }, 120_000)
})
