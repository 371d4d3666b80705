/** What the regions call, at the paths that their contracts and configuration name. */
import { Hono } from 'hono'
import type { CallbackRequest, RegionAnswer } from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'
import { receiveCallback } from '../../federation/cases/receive-callback.ts'
import type { Deps } from '../../federation/deps.ts'
import { readBytes } from '../body.ts'
import type { Env } from '../env.ts'

const answer = (told: RegionAnswer) =>
  new Response(told.body, { status: told.status, headers: { 'content-type': told.contentType } })

/** Routes at the root. Each region proves itself by its own signature. */
export function callbackRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()
  for (const adapter of deps.directory.adapters) {
    const paths = new Set(
      deps.directory.connectionsOf(adapter.id).flatMap(({ config }) => adapter.callbackPaths(config)),
    )
    for (const path of paths) {
      app.all(path, async (c) => {
        const url = new URL(c.req.url)
        let body: Buffer
        try {
          body = await readBytes(c, adapter.callbackLimit.bytes)
        } catch (error) {
          if (error instanceof GatewayError && error.code === 'BODY_TOO_LARGE')
            return answer(adapter.callbackLimit.answer)
          throw error
        }
        const request: CallbackRequest = {
          method: c.req.method,
          target: c.env?.incoming?.url ?? url.pathname + url.search,
          headers: c.req.header(),
          body,
        }
        return answer(await receiveCallback(adapter.id, request, deps))
      })
    }
  }
  return app
}
