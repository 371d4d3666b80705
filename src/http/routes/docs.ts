/** The API described: OpenAPI 3.1 and AsyncAPI 3.0 from the schemas that validate. */
import { Hono } from 'hono'
import type { Env } from '../env.ts'
import { asyncApi } from '../openapi/asyncapi.ts'
import { openApi } from '../openapi/document.ts'

/** `/openapi.json` and `/asyncapi.json`; the readable page of them is among those for people. */
export function docsRoutes(publicUrl: string): Hono<Env> {
  const app = new Hono<Env>()
  const document = openApi(publicUrl)
  const texts = {
    '/openapi.json': JSON.stringify(document),
    '/asyncapi.json': JSON.stringify(asyncApi(publicUrl)),
  }
  for (const [path, text] of Object.entries(texts))
    app.get(path, (c) =>
      c.body(text, 200, {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'public, max-age=60',
      }),
    )
  return app
}
