/** A drawn person before a wall, with the grain of a sensor: the same pixels each time. */
import sharp from 'sharp'

export interface Scene {
  readonly width: number
  readonly height: number
  /** Colour of the wall. */
  readonly wall?: readonly [number, number, number]
  /** Grain: the most by which a channel differs. */
  readonly grain?: number
}

/** A generator of 15-bit numbers with a seed. */
export function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state >> 16
  }
}

const HAIR = [30, 25, 20] as const
export const SKIN = [220, 180, 155] as const
const COAT = [40, 60, 110] as const
export const WALL = [238, 238, 238] as const

/** Raw pixels, three channels. The head stands in the middle of the upper half. */
export function scenePixels({ width, height, wall = WALL, grain = 8 }: Scene): Buffer {
  const next = numbers(7)
  const data = Buffer.alloc(width * height * 3)
  const unit = Math.min(width, height)
  const colourAt = (x: number, y: number) => {
    const across = (x - width / 2) / (unit * 0.19)
    const down = (y - height * 0.4) / (unit * 0.26)
    if (across ** 2 + down ** 2 < 1) return down < -0.5 ? HAIR : SKIN
    return y > height * 0.68 && Math.abs(x - width / 2) < unit * 0.42 ? COAT : wall
  }
  let at = 0
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const noise = grain === 0 ? 0 : (next() % (2 * grain + 1)) - grain
      for (const channel of colourAt(x, y)) data[at++] = Math.max(0, Math.min(255, channel + noise))
    }
  return data
}

/** The scene in a sharp pipeline. */
export const scene = (of: Scene) =>
  sharp(scenePixels(of), { raw: { width: of.width, height: of.height, channels: 3 } })
