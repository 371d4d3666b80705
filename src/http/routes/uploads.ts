/** Uploads: one file a request, bounded, known by its content. */
import { Hono } from 'hono'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { storeUpload } from '../../federation/uploads/uploads.ts'
import { fileOf, mediaType, readBytes } from '../body.ts'
import type { Env } from '../env.ts'
import { once } from '../idempotency.ts'
import { told } from '../kept.ts'

/** Room for the envelope of a multipart form around the largest file. */
const ENVELOPE_BYTES = 16 * 1024

/** Routes under `/api/v1/uploads`. The caller has the scope `cases`. */
export function uploadRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/', async (c) => {
    const contentType = c.req.header('content-type')
    if (mediaType(contentType).type !== 'multipart/form-data')
      throw new GatewayError('MEDIA_TYPE_UNSUPPORTED', { known: ['multipart/form-data'] })
    const bytes = await readBytes(c, LIMITS.fileBytes + ENVELOPE_BYTES)
    const file = await fileOf(bytes, contentType ?? '')
    return once(c, bytes, deps, async () => {
      const upload = await storeUpload(
        { name: file.name, bytes: Buffer.from(await file.arrayBuffer()) },
        c.get('actor'),
        deps,
      )
      return told(upload, 201)
    })
  })
  return app
}
