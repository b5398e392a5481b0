import type { LIMITS } from '../../../protocol/frames.ts'
import { mintId } from '../../shared/mint.ts'
import type { OutgoingFile } from '../model/outgoing.ts'
import { shrink } from './shrink.ts'

const SIZE_MOST: typeof LIMITS.fileSize = 20_971_520
const COUNT_MOST: typeof LIMITS.files = 9
/** By name too: some systems give HEIC and office files no type. */
const NAMES = /\.(pdf|png|jpe?g|webp|hei[cf]|docx|xlsx|zip)$/i
const TYPES = /^(application\/pdf|image\/(png|jpeg|webp|hei[cf]))$/

export type PickTrouble = 'wrongType' | 'tooLarge' | 'tooMany'
export interface Picked {
  files: OutgoingFile[]
  /** Why the first of those left out is not among them. */
  trouble?: PickTrouble
}

/** What of these may be sent beside `already` others; large photos made smaller. */
export async function pick(chosen: readonly File[], already: number): Promise<Picked> {
  const picked: Picked = { files: [] }
  for (const file of chosen) {
    if (picked.files.length + already >= COUNT_MOST) picked.trouble ??= 'tooMany'
    else if (!NAMES.test(file.name) && !TYPES.test(file.type)) picked.trouble ??= 'wrongType'
    else {
      const { blob, name } = await shrink(file)
      if (blob.size > SIZE_MOST) picked.trouble ??= 'tooLarge'
      else picked.files.push({ key: mintId(), name, type: blob.type, blob })
    }
  }
  return picked
}
