import type { OpenAPIHono } from '@hono/zod-openapi'
import { docsPage } from './docs-page.ts'
import type { AppEnv } from './services.ts'

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
  'An optional text that is empty (`""`) counts as left out.',
  'A file that is named twice in one command is `not-found`.',
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
