import { useEffect, useState } from 'react'
import type { Enterprise, Summary } from '../../../protocol/http.ts'
import { listText } from '../../shared/time.ts'
import { time } from '../../shared/wording/zh.ts'
import { useConsole } from '../shell/console-context.ts'
import { go, useRoute } from '../shell/route.ts'
import { useNow } from '../shell/use-now.ts'
import { side as words } from '../wording.ts'
import { states } from '../words.ts'
import { Card } from './card.tsx'

const MOST = 5

interface Props {
  thread: string
  enterprise: Enterprise
}

/** What the same enterprise asked before, as far as this person may see it. */
export function PastThreads({ thread, enterprise }: Props) {
  const past = usePast(thread, enterprise)
  const now = new Date(useNow())
  const { list } = useRoute('all')
  if (!past) return null
  return (
    <Card title={words.past}>
      {past.length === 0 && <p className="muted">{words.noPast}</p>}
      <ul className="past">
        {past.map((one) => (
          <li key={one.id}>
            <button type="button" className="link" onClick={() => go({ list, thread: one.id })}>
              <bdi>{one.question.split('\n')[0]}</bdi>
            </button>
            <span className="muted">
              {states[one.state]} · {listText(one.openedAt, now, time)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function usePast(thread: string, { uscc, name }: Enterprise): readonly Summary[] | undefined {
  const { api, desk } = useConsole()
  const [past, setPast] = useState<readonly Summary[]>()
  useEffect(() => {
    const control = new AbortController()
    api
      .threads({ view: 'all', q: name, limit: 20 }, control.signal)
      .then(({ items }) => {
        const same = items.filter((one) => one.enterprise.uscc === uscc && one.id !== thread)
        desk.learn(same)
        setPast(same.slice(0, MOST))
      })
      // Nice to have: without it the panel says nothing of the past.
      .catch(() => undefined)
    return () => control.abort()
  }, [api, desk, thread, uscc, name])
  return past
}
