import type { OpenAPIHono } from '@hono/zod-openapi'
import { docsPage } from './docs-page.ts'
import type { AppEnv } from './services.ts'

const INFO = {
  openapi: '3.1.0',
  info: {
    title: '首问 Shouwen',
    version: '1.0.0',
    description:
      'A 24/7 consultation channel between an environment bureau and its enterprises. The same ' +
      'commands go over the socket `GET /ws` (subprotocol `shouwen.v1`) and `POST /api/commands`. ' +
      'Errors are `application/problem+json` with a `code`. Times are UTC with milliseconds.',
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
