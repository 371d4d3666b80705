/** How a picture is cut and scaled to a size that a rule takes. Pure: numbers in, numbers out. */
import type { Upright } from './examine.ts'
import type { Size } from './rules.ts'

/** First scale to `scaled`, then cut `target` out at `left` and `top`. */
export interface Plan {
  readonly scaled: { readonly width: number; readonly height: number }
  readonly left: number
  readonly top: number
  readonly target: { readonly width: number; readonly height: number }
}

/** So little a picture may be enlarged: nobody sees five in a hundred, and 354x472 becomes an ID card's 358x441. */
export const MOST_ENLARGED = 1.05
/** Of what is cut away above and below, this share goes above: a head stands in the upper half. */
const ABOVE = 0.25

/** Whether a picture has one of the sizes already. */
export const isWithin = ({ width, height }: Upright, sizes: readonly Size[]): boolean =>
  sizes.some(
    (size) =>
      width >= size.width[0] &&
      width <= size.width[1] &&
      height >= size.height[0] &&
      height <= size.height[1] &&
      // One pixel of rounding.
      (!size.ratio || Math.abs(height - (width * size.ratio[1]) / size.ratio[0]) <= 1),
  )

/** How the picture becomes one of the sizes, the first that it is large enough for; undefined when it is too small for all. */
export function planFor(picture: Upright, sizes: readonly Size[]): Plan | undefined {
  if (isWithin(picture, sizes)) return towards(picture, picture)
  for (const size of sizes) {
    const plan = towards(picture, targetIn(picture, size))
    if (plan) return plan
  }
  return undefined
}

/** The largest picture that this size allows and the source has pixels for. */
function targetIn({ width, height }: Upright, size: Size): Plan['target'] {
  const [least, most] = size.width
  if (!size.ratio) return { width: most, height: size.height[1] }
  const [across, down] = size.ratio
  const usable = Math.floor(Math.min(width, (height * across) / down))
  const wide = Math.max(least, Math.min(most, usable))
  return { width: wide, height: Math.round((wide * down) / across) }
}

function towards({ width, height }: Upright, { width: across, height: down }: Upright): Plan | undefined {
  const target = { width: across, height: down }
  const scale = Math.max(target.width / width, target.height / height)
  if (scale > MOST_ENLARGED) return undefined
  const scaled = {
    width: Math.max(target.width, Math.round(width * scale)),
    height: Math.max(target.height, Math.round(height * scale)),
  }
  return {
    scaled,
    left: Math.floor((scaled.width - target.width) / 2),
    top: Math.floor((scaled.height - target.height) * ABOVE),
    target,
  }
}
