import { useMemo } from 'react'
import type { Me } from '../../../protocol/http.ts'
import type { Api } from '../api.ts'
import { ListPane } from '../list/list-pane.tsx'
import { listsOf } from '../list/lists.ts'
import { ThreadPane } from '../thread/thread-pane.tsx'
import { CalendarNotice } from './calendar-notice.tsx'
import { ConsoleProvider, useDesk } from './console-context.ts'
import { Header } from './header.tsx'
import { LineNotice } from './line-status.tsx'
import { NobodyChosen } from './nobody-chosen.tsx'
import { go, useRoute } from './route.ts'
import { useShortcut } from './shortcuts.ts'
import { useDeskLife } from './use-desk-life.ts'
import { PHONE, useMedia } from './use-media.ts'
import { NowProvider, useTicking } from './use-now.ts'

interface Props {
  me: Me
  api: Api
  onExpired(): void
  onLeave(): Promise<void>
}

export function Workspace({ me, api, onExpired, onLeave }: Props) {
  const desk = useDeskLife(me, api, onExpired)
  const parts = useMemo(() => desk && { me, api, desk }, [me, api, desk])
  if (!parts) return null
  return (
    <ConsoleProvider value={parts}>
      <Clocked>
        <Header onLeave={onLeave} />
        <LineNotice />
        <CalendarNotice />
        <Panes me={me} />
      </Clocked>
    </ConsoleProvider>
  )
}

function Clocked({ children }: { children: React.ReactNode }) {
  const skew = useDesk((state) => state.skew)
  return <NowProvider value={useTicking(skew)}>{children}</NowProvider>
}

/** List | thread (with its side panel); on a phone one of them at a time. */
function Panes({ me }: { me: Me }) {
  const lists = listsOf(me.role)
  const route = useRoute(lists[0]!.key)
  const phone = useMedia(PHONE)
  const list = lists.find((one) => one.key === route.list) ?? lists[0]!
  const back = () => go({ list: list.key })
  useShortcut('Escape', back, phone && route.thread !== undefined)
  return (
    <div className="panes">
      {(!phone || !route.thread) && (
        <ListPane lists={lists} list={list} selected={route.thread} wide={!phone} />
      )}
      {route.thread ? (
        <ThreadPane key={route.thread} id={route.thread} onBack={phone ? back : undefined} />
      ) : (
        !phone && <NobodyChosen />
      )}
    </div>
  )
}
