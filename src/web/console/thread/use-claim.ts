import { App } from 'antd'
import { useState } from 'react'
import { Refused } from '../../shared/connection.ts'
import { mintId } from '../../shared/mint.ts'
import { useConsole } from '../shell/console-context.ts'
import { thread as words } from '../wording.ts'
import { refusalText } from './refusal-text.ts'

/** Takes a waiting thread; a colleague who was faster is named, not an error. */
export function useClaim(thread: string) {
  const { api, desk } = useConsole()
  const { message } = App.useApp()
  const [busy, setBusy] = useState(false)

  const whoWasFaster = async () => {
    const summary = await api.thread(thread).catch(() => undefined)
    if (summary) desk.learn([summary])
    const name = summary?.owner?.name
    void message.info(name ? words.claimedBy(name) : words.claimedByOther)
  }
  const claim = async () => {
    setBusy(true)
    try {
      await desk.command({ type: 'claim', id: mintId(), thread })
      desk.refresh(thread, 0)
      void message.success(words.claimed)
    } catch (error) {
      if (error instanceof Refused && error.code === 'already-claimed') await whoWasFaster()
      else void message.error(refusalText(error))
    }
    setBusy(false)
  }
  return { busy, claim: () => void claim() }
}
