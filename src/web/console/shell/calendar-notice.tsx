import { useEffect, useState } from 'react'
import type { CalendarState } from '../api.ts'
import { calendarNotice } from '../wording.ts'
import { useConsole } from './console-context.ts'

const LOOK_AGAIN = 10 * 60_000

/** A year without a working calendar leaves promises without a time: said until it is there. */
export function CalendarNotice() {
  const { alarm, unscheduled } = useCalendar()
  if (!alarm) return null
  const { level, year } = alarm
  const what =
    level === 'soon' ? calendarNotice.soon(year) : calendarNotice.missing(year, unscheduled)
  return (
    <div className={`notice ${level}`} role="status">
      {what} {calendarNotice.how}
    </div>
  )
}

function useCalendar(): CalendarState {
  const { me, api } = useConsole()
  const [state, setState] = useState<CalendarState>({ alarm: null, unscheduled: 0 })
  const concerned = me.role === 'supervisor' || me.role === 'admin'
  useEffect(() => {
    if (!concerned) return
    // a look that fails leaves what was known
    const look = () => void api.calendar().then(setState, () => undefined)
    look()
    const timer = setInterval(look, LOOK_AGAIN)
    return () => clearInterval(timer)
  }, [concerned, api])
  return state
}
