import type { RefusalCode } from '../../../protocol/refusals.ts'
import { Disconnected, Refused } from '../../shared/connection.ts'
import { backOff } from '../../shared/timers.ts'
import type { Api } from '../model/api.ts'
import type { OutgoingFile } from '../model/outgoing.ts'

/** No answer at all, or one that says to come again. */
const LATER = [0, 429, 502, 503, 504]

/**
 * Sends one file and gives its id; a line that breaks is waited for.
 * @throws Refused where the server does not take it, Disconnected once `stopped`
 */
export async function upload(
  api: Api,
  file: OutgoingFile,
  told: (share: number) => void,
  stopped: () => boolean,
): Promise<string> {
  for (let attempt = 0, renewed = false; ; attempt++) {
    if (stopped()) throw new Disconnected('stopped')
    const { status, body } = await post(api.uploadUrl, await tokenOf(api, renewed), file, told)
    if (status === 201) return (body as { id: string }).id
    if (status === 401 && !renewed) renewed = true
    else if (LATER.includes(status)) await pause(backOff(attempt, Math.random))
    else throw new Refused((body?.code ?? 'unavailable') as RefusalCode, '')
  }
}

/** While the host gives none there is no line either: the first answer will say so. */
const tokenOf = (api: Api, renewed: boolean): Promise<string> => api.token(renewed).catch(() => '')

function post(url: string, token: string, file: OutgoingFile, told: (share: number) => void) {
  return new Promise<{ status: number; body?: { id?: string; code?: string } }>((done) => {
    // `fetch` tells nothing of what has been sent.
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('authorization', `Bearer ${token}`)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => told(total > 0 ? loaded / total : 0)
    request.onload = () => done({ status: request.status, body: request.response ?? undefined })
    request.onerror = request.ontimeout = () => done({ status: 0 })
    request.timeout = 300_000
    const form = new FormData()
    form.append('file', file.blob, file.name)
    request.send(form)
  })
}

/** Until then, or until the browser says that the network is back. */
function pause(ms: number): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(timer)
      window.removeEventListener('online', end)
      done()
    }
    const timer = setTimeout(end, ms)
    window.addEventListener('online', end)
  })
}
