import { describe, expect, it } from 'vitest'
import { Identity, whoIs } from '../../src/web/widget/model/identity.ts'

const tokenOf = (sub: string, more = '') =>
  `x.${btoa(JSON.stringify({ iss: 'host', sub, more }))}.y`

/** A host whose session may change hands. */
function signedIn(sub: string) {
  const told: string[] = []
  const host = { sub, asked: 0 }
  const identity = new Identity(
    async () => {
      host.asked += 1
      return tokenOf(host.sub, String(host.asked))
    },
    { onKnown: (who) => told.push(who), onOther: () => told.push('other') },
  )
  return { host, identity, told }
}

describe('whose widget it is', () => {
  it('is known with the first token, and told once', async () => {
    const { identity, told } = signedIn('zhou')
    await identity.fetch()
    await identity.fetch()
    expect(told).toEqual(['host|zhou'])
  })

  it('never changes: another person’s token is not passed on', async () => {
    const { host, identity, told } = signedIn('zhou')
    const mine = await identity.fetch()
    host.sub = 'wu'
    await expect(identity.fetch()).rejects.toThrow('another person')
    expect(told).toEqual(['host|zhou', 'other'])
    expect(await identity.current()).toBe(mine)
  })

  it('needs one token for many requests', async () => {
    const { host, identity } = signedIn('zhou')
    await identity.current()
    await identity.current()
    expect(host.asked).toBe(1)
  })

  it('is unknown where the token tells nothing', () => {
    expect(whoIs('no token')).toBe('unknown')
  })
})
