/** Good files that were cut off, or in which bits fell over. */
import { chunk } from './parts.ts'
import { type Bases, group, type Sample } from './sample.ts'
import { numbers } from './scene.ts'

/** Cut off at many places: everywhere in the head, and in the data. */
export const cut = ({ jpeg, progressive, png: plain }: Bases) =>
  group('refused', {
    ...Object.fromEntries(
      [4, 20, 100, 160, 200, 300, 500, 700, 1000, 3000, 8000, -1000, -100, -10, -2, -1].map((at) => [
        `a JPEG cut at ${at}`,
        jpeg.subarray(0, at),
      ]),
    ),
    ...Object.fromEntries(
      [400, 5000, -500, -2].map((at) => [`a progressive JPEG cut at ${at}`, progressive.subarray(0, at)]),
    ),
    ...Object.fromEntries(
      [9, 20, 30, 33, 40, 60, 200, 1000, -400, -20, -12, -4, -1].map((at) => [
        `a PNG cut at ${at}`,
        plain.subarray(0, at),
      ]),
    ),
    'a JPEG cut and closed again': Buffer.concat([jpeg.subarray(0, 6000), Buffer.of(0xff, 0xd9)]),
    'a PNG cut and closed again': Buffer.concat([plain.subarray(0, -200), chunk('IEND')]),
  })

export function flipped({ jpeg, png: plain }: Bases): Sample[] {
  const flips = (file: Buffer, seed: number, count: number) => {
    const next = numbers(seed)
    const copy = Buffer.from(file)
    for (let i = 0; i < count; i += 1) {
      const at = 12 + (((next() << 15) | next()) % (copy.length - 12))
      copy[at] = (copy[at] ?? 0) ^ (1 << (next() & 7))
    }
    return copy
  }
  const seeds = Array.from({ length: 30 }, (_, i) => 1000 + i)
  return [
    // A JPEG has no check sums: of some flipped bits nobody can know.
    ...seeds.flatMap((seed) =>
      group('either', { [`a JPEG with bits flipped, seed ${seed}`]: flips(jpeg, seed, 1 + (seed % 12)) }),
    ),
    ...seeds.flatMap((seed) =>
      group('refused', { [`a PNG with bits flipped, seed ${seed}`]: flips(plain, seed, 1 + (seed % 4)) }),
    ),
  ]
}
