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

/** Where a correction is sent, with its documents. */
const CORRECTION = /^\/me\/cases\/[^/]+\/correction$/
const forCorrections = bodyLimit({
  maxSize: LIMITS.correctionBytes,
  onError: (c) => c.redirect(`${c.req.path}?error=BODY_TOO_LARGE`, 303),
})

/** A file for a document of a draft. */
const DOCUMENT = /^\/me\/drafts\/[^/]+\/steps\/doc\./
const forDocuments = bodyLimit({
  maxSize: LIMITS.fileBytes + ENVELOPE_BYTES,
  onError: (c) => c.redirect(`${c.req.path}?error=BODY_TOO_LARGE`, 303),
})

/** The pages of a paper at a window's desk. */
const PAPERS = /^\/desk\/cases\/[^/]+\/papers$/
const forPapers = bodyLimit({
  maxSize: LIMITS.fileBytes + ENVELOPE_BYTES,
  onError: () => {
    throw new GatewayError('BODY_TOO_LARGE', { limit: LIMITS.fileBytes })
  },
})

/** Bytes of large forms that are in hand: the memory is the process's, whoever asks. */
let held = 0

/** Takes a large form in while there is room for it. @throws GatewayError `FILES_BUSY` */
const inRoom =
  (bound: MiddlewareHandler, most: number): MiddlewareHandler =>
  async (c, next) => {
    // A `GET` brings nothing.
    if (c.req.method !== 'POST') return next()
    const declared = Number(c.req.header('content-length') ?? most)
    const size = declared >= 0 && declared <= most ? declared : most
    // One alone always has room: how large one may be is looked at where it is read.
    if (held > 0 && held + size > LIMITS.formBytesHeld)
      throw new GatewayError('FILES_BUSY', { retryAfter: 5 })
    held += size
    try {
      return await bound(c, next)
    } finally {
      held -= size
    }
  }

const pictures = inRoom(forPictures, LIMITS.fileBytes + ENVELOPE_BYTES)
const documents = inRoom(forDocuments, LIMITS.fileBytes + ENVELOPE_BYTES)
const corrections = inRoom(forCorrections, LIMITS.correctionBytes)
const papers = inRoom(forPapers, LIMITS.fileBytes + ENVELOPE_BYTES)

function boundOf(path: string): MiddlewareHandler {
  if (path === CAPTURE) return pictures
  if (DOCUMENT.test(path)) return documents
  if (PAPERS.test(path)) return papers
  return CORRECTION.test(path) ? corrections : forForms
}

/** @throws GatewayError `BODY_TOO_LARGE`, `FILES_BUSY` */
export const bounded: MiddlewareHandler<PortalEnv> = (c, next) => boundOf(c.req.path)(c, next)
