/** What can be measured of a picture by its pixels alone. Pure: pixels in, numbers out. */
import type { Pixels } from './engine.ts'

/** The edge of a picture, where the background is: above, and beside the upper half (below are shoulders). */
export interface Background {
  /** Median of red, green and blue, 0 to 255. */
  readonly colour: readonly [red: number, green: number, blue: number]
  /** Share of the edge that looks like the median, 0 to 1. */
  readonly uniformity: number
  /** `white`: what a document takes for white. `pale`: light, but grey or coloured. `mixed`: of several colours. */
  readonly tone: 'white' | 'pale' | 'dark' | 'mixed'
}

/** Numbers about the pixels. */
export interface Looks {
  readonly background: Background
  /** Mean and standard deviation of luma, 0 to 255. */
  readonly brightness: number
  readonly contrast: number
  /** Variance of the Laplacian of luma: small where all edges are soft. */
  readonly sharpness: number
  readonly isGrey: boolean
}

/** Pictures are measured at this size at most, so that the numbers of a large and a small one can be compared. */
export const MEASURED_SIDE = 400

/** Share of the width or height that counts as edge. */
const EDGE = 0.08
/** So much a channel may differ from the median, in the shade of a wall. */
const SHADE = 28
const UNIFORM = 0.8
/** The least channel of white, and of a pale colour; a white wall in a room is seldom above 230. */
const WHITE = 215
const PALE = 165
/** Between the largest and the least channel of a colour without hue. */
const HUELESS = 20
/** A pixel with more hue than the noise of JPEG, and the share of such pixels in a grey picture. */
const HUE = 14
const GREY_SHARE = 0.005

/** Measures pixels of three channels. */
export function measure(pixels: Pixels): Looks {
  const luma = lumaOf(pixels)
  const brightness = mean(luma)
  return {
    background: backgroundOf(pixels),
    brightness,
    contrast: Math.sqrt(variance(luma, brightness)),
    sharpness: sharpnessOf(luma, pixels),
    isGrey: isGrey(pixels),
  }
}

/** Luma of each pixel, by the weights of ITU-R BT.601. */
function lumaOf({ data, width, height }: Pixels): Float32Array {
  const luma = new Float32Array(width * height)
  for (let i = 0, at = 0; i < luma.length; i += 1, at += 3)
    luma[i] = 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0)
  return luma
}

const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length
const variance = (values: Float32Array, middle: number): number =>
  values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / values.length

function sharpnessOf(luma: Float32Array, { width, height }: Pixels): number {
  const edges = new Float32Array((width - 2) * (height - 2))
  const at = (x: number, y: number) => luma[y * width + x] ?? 0
  let i = 0
  for (let y = 1; y < height - 1; y += 1)
    for (let x = 1; x < width - 1; x += 1)
      edges[i++] = 4 * at(x, y) - at(x - 1, y) - at(x + 1, y) - at(x, y - 1) - at(x, y + 1)
  return variance(edges, mean(edges))
}

function isGrey({ data }: Pixels): boolean {
  let hued = 0
  for (let at = 0; at < data.length; at += 3) if (hueOf(data, at) > HUE) hued += 1
  return hued <= (data.length / 3) * GREY_SHARE
}

function hueOf(data: Uint8Array, at: number): number {
  const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]]
  return Math.max(red, green, blue) - Math.min(red, green, blue)
}

function backgroundOf(pixels: Pixels): Background {
  const edge = edgeOf(pixels)
  const colour = [median(pixels, edge, 0), median(pixels, edge, 1), median(pixels, edge, 2)] as const
  const alike = edge.filter((at) =>
    colour.every((one, c) => Math.abs((pixels.data[at + c] ?? 0) - one) <= SHADE),
  )
  const uniformity = alike.length / edge.length
  return { colour, uniformity, tone: toneOf(colour, uniformity) }
}

function toneOf(colour: readonly number[], uniformity: number): Background['tone'] {
  if (uniformity < UNIFORM) return 'mixed'
  const least = Math.min(...colour)
  if (least >= WHITE && Math.max(...colour) - least <= HUELESS) return 'white'
  return least >= PALE ? 'pale' : 'dark'
}

/** Offsets of the pixels of the edge. */
function edgeOf({ width, height }: Pixels): number[] {
  const across = Math.ceil(width * EDGE)
  const down = Math.ceil(height * EDGE)
  const offsets: number[] = []
  for (let y = 0; y < Math.ceil(height / 2); y += 1)
    for (let x = 0; x < width; x += 1)
      if (y < down || x < across || x >= width - across) offsets.push((y * width + x) * 3)
  return offsets
}

function median({ data }: Pixels, offsets: readonly number[], channel: number): number {
  const counts = new Uint32Array(256)
  for (const at of offsets) counts[data[at + channel] ?? 0] = (counts[data[at + channel] ?? 0] ?? 0) + 1
  let seen = 0
  return counts.findIndex((count) => {
    seen += count
    return seen * 2 >= offsets.length
  })
}
