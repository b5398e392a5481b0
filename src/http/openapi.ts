import type { OpenAPIHono } from '@hono/zod-openapi'
import { docsPage } from './docs-page.ts'
import type { AppEnv } from './services.ts'

/** The same for the commands of first-responder accountability. */
const ACCOUNTABILITY = [
  'A `to` that is nobody of the directory, oneself, or the own desk is `bad-request`; so is an ' +
    '`offer` or an `assign` to somebody who is no officer, an `assign` to the present owner and a ' +
    '`route` to the present desk. A second `offer` while one is pending is `wrong-state`; ' +
    '`accept`, `decline`, `withdraw` without a pending one and an `opine` unasked are `not-offered`.',
  'Open entries carry open clocks only. What becomes of a sealed clock (`handover`, `supervision`) ' +
    'stands in a sealed `noted` of the system behind the entry that moved it.',
  'Every `reminded` and every `supervised` has a clock of its own (`n`); the same words of the ' +
    'owner answer all of them. A second `remind` is `too-fast` until the limit of the last has run out.',
  '`first-reply`, `next-reply` and `resolution` may be paused, unless late or paused already ' +
    '(`wrong-state`). `clock-paused.until` tells when a pause ends by itself; a fact’s `pauses` are ' +
    'those that are over. Files in a `said` of the enterprise end every pause for `materials`.',
  'A `correct` names the original, which must have words of its own; others than its author, the ' +
    'owner, a supervisor (public words of the bureau) and a curator (`answered`) are `not-allowed`, ' +
    'officers who do not hold the thread `not-owner`.',
  'A `redact` of an entry without words, or of one that is redacted already, is `bad-request`.',
  'A `supervise` with a `due` that is not in the future is `bad-request`.',
  'An offer lapses with its `handover` clock. A thread that is `answering` closes three days after ' +
    'its last entry, a resolved one seven days after its resolution; both may be reopened.',
]

/** What the contract leaves open, so that no client author has to find it out. */
const DETAILS = [
  'A first `hello` whose `resume` is malformed is refused `bad-request` and closed 4400; one that ' +
    'finds the database away is refused `unavailable` and closed 1013.',
  'A socket without `hello` for 10 s is closed 4401; a 21st socket of one person is refused ' +
    '`too-fast` and closed 4429.',
  'Threads named in `resume` do not count among the 100 of `watch`; a `watch` beyond them is ' +
    '`bad-request`. Every `watch` is answered by `watched`, or by `refused` with its `thread`, ' +
    'unless `unwatch` came first.',
  '`queue` may `drop` a thread that was never `put`, and `put` one again that changed.',
  'A `judge` of what is no answer, a `choose` of what was not offered and a number beyond the ' +
    'head are `bad-request`. Choices stay open to be chosen while the thread is `answering`.',
  'A `rate` whose comment tells of an emergency makes `rated` and then `reopened`, with the comment, ' +
    '`urgent` and `card`.',
  'An optional text that is empty (`""`) counts as left out.',
  'A file that is named twice in one command is `not-found`.',
  ...ACCOUNTABILITY,
]

const INFO = {
  openapi: '3.1.0',
  info: {
    title: '首问 Shouwen',
    version: '1.0.0',
    description:
      'A 24/7 consultation channel between an environment bureau and its enterprises. The same ' +
      'commands go over the socket `GET /ws` (subprotocol `shouwen.v1`) and `POST /api/commands`. ' +
      'Errors are `application/problem+json` with a `code`. Times are UTC with milliseconds.\n\n' +
      DETAILS.map((detail) => `- ${detail}`).join('\n'),
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
}

/** `/openapi.json`, made from the routes themselves, and `/docs`, a page to read it. */
export function describeApi(app: OpenAPIHono<AppEnv>): void {
  app.openAPIRegistry.registerComponent('securitySchemes', 'enterpriseToken', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description:
      'A token signed by the host platform: `aud` = "shouwen", `sub`, `name`, `enterprise`.',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'staffSession', {
    type: 'apiKey',
    in: 'cookie',
    name: 'shouwen_session',
    description: 'Set by `POST /api/session`; counts only from our own origin.',
  })
  let document: ReturnType<typeof app.getOpenAPI31Document> | undefined
  const written = () => (document ??= app.getOpenAPI31Document(INFO))
  app.get('/openapi.json', (c) => c.json(written(), 200))
  app.get('/docs', (c) => c.html(docsPage(written())))
}
