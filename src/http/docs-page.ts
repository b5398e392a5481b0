import { html } from 'hono/html'

interface Operation {
  summary?: string
  description?: string
  parameters?: { name: string; in: string; required?: boolean; schema?: unknown }[]
  requestBody?: { content?: Record<string, { schema?: unknown }> }
  responses?: Record<
    string,
    { description?: string; content?: Record<string, { schema?: unknown }> }
  >
}
interface Document {
  info: { title: string; version: string; description?: string }
  paths?: Record<string, Record<string, unknown>>
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const
const STYLE = `body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;
color:#1b2a2f;background:#fff;max-width:60rem;margin:0 auto;padding:1rem}h2{font-size:1rem;margin:0}
article{background:#f6f9f8;border-radius:8px;padding:1rem;margin:1rem 0}code{font-size:.9em}
pre{overflow:auto;max-height:24rem;background:#fff;padding:.75rem;border-radius:8px}b{color:#0b6b5d}
@media(prefers-color-scheme:dark){body{color:#e6eeec;background:#12191b}article{background:#1c2a2b}
pre{background:#12191b}b{color:#4fc3ae}}`

const shown = (schema: unknown) => JSON.stringify(schema ?? {}, null, 2)

function body(content: Record<string, { schema?: unknown }> | undefined) {
  return Object.entries(content ?? {}).map(
    ([type, { schema }]) =>
      html`<details><summary><code>${type}</code></summary><pre>${shown(schema)}</pre></details>`,
  )
}

const operation = (path: string, method: string, op: Operation) => html`
  <article>
    <h2><b>${method.toUpperCase()}</b> <code>${path}</code> ${op.summary ?? ''}</h2>
    <p>${op.description ?? ''}</p>
    <ul>
      ${(op.parameters ?? []).map(
        (p) => html`<li><code>${p.name}</code> (${p.in}${p.required ? ', required' : ''})</li>`,
      )}
    </ul>
    ${body(op.requestBody?.content)}
    ${Object.entries(op.responses ?? {}).map(
      ([status, r]) => html`<p><b>${status}</b> ${r.description ?? ''}</p>${body(r.content)}`,
    )}
  </article>
`

/** A page to read the API by; no script, nothing from elsewhere. */
export function docsPage(document: unknown) {
  const { info, paths } = document as Document
  const operations = Object.entries(paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) =>
      operation(path, method, item[method] as Operation),
    ),
  )
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${info.title} API</title>
        <style>
          ${STYLE}
        </style>
      </head>
      <body>
        <h1>${info.title} API ${info.version}</h1>
        <p>${info.description ?? ''}</p>
        <p><a href="/openapi.json">openapi.json</a></p>
        ${operations}
      </body>
    </html>`
}
