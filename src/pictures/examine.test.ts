import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { exif, segment, withSegments } from '../../test/pictures/parts.ts'
import { scene } from '../../test/pictures/scene.ts'
import { examine } from './examine.ts'

const size = { width: 320, height: 400 }
const picture = (more: Parameters<typeof scene>[0] | object = {}) => scene({ ...size, ...more })
function near(colour: readonly number[], wanted: readonly number[], by: number): void {
  for (const [c, one] of colour.entries()) expect(Math.abs(one - (wanted[c] ?? 0))).toBeLessThanOrEqual(by)
}

test('only JPEG and PNG are opened by libvips, whatever else it could', async () => {
  await expect(
    sharp(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')).metadata(),
  ).rejects.toThrow()
  await expect(sharp(await picture().webp().toBuffer()).metadata()).rejects.toThrow()
  await expect(sharp('package.json').metadata()).rejects.toThrow()
  expect(sharp.concurrency()).toBe(1)
  expect(sharp.cache().memory.max).toBe(0)
})

test('measures the file and the picture', async () => {
  const bytes = await picture().withDensity(300).jpeg().toBuffer()
  expect(await examine(bytes)).toMatchObject({
    format: 'jpeg',
    ...size,
    bytes: bytes.length,
    dpi: 300,
    isGrey: false,
  })
  expect(await examine(await picture().png().toBuffer())).toMatchObject({ format: 'png', ...size })
})

test.each([
  [1, 320, 400],
  [3, 320, 400],
  [6, 400, 320],
  [8, 400, 320],
])(
  'a picture with the EXIF orientation %s is measured as it is seen: %s × %s',
  async (way, width, height) => {
    const stored = await picture().jpeg().toBuffer()
    expect(await examine(withSegments(stored, segment(0xe1, exif(way))))).toMatchObject({ width, height })
  },
)

describe('the background', () => {
  test.each([
    ['white', [250, 250, 250]],
    ['white', [226, 224, 222]],
    ['pale', [205, 205, 205]],
    ['pale', [200, 220, 250]],
    ['pale', [250, 250, 221]],
    ['dark', [60, 120, 200]],
    ['dark', [200, 30, 40]],
    ['dark', [20, 20, 20]],
  ] as const)('is %s for a wall of %j', async (tone, wall) => {
    const { background } = await examine(await picture({ wall }).jpeg().toBuffer())
    expect(background.tone).toBe(tone)
    expect(background.uniformity).toBeGreaterThan(0.9)
    near(background.colour, wall, 6)
  })

  test('is mixed where half of it is another colour', async () => {
    const half = await sharp({ create: { width: 160, height: 400, channels: 3, background: '#303090' } })
      .png()
      .toBuffer()
    const { background } = await examine(
      await picture()
        .composite([{ input: half, left: 0, top: 0 }])
        .png()
        .toBuffer(),
    )
    expect(background.tone).toBe('mixed')
  })

  test('is white where a PNG is transparent', async () => {
    const clear = await sharp({
      create: { ...size, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } },
    })
      .png()
      .toBuffer()
    expect((await examine(clear)).background).toEqual({
      colour: [255, 255, 255],
      uniformity: 1,
      tone: 'white',
    })
  })
})

describe('colours are those of the screen', () => {
  const wall = [60, 120, 200] as const
  let plain: Awaited<ReturnType<typeof examine>>
  beforeAll(async () => {
    plain = await examine(await picture({ wall }).png().toBuffer())
  })
  test.each<[string, number, () => Promise<Buffer>]>([
    ['for a PNG of 16 bits', 2, () => picture({ wall }).toColourspace('rgb16').png().toBuffer()],
    [
      'for a JPEG with another profile',
      6,
      () => picture({ wall }).withIccProfile('p3').jpeg({ quality: 95 }).toBuffer(),
    ],
    ['for a JPEG for printers', 40, () => picture({ wall }).toColourspace('cmyk').jpeg().toBuffer()],
  ])('%s, within %s', async (_, by, make) => {
    near((await examine(await make())).background.colour, plain.background.colour, by)
  })
})

test('knows a grey picture from a coloured one', async () => {
  expect((await examine(await picture().greyscale().jpeg().toBuffer())).isGrey).toBe(true)
  expect((await examine(await picture().greyscale().toColourspace('srgb').jpeg().toBuffer())).isGrey).toBe(
    true,
  )
  expect((await examine(await picture().jpeg().toBuffer())).isGrey).toBe(false)
})

test('a blurred, a dark and a hazy picture have smaller numbers', async () => {
  const sharpOne = await examine(
    await scene({ width: 1600, height: 2000, grain: 0 }).jpeg({ quality: 95 }).toBuffer(),
  )
  const blurred = await examine(
    await scene({ width: 1600, height: 2000, grain: 0 }).blur(24).jpeg({ quality: 95 }).toBuffer(),
  )
  const dark = await examine(await picture().linear(0.15, 0).jpeg().toBuffer())
  const hazy = await examine(await picture().linear(0.1, 150).jpeg().toBuffer())
  expect(sharpOne.sharpness).toBeGreaterThan(50)
  expect(blurred.sharpness).toBeLessThan(8)
  expect(dark.brightness).toBeLessThan(60)
  expect(hazy.contrast).toBeLessThan(12)
})
