/** Everything about files, in a chunk that comes with the first one that is seen or chosen. */
import css from '../styles/files.css?inline'

export { pick } from './pick.ts'
export { Received } from './received.tsx'
export { Tray } from './tray.tsx'
export { upload } from './upload.ts'
export { css }
