import { Hono } from 'hono'
import { refuse } from '../../protocol/refusals.ts'
import { Refused } from '../problem.ts'
import type { AppEnv, HttpServices } from '../services.ts'

/** The built front ends. `/` leads to the demo where there is one, else to the console. */
export function pageRoutes(http: HttpServices) {
  const serve = async (path: string) => {
    const found = await http.asset(path)
    if (!found) throw new Refused(refuse('not-found'))
    return found
  }
  const app = new Hono<AppEnv>()
    .get('/', (c) => c.redirect(http.demo ? '/demo' : '/console'))
    .get('/widget.js', () => serve('/widget.js'))
    .get('/console', () => serve('/console.html'))
    .get('/console/*', () => serve('/console.html'))
    .get('/assets/*', (c) => serve(c.req.path))
  if (http.demo) app.get('/demo', () => serve('/demo.html'))
  return app
}
