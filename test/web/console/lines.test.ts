import { describe, expect, it } from 'vitest'
import { hasReply, linesOf, newestQuestion } from '../../../src/web/console/thread/lines.ts'
import { BOT, BY_WANG, ENTERPRISE, HOUR, Story } from './samples.ts'

const asked = () => new Story().asked()
const ADMIN = { role: 'admin', id: 'p-admin', name: '管理员' } as const

describe('the lines of a record', () => {
  it('are every entry, in order', () => {
    const story = asked().sealed().said(BY_WANG, '答')
    expect(linesOf(story.entries).map(({ seq }) => seq)).toEqual([1, 2, 3])
    expect(linesOf(story.entries)[1]).toMatchObject({ gone: 'sealed' })
  })

  it('say of an answer that it was corrected, and leave it as it was said', () => {
    const story = asked()
      .said(BY_WANG, '要重办')
      .add('corrected', BY_WANG, { seq: 2, text: '不用' })
    const [, original] = linesOf(story.entries)
    expect(original).toMatchObject({ correctedBy: 3, entry: { body: { text: '要重办' } } })
  })

  it('take the words away from a line that was redacted while it was on the screen', () => {
    const story = asked().add('redacted', ADMIN, { seq: 1, ground: '误传身份证号', kept: {} })
    expect(linesOf(story.entries)[0]).toMatchObject({ gone: 'redacted' })
    expect(linesOf(story.entries)[0]).not.toHaveProperty('entry')
  })

  it('begin a day at midnight in Shanghai', () => {
    const story = asked()
      .said(BY_WANG, '中午', 0)
      .said(BY_WANG, '夜里', 12 * HOUR)
    expect(linesOf(story.entries).map(({ newDay }) => newDay)).toEqual([true, false, true])
  })

  it('run on when the same person says more within minutes', () => {
    const story = asked().said(BY_WANG, '一').said(BY_WANG, '二').said(BY_WANG, '三', HOUR)
    expect(linesOf(story.entries).map(({ follows }) => follows)).toEqual([
      false,
      false,
      true,
      false,
    ])
  })

  it('keep the latest verdict on an answer', () => {
    const answer = {
      faq: 'x',
      version: 1,
      question: '问',
      answer: '答',
      basis: [],
      confidence: 0.9,
    }
    const story = asked()
      .add('answered', BOT, answer)
      .add('judged', ENTERPRISE, { seq: 2, helpful: true })
      .add('judged', ENTERPRISE, { seq: 2, helpful: false })
    expect(linesOf(story.entries)[1]).toMatchObject({ helpful: false })
  })

  it('know the enterprise’s newest words and whether an officer has answered', () => {
    const story = asked().said(ENTERPRISE, '再问')
    expect(newestQuestion(linesOf(story.entries))).toBe('再问')
    expect(hasReply(linesOf(story.entries))).toBe(false)
    story.said(BY_WANG, '答')
    expect(newestQuestion(linesOf(story.entries))).toBe('再问')
    expect(hasReply(linesOf(story.entries))).toBe(true)
  })
})
