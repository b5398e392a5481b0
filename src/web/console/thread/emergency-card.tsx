import { WarningFilled } from '@ant-design/icons'
import { record as words } from '../wording.ts'

/** What the machine told the enterprise at once, so that nobody tells it again or otherwise. */
export function EmergencyCard({
  body,
}: {
  body: { urgent?: true | undefined; card?: string | undefined }
}) {
  if (!body.urgent) return null
  return (
    <aside className="emergency-card" aria-label={words.emergencyTitle}>
      <header>
        <WarningFilled aria-hidden /> {words.emergency}
      </header>
      {body.card && (
        <p className="words">
          <bdi>{body.card}</bdi>
        </p>
      )}
    </aside>
  )
}
