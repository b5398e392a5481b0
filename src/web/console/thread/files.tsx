import { FileImageOutlined, FileOutlined, FilePdfOutlined } from '@ant-design/icons'
import type { FileRef } from '../../../protocol/entries.ts'
import { fileHref } from '../api.ts'

/** Files of a message. Served as attachments: nothing of them runs in this page. */
export function Files({ files }: { files: readonly FileRef[] }) {
  return (
    <ul className="files">
      {files.map((file) => (
        <li key={file.id}>
          <a href={fileHref(file.id)} download={shownName(file.name)} rel="noopener">
            <Kind type={file.type} />
            <bdi dir="ltr">{shownName(file.name)}</bdi>
            <span className="muted">{sizeText(file.size)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function Kind({ type }: { type: string }) {
  if (type.startsWith('image/')) return <FileImageOutlined aria-hidden />
  return type === 'application/pdf' ? <FilePdfOutlined aria-hidden /> : <FileOutlined aria-hidden />
}

/** Without the characters that turn text around: they make an `exe` look like a `pdf`. */
export const shownName = (name: string): string =>
  name.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')

const KIB = 1024

export function sizeText(bytes: number): string {
  if (bytes < KIB * KIB) return `${Math.max(1, Math.round(bytes / KIB))} KB`
  return `${(bytes / KIB / KIB).toFixed(1)} MB`
}
