/** Photos below this are sent as they are, bytes. */
const SMALL = 1_000_000
/** px; a photographed page is still read well at this length. */
const EDGE = 2560
const QUALITY = 0.85

/** A phone's photo made smaller, and without the place where it was taken; else as it is. */
export async function shrink(file: File): Promise<{ blob: Blob; name: string }> {
  const asIs = { blob: file, name: file.name }
  if (file.size < SMALL || !/^image\/(jpeg|png|webp)$/.test(file.type)) return asIs
  try {
    const bitmap = await createImageBitmap(file)
    const canvas = document.createElement('canvas')
    draw(canvas, bitmap, EDGE)
    const blob = await new Promise<Blob | null>((done) =>
      canvas.toBlob(done, 'image/jpeg', QUALITY),
    )
    if (!blob || blob.size >= file.size) return asIs
    return { blob, name: `${file.name.replace(/\.\w+$/, '')}.jpg` }
  } catch {
    return asIs
  }
}

/** Fills the canvas with the picture, its longer side at most `edge` px, on white. */
export function draw(canvas: HTMLCanvasElement, bitmap: ImageBitmap, edge: number): void {
  const scale = Math.min(1, edge / Math.max(bitmap.width, bitmap.height))
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const context = canvas.getContext('2d')!
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
}
