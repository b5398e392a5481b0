import { FileImageOutlined, FileOutlined, FilePdfOutlined } from '@ant-design/icons'
import type { FileRef } from '../../../protocol/entries.ts'
import { fileHref } from '../api.ts'
import { shownName, sizeText } from './file-names.ts'

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
