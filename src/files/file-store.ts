import { and, asc, eq, gt, inArray, isNull, lt, sql } from 'drizzle-orm'
import type { Db } from '../db/db.ts'
import { fileChunks, files } from '../db/schema.ts'
import type { FileRef } from '../protocol/entries.ts'

/** Bytes of one row: a file is read and written in pieces that no statement chokes on. */
const CHUNK = 512 * 1024
/** Bytes that one person may have lying about unused. */
export const UNUSED_QUOTA = 200 * 1024 * 1024
const DAY = 24 * 60 * 60 * 1000

export interface NewFile extends FileRef {
  uploader: string
  sha256: string
  bytes: Uint8Array
  at: Date
}

/** Stores an upload whole, or refuses it where the uploader's quota is used up. */
export async function saveFile(db: Db, file: NewFile): Promise<'saved' | 'over-quota'> {
  const { bytes, ...row } = file
  return db.transaction(async (tx) => {
    const since = new Date(file.at.getTime() - DAY)
    const [used] = await tx
      .select({ size: sql<number>`coalesce(sum(${files.size}), 0)::float8` })
      .from(files)
      .where(and(eq(files.uploader, file.uploader), isNull(files.thread), gt(files.at, since)))
    if ((used?.size ?? 0) + file.size > UNUSED_QUOTA) return 'over-quota'
    await tx.insert(files).values(row)
    for (let n = 0; n * CHUNK < bytes.byteLength; n++) {
      const piece = bytes.subarray(n * CHUNK, (n + 1) * CHUNK)
      await tx.insert(fileChunks).values({ file: file.id, n, bytes: piece })
    }
    return 'saved'
  })
}

/** Those of the ids that this person uploaded and nobody has used; missing ones are left out. */
export async function unusedFiles(
  db: Db,
  uploader: string,
  ids: readonly string[],
): Promise<FileRef[]> {
  return db
    .select({ id: files.id, name: files.name, type: files.type, size: files.size })
    .from(files)
    .where(and(inArray(files.id, [...ids]), eq(files.uploader, uploader), isNull(files.thread)))
}

export async function fileRow(db: Db, id: string) {
  const rows = await db.select().from(files).where(eq(files.id, id))
  return rows[0] ?? null
}

export async function fileBytes(db: Db, id: string, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size)
  const rows = await db
    .select({ n: fileChunks.n, bytes: fileChunks.bytes })
    .from(fileChunks)
    .where(eq(fileChunks.file, id))
    .orderBy(asc(fileChunks.n))
  for (const row of rows) bytes.set(row.bytes, row.n * CHUNK)
  return bytes
}

/** Uploads that no message took within a day go. */
export async function dropUnused(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - DAY)
  await db.delete(files).where(and(isNull(files.thread), lt(files.at, before)))
}
