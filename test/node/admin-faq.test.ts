import { describe, expect, it } from 'vitest'
import { faqOrder, UsageError } from '../../src/node/admin-faq.ts'

const order = (line: string, why?: string) => faqOrder(line.split(' '), why)

describe('npm run admin, about the FAQ', () => {
  it.each([
    ['faq withdraw reuse-subsidy', { about: 'entry', verb: 'withdraw', id: 'reuse-subsidy' }],
    ['faq restore reuse-subsidy', { about: 'entry', verb: 'restore', id: 'reuse-subsidy' }],
    ['slot list', { about: 'slots' }],
    ['slot set duty-phone 0571-8888。', { about: 'slot', name: 'duty-phone', text: '0571-8888' }],
    ['slot clear duty-phone', { about: 'slot', name: 'duty-phone', text: null }],
  ])('understands “%s”', (line, understood) => {
    expect(order(line)).toMatchObject(understood)
  })

  it.each([
    'faq',
    'faq withdraw',
    'faq withdraw a b',
    'faq remove a',
    'slot',
    'slot set duty-phone',
    'slot set duty-phone 。',
    'slot set duty-phone two words',
    'slot set no-slot x',
    'slot set toString x',
    'slot clear duty-phone x',
    'slot clear',
    'slot list all',
  ])('does not understand “%s”', (line) => {
    expect(() => order(line)).toThrow(UsageError)
  })

  it('leaves everything else to others, and takes no reason that is a story', () => {
    expect(order('create wang')).toBeUndefined()
    expect(() => order('faq withdraw a', '长'.repeat(401))).toThrow(UsageError)
  })
})
