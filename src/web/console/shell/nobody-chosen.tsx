import { CommentOutlined } from '@ant-design/icons'
import { app } from '../wording.ts'

export function NobodyChosen() {
  return (
    <main className="thread-pane nobody-chosen">
      <CommentOutlined aria-hidden />
      <p>{app.choose}</p>
      <p className="muted">{app.chooseHint}</p>
    </main>
  )
}
