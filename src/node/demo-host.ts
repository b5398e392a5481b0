import type { SampleHost } from '../http/services.ts'
import { DEMO_ISSUER, SAMPLE_ENTERPRISES } from '../identity/demo.ts'
import { mintToken } from '../identity/mint.ts'
import type { Parts } from './compose.ts'
import { demoInbox } from './demo-inbox.ts'

/** What the bureau's platform does in earnest: it knows who is signed in, and vouches for them. */
export function sampleHost(parts: Parts, secret: string): SampleHost {
  const { now } = parts
  const issuer = parts.config.ENTERPRISE_TOKEN_ISSUER
  const samples = SAMPLE_ENTERPRISES.map(({ sub, name, enterprise }) => ({
    id: sub,
    person: name,
    ...enterprise,
  }))
  return {
    enterprises: samples,
    inbox: demoInbox(parts),
    async token(id) {
      const sample = SAMPLE_ENTERPRISES.find(({ sub }) => sub === id)
      return sample
        ? mintToken({ secret, iss: issuer ?? DEMO_ISSUER, now: now(), ...sample })
        : null
    },
  }
}
