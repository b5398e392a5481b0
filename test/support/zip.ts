import { crc32, inflateRawSync } from 'node:zlib'

/** The files of a ZIP archive as its central directory lists them, each held against its checksum. */
export function unzipped(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf(Buffer.from('PK\u0005\u0006'))
  const files = new Map<string, Buffer>()
  let at = zip.readUInt32LE(end + 16)
  for (let i = zip.readUInt16LE(end + 10); i > 0; i -= 1) {
    const [crc, size] = [zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 20)]
    const lengths = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset))
    const name = zip.toString('utf8', at + 46, at + 46 + lengths[0]!)
    const local = zip.readUInt32LE(at + 42)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const bytes = inflateRawSync(zip.subarray(start, start + size))
    if (crc32(bytes) !== crc) throw new Error(`${name} has another checksum`)
    files.set(name, bytes)
    at += 46 + lengths.reduce((sum, length) => sum + length, 0)
  }
  return files
}
