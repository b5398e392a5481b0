import { DownOutlined, LogoutOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, type MenuProps } from 'antd'
import type { StaffRole } from '../../../protocol/vocabulary.ts'
import { desksOf } from '../desk/abilities.ts'
import { deskName } from '../desk/state.ts'
import { app, signIn } from '../wording.ts'
import { roles } from '../words.ts'
import { useConsole, useDesk } from './console-context.ts'
import './header.css'
import { LineStatus } from './line-status.tsx'
import { setSendOn, useSendOn } from './preferences.ts'

export function Header({ onLeave }: { onLeave(): Promise<void> }) {
  return (
    <header className="top">
      <h1 className="brand">
        <b>{app.name}</b>
        <span className="brand-title">{app.title}</span>
      </h1>
      <LineStatus />
      <Account onLeave={onLeave} />
    </header>
  )
}

/** A menu outside of every landmark would be lost to screen readers. */
const inHeader = (trigger: HTMLElement) => trigger.parentElement ?? document.body

/** Name, desk and role, and what belongs to the person: how to send, signing out. */
function Account({ onLeave }: { onLeave(): Promise<void> }) {
  const { me } = useConsole()
  const { message } = App.useApp()
  const directory = useDesk((state) => state.directory)
  const sendOn = useSendOn()
  const leave = () => {
    onLeave().catch(() => void message.error(signIn.unreachable))
  }
  const desks = desksOf(me).map((id) => deskName(directory, id))
  const items: MenuProps['items'] = [
    { key: 'mod-enter', label: app.sendOnModEnter, onClick: () => setSendOn('mod-enter') },
    { key: 'enter', label: app.sendOnEnter, onClick: () => setSendOn('enter') },
    { type: 'divider' },
    { key: 'leave', icon: <LogoutOutlined aria-hidden />, label: app.signOut, onClick: leave },
  ]
  return (
    <Dropdown
      menu={{ items, selectable: true, selectedKeys: [sendOn] }}
      trigger={['click']}
      getPopupContainer={inHeader}
    >
      <Button type="text" className="account">
        <bdi>{me.name}</bdi>
        <span className="account-role">
          {desks.join('、')} {roles[me.role as StaffRole]}
        </span>
        <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  )
}
