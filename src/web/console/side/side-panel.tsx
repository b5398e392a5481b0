import { DownloadOutlined } from '@ant-design/icons'
import { Button, Skeleton } from 'antd'
import type { Enterprise, Summary } from '../../../protocol/http.ts'
import { recordHref } from '../api.ts'
import type { ThreadRecord } from '../desk/record.ts'
import { deskName } from '../desk/state.ts'
import { useConsole, useDesk } from '../shell/console-context.ts'
import { useNames } from '../thread/use-names.ts'
import { side as words } from '../wording.ts'
import { Card } from './card.tsx'
import { Clocks } from './clocks.tsx'
import { PastThreads } from './past-threads.tsx'
import './side.css'

interface Props {
  summary: Summary | undefined
  record: ThreadRecord
}

/** Who asks, who answers for it, what is promised, and the proof. */
export function SidePanel({ summary, record }: Props) {
  const { me } = useConsole()
  if (!summary) return <Skeleton active paragraph={{ rows: 8 }} />
  return (
    <>
      <EnterpriseCard enterprise={summary.enterprise} />
      <People summary={summary} />
      <Clocks clocks={summary.clocks} />
      {me.role !== 'curator' && <PastThreads thread={summary.id} enterprise={summary.enterprise} />}
      <RecordCard id={summary.id} record={record} />
    </>
  )
}

function EnterpriseCard({ enterprise }: { enterprise: Enterprise }) {
  const { name, uscc, district, industry, park } = enterprise
  return (
    <Card title={words.enterprise}>
      <p className="side-name">
        <bdi>{name}</bdi>
      </p>
      <dl>
        <Fact term={words.uscc} value={uscc} wide />
        <Fact term={words.district} value={district} />
        <Fact term={words.industry} value={industry} />
        <Fact term={words.park} value={park} />
      </dl>
    </Card>
  )
}

function Fact({ term, value, wide }: { term: string; value: string | undefined; wide?: boolean }) {
  if (!value) return null
  return (
    <div className={wide ? 'wide' : ''}>
      <dt>{term}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </div>
  )
}

function People({ summary }: { summary: Summary }) {
  const names = useNames()
  const directory = useDesk((state) => state.directory)
  const { me } = useConsole()
  const { firstResponder, owner, desk } = summary
  // For a curator people are masked, which is not the same as nobody.
  const nobody = me.role === 'curator' ? undefined : words.none
  return (
    <Card title={words.people}>
      <dl>
        <Fact term={words.first} value={firstResponder ? names.person(firstResponder) : nobody} />
        <Fact term={words.owner} value={owner ? names.person(owner) : nobody} />
        <Fact term={words.desk} value={deskName(directory, desk)} />
      </dl>
    </Card>
  )
}

/** The chain's newest hash: whoever writes it down can prove later what stood here. */
function RecordCard({ id, record }: { id: string; record: ThreadRecord }) {
  const { me } = useConsole()
  const head = record.entries.at(-1)
  return (
    <Card title={words.record}>
      <p>{words.entries(record.entries.length)}</p>
      {head && (
        <p className="hash" title={words.headHint}>
          {words.head} <code>{head.hash}</code>
        </p>
      )}
      {me.role !== 'curator' && (
        <Button
          block
          icon={<DownloadOutlined aria-hidden />}
          href={recordHref(id)}
          download={`shouwen-${id}.json`}
        >
          {words.download}
        </Button>
      )}
    </Card>
  )
}
