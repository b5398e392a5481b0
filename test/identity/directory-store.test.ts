import { afterAll, describe, expect, it } from 'vitest'
import {
  addDesks,
  deskById,
  desksOf,
  directory,
  personById,
} from '../../src/identity/directory-store.ts'
import { aBureau } from './support.ts'

const bureau = await aBureau()
const { db } = bureau
const wang = await bureau.hire('wang', { name: '王工' })
const sun = await bureau.hire('sun', {
  name: '孙科长',
  role: 'supervisor',
  desk: undefined,
  desks: ['water', 'eia'],
})
const gone = await bureau.hire('gone', { name: '吴工', desk: 'eia' })
await bureau.hire('qian', { role: 'curator', desk: undefined })
await bureau.hire('admin', { role: 'admin', desk: undefined })
await bureau.auth.disable(gone.id)
afterAll(() => bureau.database[Symbol.asyncDispose]())

describe('the directory', () => {
  it('lists desks at work, and who can be asked or given a thread', async () => {
    expect(await directory(db)).toEqual({
      desks: [
        { id: 'eia', name: '环评科' },
        { id: 'water', name: '水科' },
      ],
      people: [
        { id: wang.id, name: '王工', desk: 'water' },
        { id: sun.id, name: '孙科长' },
      ],
    })
  })

  it('knows persons, disabled ones too, because the record names them', async () => {
    expect(await personById(db, wang.id)).toEqual({
      id: wang.id,
      name: '王工',
      role: 'officer',
      desk: 'water',
      desks: ['water'],
      active: true,
    })
    expect(await personById(db, gone.id)).toMatchObject({ name: '吴工', active: false })
  })

  it('knows desks, closed ones too', async () => {
    expect(await deskById(db, 'water')).toMatchObject({ name: '水科', active: true })
    expect(await deskById(db, 'closed')).toMatchObject({ active: false })
  })

  it('says at which desks somebody works or looks after', async () => {
    expect(await desksOf(db, wang.id)).toEqual(['water'])
    expect(await desksOf(db, sun.id)).toEqual(['water', 'eia'])
    expect(await desksOf(db, 'nobody')).toEqual([])
  })

  it.each(['', 'nobody', '\u0000', '\ud800', "' or true"])('knows nobody under %j', async (id) => {
    expect(await personById(db, id)).toBeNull()
    expect(await deskById(db, id)).toBeNull()
  })

  it('does not change a desk that is added again', async () => {
    await addDesks(db, [{ id: 'water', name: 'other', topics: [], fallback: true, active: false }])
    expect(await deskById(db, 'water')).toMatchObject({
      name: '水科',
      fallback: false,
      active: true,
    })
  })
})
