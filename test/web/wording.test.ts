import { describe, expect, it } from 'vitest'
import type { Locale } from '../../src/protocol/vocabulary.ts'
import { loadWording } from '../../src/web/shared/wording/index.ts'
import { launcherWords } from '../../src/web/shared/wording/launcher.ts'
import { loadRecordWording } from '../../src/web/shared/wording/record.ts'

/** `widget.grades.3`, `time.date()`: every place where a text stands, and how it is asked for. */
function places(value: unknown, at = ''): string[] {
  if (typeof value === 'function') return [`${at}()`]
  if (typeof value !== 'object' || value === null) return [at]
  return Object.entries(value).flatMap(([key, one]) => places(one, at ? `${at}.${key}` : key))
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'function') return [String(value('甲', '乙', '丙'))]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(texts)
}

/** The first page's words and those of the pages after it. */
async function allOf(locale: Locale) {
  const [first, record] = [await loadWording(locale), await loadRecordWording(locale)]
  return { ...first, ...record, widget: { ...first.widget, ...record.widget } }
}

describe('the wording', () => {
  it('has the same places in every language', async () => {
    const [zh, en] = [await allOf('zh'), await allOf('en')]
    expect(places(en).sort()).toEqual(places(zh).sort())
    expect(places(launcherWords.en)).toEqual(places(launcherWords.zh))
  })

  it('has no Chinese left in English', async () => {
    const words = texts((await allOf('en')).widget)
      .join(' ')
      .replace(/[甲乙丙]/g, '')
    expect(words).not.toMatch(/\p{Script=Han}/u)
  })

  it('says polite 您, never 你', async () => {
    expect(texts(await allOf('zh')).filter((text) => text.includes('你'))).toEqual([])
  })

  it('says what look-and-voice.md says where it gives the words', async () => {
    const { widget } = await allOf('zh')
    expect(widget.claimedFirst('赵工', '环评科')).toBe(
      '赵工（环评科）已受理，是您这件事的首问责任人，会跟到办结。',
    )
    expect(widget.offline).toBe('网络断了。您写的话已存在本机，连上后自动发送。')
    expect(widget.failed).toBe('没发出去。点这里重发，内容不会丢。')
    expect(widget.unsure).toBe('您问的可能是下面哪一种？都不是的话，我帮您转人工。')
    expect([...widget.grades].reverse().join(' · ')).toBe(
      '非常满意 · 满意 · 基本满意 · 不满意 · 非常不满意',
    )
  })
})
