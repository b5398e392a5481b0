import type { LiveBureau } from '../actions/bureau.ts'
import type { Services } from '../actions/services.ts'
import type { LiveTimeRules } from '../actions/time-rules.ts'
import type { Sql } from '../db/db.ts'
import { CHANNEL } from '../desk/office-store.ts'

interface NewsParts {
  sql: Sql
  bureau: LiveBureau
  timeRules: LiveTimeRules
  services: Pick<Services, 'log'>
}

/** Hears that desks, limits or the calendar were changed; what is not heard, the ticker finds. */
export async function openOfficeNews(parts: NewsParts): Promise<AsyncDisposable> {
  const { sql, bureau, timeRules, services } = parts
  const look = () => {
    Promise.all([bureau.refresh(), timeRules.refresh()]).catch((err: unknown) => {
      services.log.warn({ err }, 'changes of the office could not be read')
    })
  }
  // also each time that the driver listens again after a broken connection
  const listening = await sql.listen(CHANNEL, look, look)
  return {
    async [Symbol.asyncDispose]() {
      await listening.unlisten().catch(() => {})
    },
  }
}
