import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Db } from '../db/db.ts'
import { fileBytes, fileRow, saveFile, unusedFiles } from '../files/file-store.ts'
import { safeName, sniff } from '../files/sniff.ts'
import type { Caller } from '../protocol/caller.ts'
import type { FileRef } from '../protocol/entries.ts'
import { type Refusal, refuse } from '../protocol/refusals.ts'
import { isThreadId, loadThread } from '../record/record-store.ts'
import { sightOf } from '../record/sight.ts'

interface Uploads {
  db: Db
  now(): Date
  newId(): string
}

/** Takes an upload by what its bytes are, whatever it calls itself. */
export async function upload(
  { db, now, newId }: Uploads,
  who: Caller,
  file: { name: string; bytes: Uint8Array },
): Promise<(FileRef & { sha256: string }) | Refusal> {
  const kind = await sniff(file.bytes)
  if (!kind) return refuse('unsupported-type')
  const row = {
    id: newId(),
    name: safeName(file.name, kind.ext),
    type: kind.type,
    size: file.bytes.byteLength,
    sha256: bytesToHex(sha256(file.bytes)),
  }
  const done = await saveFile(db, { ...row, uploader: who.id, at: now(), bytes: file.bytes })
  return done === 'saved' ? row : refuse('too-large', { detail: 'quota' })
}

/** A file for somebody who may have it; null for everybody else. */
export async function openFile(db: Db, who: Caller, id: string) {
  if (!isThreadId(id)) return null
  const row = await fileRow(db, id)
  if (!row) return null
  if (row.thread === null) {
    if (row.uploader !== who.id) return null
  } else {
    const thread = await loadThread(db, row.thread)
    const sight = thread && sightOf(thread, who)
    if (!sight || sight === 'masked') return null
  }
  const { name, type, size } = row
  return { id, name, type, size, bytes: await fileBytes(db, id, size) }
}

/** The references of a command's files, in its order; null where one is not this person's to use. */
export async function filesForCommand(
  db: Db,
  who: Caller,
  ids: readonly string[],
): Promise<FileRef[] | null> {
  if (ids.length === 0) return []
  if (!ids.every(isThreadId) || new Set(ids).size < ids.length) return null
  const found = new Map((await unusedFiles(db, who.id, ids)).map((file) => [file.id, file]))
  const files = ids.flatMap((id) => found.get(id) ?? [])
  return files.length === ids.length ? files : null
}
