/** `/api/v1/me/photos`: a person's photos; `/api/v1/photos/{code}`: a receiver redeems a code. */
import { type Context, Hono } from 'hono'
import { type Static, Type } from 'typebox'
import { LIMITS } from '../../config.ts'
import { makeGrant } from '../../federation/consent/grants.ts'
import { redeem } from '../../federation/consent/redeem.ts'
import type { Deps } from '../../federation/deps.ts'
import { scopeIn } from '../../federation/holdings/places.ts'
import { capturePhoto, dropPhoto } from '../../federation/photos/capture.ts'
import { listPhotos, preparePhoto, readFitness, showPicture } from '../../federation/photos/photos.ts'
import { DIVISION, text } from '../../schemas/common.ts'
import { validator } from '../../schemas/validate.ts'
import { fileOf, mediaType, readBody, readBytes, readJson } from '../body.ts'
import { bodyRoom } from '../body-room.ts'
import type { Env } from '../env.ts'
import { once } from '../idempotency.ts'
import { told, unkept } from '../kept.ts'
import { isDryRun, refuseDryRun } from '../query.ts'

/** Body of `POST /me/photos/{id}/uploads`. */
export const PhotoUploadRequest = Type.Object(
  { matter: text(100), division: DIVISION, document: text(64) },
  { additionalProperties: false },
)
const checkUpload = validator(PhotoUploadRequest)

const ENVELOPE_BYTES = 16 * 1024

/** Routes under `/api/v1/me/photos`. The caller has the scope `photos`. */
export function myPhotoRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()
  const room = bodyRoom(LIMITS.pictureBytesHeld, LIMITS.fileBytes + ENVELOPE_BYTES)

  app.get('/', async (c) => {
    const scope = scopeIn(c.req.query('cities'), 'all')
    return c.json(await listPhotos({ scope }, c.get('actor'), deps), 200, unkept)
  })

  app.post('/', (c) =>
    room(c, async () => {
      refuseDryRun(c)
      const bytes = await readBytes(c, LIMITS.fileBytes + ENVELOPE_BYTES)
      const picture = await pictureIn(c, bytes)
      return once(c, bytes, deps, async () => told(await capturePhoto(picture, c.get('actor'), deps), 201))
    }),
  )

  app.get('/:id/fitness', async (c) =>
    c.json(await readFitness(c.req.param('id'), c.get('actor'), deps), 200, unkept),
  )

  app.get('/:id/picture', async (c) => {
    const picture = await showPicture(c.req.param('id'), c.get('actor'), deps)
    return c.body(new Uint8Array(picture), 200, { ...unkept, 'content-type': 'image/jpeg' })
  })

  app.post('/:id/grants', async (c) => {
    const { content, bytes } = await readJson(c)
    const dryRun = isDryRun(c)
    const make = () => makeGrant('photo', c.req.param('id'), content, { dryRun }, c.get('actor'), deps)
    if (dryRun) return c.json({ dryRun: true, expiresAt: (await make()).expiresAt }, 200, unkept)
    return once(c, bytes, deps, async () => told(await make(), 201))
  })

  app.post('/:id/uploads', async (c) => {
    refuseDryRun(c)
    const { content, bytes } = await readBody<Static<typeof PhotoUploadRequest>>(c, checkUpload, 'prepare')
    return once(c, bytes, deps, async () =>
      told(await preparePhoto(c.req.param('id'), content, c.get('actor'), deps), 201),
    )
  })

  app.delete('/:id', async (c) => {
    refuseDryRun(c)
    await dropPhoto(c.req.param('id'), c.get('actor'), deps)
    return c.body(null, 204, unkept)
  })
  return app
}

/** The picture of a request: the one part `file` of a form, or the body itself. */
async function pictureIn(c: Context<Env>, bytes: Buffer): Promise<Buffer> {
  const contentType = c.req.header('content-type') ?? ''
  const { type } = mediaType(contentType)
  if (type !== 'multipart/form-data') return bytes
  return Buffer.from(await (await fileOf(bytes, contentType)).arrayBuffer())
}

/** Routes under `/api/v1/photos`. The caller has the scope `photos`. */
export function photoCodeRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()
  app.get('/:code', async (c) => {
    const asked = { code: c.req.param('code'), purpose: c.req.query('purpose') }
    const jwe = await redeem('photo', asked, c.get('actor'), deps)
    return c.body(jwe, 200, { ...unkept, 'content-type': 'application/jose' })
  })
  return app
}
