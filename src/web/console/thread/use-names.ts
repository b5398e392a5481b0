import { useMemo } from 'react'
import { momentText } from '../../shared/time.ts'
import { time } from '../../shared/wording/zh.ts'
import { deskName } from '../desk/state.ts'
import { useDesk } from '../shell/console-context.ts'
import { useNow } from '../shell/use-now.ts'
import { record as words } from '../wording.ts'
import type { Names } from './milestones.ts'

/** People with their desks, desks by name, moments as people say them. */
export function useNames(): Names {
  const directory = useDesk((state) => state.directory)
  // Texts say “15:40” or a date: they change by the day, not by the tick.
  const day = Math.floor(useNow() / 3_600_000)
  return useMemo(() => {
    const now = new Date(day * 3_600_000)
    const desk = (id: string | undefined) => deskName(directory, id)
    return {
      desk,
      person: ({ id, name }) => {
        const known = directory.people.find((person) => person.id === id)
        const at = desk(known?.desk)
        return `${name ?? known?.name ?? (id === 'system' ? words.system : '')}${at && `（${at}）`}`
      },
      moment: (at) => momentText(at, now, time),
    }
  }, [directory, day])
}
