import { fileTypeFromBuffer } from 'file-type'

/** What may be uploaded, by content; the extension is the one that it is kept under. */
const TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  heic: 'image/heic',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  zip: 'application/zip',
}

/** The type that the bytes really are; null where it is none that we take. */
export async function sniff(bytes: Uint8Array): Promise<{ type: string; ext: string } | null> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined)
  const type = found && TYPES[found.ext]
  return type === undefined ? null : { type, ext: found!.ext }
}

/** Controls, path separators and the marks that turn text around: none belongs in a name. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSAFE = /[\u0000-\u001f\u007f\\/:*?"<>|\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** A name as it may be shown and saved: of one line, of sane length, with the true extension. */
export function safeName(name: string, ext: string): string {
  const plain = name.toWellFormed().normalize('NFC').replace(UNSAFE, '_').trim()
  const stem = plain.replace(/\.[^.]*$/, '').replace(/^\.+/, '')
  return `${[...stem].slice(0, 100).join('') || 'file'}.${ext}`
}
