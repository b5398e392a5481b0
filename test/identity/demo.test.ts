import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { DEMO_DESKS, DEMO_STAFF, SAMPLE_ENTERPRISES, seedDemo } from '../../src/identity/demo.ts'
import { deskById, directory } from '../../src/identity/directory-store.ts'
import { mintToken } from '../../src/identity/mint.ts'
import { staffByName } from '../../src/identity/staff-store.ts'
import { createTokenVerifier } from '../../src/identity/token.ts'
import { aDatabase, Bureau, made } from './support.ts'

const bureau = new Bureau(await aDatabase(), {})
const { db, clock } = bureau
const seed = (password: string) => seedDemo(db, password, clock.now)
await seed('first')
afterAll(() => bureau.database[Symbol.asyncDispose]())

describe('the demo', () => {
  it('has its desks and everybody at their post', async () => {
    expect(await deskById(db, 'water')).toMatchObject({ name: '水科', fallback: false })
    expect(await deskById(db, 'eia')).toMatchObject({ name: '环评科', fallback: true })
    const posts = []
    for (const { username } of DEMO_STAFF) {
      const { caller } = made(await bureau.signIn(username, { password: 'first' }))
      posts.push([username, caller.role, caller.name, ...caller.desks])
    }
    expect(posts).toEqual([
      ['wang', 'officer', '王工', 'water'],
      ['li', 'officer', '李工', 'water'],
      ['zhao', 'officer', '赵工', 'eia'],
      ['sun', 'supervisor', '孙科长', 'water', 'eia'],
      ['qian', 'curator', '钱编辑'],
      ['admin', 'admin', '管理员'],
    ])
  })

  it('is the same after the next start, sessions and changes of an admin included', async () => {
    const cookie = await bureau.cookieOf('wang', { password: 'first' })
    const li = await staffByName(db, 'li')
    await bureau.auth.setRole(li?.id ?? '', { role: 'officer', desk: 'eia' })
    const before = await directory(db)
    await seed('first')
    expect(await directory(db)).toEqual(before)
    expect(await bureau.read(cookie)).toMatchObject({ name: '王工' })
  })

  it('leaves a password alone that somebody got of their own, until the demo’s changes', async () => {
    const zhao = await staffByName(db, 'zhao')
    await bureau.auth.resetPassword(zhao?.id ?? '', 'one of my own')
    await seed('first')
    expect(made(await bureau.signIn('zhao', { password: 'one of my own' })).caller.name).toBe(
      '赵工',
    )
    await seed('second')
    expect(made(await bureau.signIn('zhao', { password: 'second' })).caller.name).toBe('赵工')
  })

  it('gives everybody the new password when it changes, and ends their sessions', async () => {
    await seed('first')
    const cookie = await bureau.cookieOf('wang', { password: 'first' })
    await seed('changed')
    expect(await bureau.read(cookie)).toBeNull()
    for (const { username } of DEMO_STAFF) {
      expect(await bureau.signIn(username, { password: 'first' })).toHaveProperty('refused')
      expect(await bureau.signIn(username, { password: 'changed' })).toHaveProperty('caller')
    }
  })

  it('is made once when two processes start at once', async () => {
    const fresh = new Bureau(await aDatabase(), {})
    await Promise.all([1, 2, 3].map(() => seedDemo(fresh.db, 'at once', clock.now)))
    for (const { username } of DEMO_STAFF) {
      expect(await fresh.signIn(username, { password: 'at once' })).toHaveProperty('caller')
    }
    await fresh.database[Symbol.asyncDispose]()
  })

  it('has topics and desks that the starter FAQ knows', () => {
    const folder = new URL('../../faq/', import.meta.url)
    const texts = readdirSync(folder)
      .filter((file) => file.endsWith('.md'))
      .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    const all = (field: string) =>
      new Set(texts.map((text) => new RegExp(`^${field}: (.+)$`, 'm').exec(text)?.[1]))
    for (const { topics } of DEMO_DESKS)
      for (const topic of topics) expect(all('topic')).toContain(topic)
    const desks = new Set<string | undefined>(DEMO_DESKS.map(({ id }) => id)).add(undefined)
    for (const desk of all('desk')) expect(desks).toContain(desk)
  })
})

describe('a sample enterprise', () => {
  it.each(SAMPLE_ENTERPRISES)(
    '$enterprise.name is let in by its token',
    async ({ sub, name, enterprise }) => {
      const secret = 's'.repeat(32)
      const token = await mintToken({ secret, iss: 'demo', sub, name, enterprise, now: clock.now })
      const verify = createTokenVerifier({ secret })
      expect(await verify(token, clock.now)).toMatchObject({ sub, name, enterprise })
    },
  )
})
