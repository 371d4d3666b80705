/** Makes a photo that fits a rule: upright, cut, scaled, in sRGB, as a JPEG of the right size. */
import { fault, GatewayError } from '../errors.ts'
import { planFor } from './crop.ts'
import { encodeWithin } from './encode.ts'
import { draw, type Pixels, pixelsOf, plain } from './engine.ts'
import { uprightSize } from './examine.ts'
import { type Opened, opening } from './open.ts'
import { isOfficial, type PhotoRule } from './rules.ts'
import { sayTooPlain, sayTooRich, sayTooSmall, type Words } from './words.ts'

/** Printers that are told nothing take this. */
const USUAL_DPI = 300

/** A photo that may go to a region. */
export interface Fitted {
  readonly jpeg: Buffer
  readonly width: number
  readonly height: number
  readonly dpi: number
  readonly quality: number
  /** Whether the file's size lies in the rule's window; false only where the window is an aim of ours and could not be met. */
  readonly isInWindow: boolean
}

/**
 * Makes a JPEG that fits the rule. What only a person can see (the face) stays as it is.
 * @throws GatewayError `PICTURE_DOES_NOT_FIT`: `facts.requirement` is `pixels` or `bytes`; `PICTURE_UNUSABLE`; `PICTURES_BUSY`
 */
export async function fit(bytes: Uint8Array, rule: PhotoRule): Promise<Fitted> {
  return await opening(bytes, async (opened) => {
    const pixels = await cut(opened, rule)
    const dpi = rule.dpi?.value ?? USUAL_DPI
    const window = rule.bytes?.value ?? { min: null, max: null }
    const made = await encodeWithin(pixels, dpi, window)
    if (!made.isInWindow && rule.bytes && isOfficial(rule.bytes)) {
      const isTooRich = made.jpeg.length > (window.max ?? Number.POSITIVE_INFINITY)
      throw refused(rule, 'bytes', isTooRich ? sayTooRich() : sayTooPlain())
    }
    return { ...made, width: pixels.width, height: pixels.height, dpi }
  })
}

async function cut(opened: Opened, rule: PhotoRule): Promise<Pixels> {
  const size = await uprightSize(opened)
  const plan = planFor(size, rule.pixels.value)
  if (!plan) throw refused(rule, 'pixels', sayTooSmall(rule, size))
  // Scaling stands before cutting, so that a large JPEG is decoded at an eighth or a quarter of its size; and cutting is a step of its
  // own, so that the whole file is decoded and damage is seen wherever it is.
  const scaled = await pixelsOf(
    plain(opened.picture).resize(plan.scaled.width, plan.scaled.height, { fit: 'fill' }),
  )
  return await pixelsOf(draw(scaled).extract({ left: plan.left, top: plan.top, ...plan.target }))
}

const refused = (rule: PhotoRule, requirement: string, { zh, en }: Words) =>
  new GatewayError(
    'PICTURE_DOES_NOT_FIT',
    { document: rule.id, requirement },
    { errors: [fault('', requirement.toUpperCase(), zh, en)] },
  )
