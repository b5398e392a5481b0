import type { Summary } from '../../../protocol/http.ts'
import type { Api } from '../api.ts'

/** The longest list of waiting threads that is fetched, in pages of 200. */
const QUEUE_PAGES = 10

/** Every waiting thread that this person may see, due first. */
export async function allWaiting(api: Api): Promise<Summary[]> {
  const items: Summary[] = []
  let cursor: string | undefined
  for (let page = 0; page < QUEUE_PAGES; page++) {
    const got = await api.threads({ view: 'waiting', limit: 200, ...(cursor && { cursor }) })
    items.push(...got.items)
    cursor = got.next
    if (!cursor) break
  }
  return items
}
