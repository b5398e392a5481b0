import type { LiveKnowledge } from '../actions/knowledge.ts'
import type { Services } from '../actions/services.ts'
import type { Sql } from '../db/db.ts'
import { CHANNEL } from '../faq/faq-store.ts'

interface NewsParts {
  sql: Sql
  knowledge: LiveKnowledge
  services: Pick<Services, 'log'>
}

/** Hears that entries or slots were changed; what is not heard, the ticker finds. */
export async function openFaqNews({
  sql,
  knowledge,
  services,
}: NewsParts): Promise<AsyncDisposable> {
  const look = () => {
    knowledge.refresh().catch((err: unknown) => {
      services.log.warn({ err }, 'changes to the FAQ could not be read')
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
