import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../src/db/db.ts'
import { maskText, PERSONAL } from '../../src/record/personal.ts'
import { freshDatabase } from '../support/server.ts'

let database: Database
beforeAll(async () => {
  database = openDatabase(await freshDatabase())
})
afterAll(() => database[Symbol.asyncDispose]())

/** What the list's search sees of it, in PostgreSQL's own reading of the same pattern. */
async function inSearch(text: string): Promise<string> {
  const [row] = await database.sql`select regexp_replace(${text}, ${PERSONAL}, '*', 'g') as seen`
  return row!.seen as string
}

describe('for a curator, is masked', () => {
  it.each([
    ['13800001234'],
    ['138 0000 1234'],
    ['138-0000-1234'],
    ['138—0000—1234'],
    ['138.0000.1234'],
    ['1 3 8 0 0 0 0 1 2 3 4'],
    ['１３８００００１２３４'],
    ['１３８ ００００ １２３４'],
    ['+86 13800001234'],
    ['8613800001234'],
    ['0571-88886666'],
    ['0571 8888 6666'],
    ['(0571)88886666'],
    ['（0571）8888-6666'],
    ['０５７１－８８８８６６６６'],
    ['010-12345678'],
    ['86543217'],
    ['电话：8654-3217'],
    ['330102199001011234'],
    ['33010219900101123X'],
    ['330102 19900101 1234'],
    ['330102-1990-0101-123x'],
    ['３３０１０２１９９００１０１１２３Ｘ'],
    ['6222021001112223334'],
    ['6222 0210 0111 2223 334'],
    ['chen.xm@example.com'],
    ['chen＠example.com'],
    ['浙A12345'],
    ['浙A·D12345'],
    ['91330199MA2F7K4X27'],
    ['91330199MA2F7K4X27001P'],
    ['QQ 123456789'],
  ])('%s', async (number) => {
    const text = `请联系${number}，谢谢`
    const digits = number.replaceAll(/[^0-9０-９]/g, '').slice(3, -3) || number
    for (const seen of [maskText(text), await inSearch(text)]) {
      expect(seen).not.toContain(number)
      expect(seen.replaceAll(/[^0-9０-９]/g, '')).not.toContain(digits)
      expect(seen).toMatch(/^请联系.*，谢谢$/)
    }
  })
})

describe('for a curator, is left', () => {
  it.each([
    '环评〔2024〕12号',
    '浙环发〔2023〕1234号',
    '国办发明电〔2026〕1号',
    'GB 18918-2002',
    'GB/T 31962-2015',
    'GB 8978-1996 和 HJ 1034-2019',
    'DB33/ 2169-2018',
    'GB 5085.1-2007',
    '2024-2025 年',
    '2026年11月23日',
    '2026-11-23 10:30:00',
    '2024-01-01至2024-12-31',
    '20241112',
    '12345678元',
    '1234567.89 元',
    '12,345,678 元',
    '10000000吨',
    '1500000 立方米',
    '第 123456 号',
    '12345、12369、12315',
    'HW08 900-249-08',
    '13、14、15、16、17、18',
    '经度 120.1234567',
    '0.12345678',
    'pH 6-9，COD 50 mg/L',
    '浙江省A类企业',
    '第三十一条第（二）项',
  ])('%s', async (text) => {
    expect(maskText(text)).toBe(text)
    expect(await inSearch(text)).toBe(text)
  })
})
