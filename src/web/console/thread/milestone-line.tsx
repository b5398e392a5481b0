import { LockOutlined } from '@ant-design/icons'
import { record as words } from '../wording.ts'
import type { Line } from './lines.ts'
import type { Milestone as Said } from './milestones.ts'
import { Moment } from './moment.tsx'

/** A centred line: what happened, when, and in whose words. */
export function Milestone({ line, text, quote, tone, internal }: Said & { line: Line }) {
  return (
    <div className={`milestone ${tone ?? ''}`}>
      <p>
        {internal && (
          <span title={words.internalHint}>
            <LockOutlined aria-label={words.internalHint} />
          </span>
        )}
        <bdi>{text}</bdi> <Moment line={line} />
      </p>
      {quote && (
        <blockquote>
          <bdi>{quote}</bdi>
        </blockquote>
      )}
    </div>
  )
}
