/** How much a form may send: looked at before the form is read, since whoever reads it holds it in memory. */
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { PortalEnv } from '../env.ts'

/** Where a photo is sent. */
export const CAPTURE = '/me/photos/new'
/** What a form needs beside its file. */
const ENVELOPE_BYTES = 16 * 1024

const forPictures = bodyLimit({
  maxSize: LIMITS.fileBytes + ENVELOPE_BYTES,
  // The page says it at its field.
  onError: (c) => c.redirect(`${CAPTURE}?error=BODY_TOO_LARGE`, 303),
})
const forForms = bodyLimit({
  maxSize: LIMITS.bodyBytes,
  onError: () => {
    throw new GatewayError('BODY_TOO_LARGE', { limit: LIMITS.bodyBytes })
  },
})

/** A file for a document of a draft. */
const DOCUMENT = /^\/me\/drafts\/[^/]+\/steps\/doc\./
const forDocuments = bodyLimit({
  maxSize: LIMITS.fileBytes + ENVELOPE_BYTES,
  onError: (c) => c.redirect(`${c.req.path}?error=BODY_TOO_LARGE`, 303),
})

/** @throws GatewayError `BODY_TOO_LARGE` */
export const bounded: MiddlewareHandler<PortalEnv> = (c, next) =>
  (c.req.path === CAPTURE ? forPictures : DOCUMENT.test(c.req.path) ? forDocuments : forForms)(c, next)
