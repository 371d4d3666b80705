import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { exif, segment, segmentsOf, withSegments } from '../../test/pictures/parts.ts'
import { numbers, SKIN, scene, WALL } from '../../test/pictures/scene.ts'
import { examine } from './examine.ts'
import { fit as fitted } from './fit.ts'
import { judge } from './judge.ts'
import { PHOTO_RULES, photoRule } from './rules.ts'

const phone = await scene({ width: 1600, height: 1200 }).jpeg({ quality: 90 }).toBuffer()
const days = { takenOn: null, today: '2026-03-02' }

/** The colour of a point, given in shares of width and height. */
async function colourAt(jpeg: Buffer, across: number, down: number): Promise<readonly number[]> {
  const { data, info } = await sharp(jpeg).blur(2).raw().toBuffer({ resolveWithObject: true })
  const at = (Math.floor(info.height * down) * info.width + Math.floor(info.width * across)) * info.channels
  return [...data.subarray(at, at + 3)]
}
function expectNear(found: readonly number[], wanted: readonly number[]): void {
  for (const [c, one] of found.entries()) expect(Math.abs(one - (wanted[c] ?? 0))).toBeLessThan(20)
}

describe.each(PHOTO_RULES.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  test('a phone’s photo is made to fit, and is then judged to fit', async () => {
    const made = await fitted(phone, rule)
    const again = await examine(made.jpeg)
    expect(again).toMatchObject({
      width: made.width,
      height: made.height,
      dpi: rule.dpi?.value,
      format: 'jpeg',
    })
    const { findings } = judge(again, rule, days)
    for (const name of ['pixels', 'dpi', 'format', 'background'])
      expect(findings.find((one) => one.requirement === name)).toMatchObject({ verdict: 'fits' })
    if (rule.bytes)
      expect(findings.find((one) => one.requirement === 'bytes')).toMatchObject({ verdict: 'fits' })
    expect(made.isInWindow).toBe(true)
  })

  test('the head stays in the upper half, on its wall', async () => {
    const { jpeg } = await fitted(phone, rule)
    expectNear(await colourAt(jpeg, 0.5, 0.45), SKIN)
    expectNear(await colourAt(jpeg, 0.03, 0.03), WALL)
    expectNear(await colourAt(jpeg, 0.97, 0.03), WALL)
  })

  test('a picture that is too small is refused, and the rule is named', async () => {
    const small = await scene({ width: 200, height: 260 }).jpeg().toBuffer()
    await expect(fitted(small, rule)).rejects.toMatchObject({
      code: 'PICTURE_DOES_NOT_FIT',
      facts: { document: rule.id, requirement: 'pixels' },
      errors: [{ code: 'PIXELS', zh: expect.stringContaining(rule.names.zh) }],
    })
  })
})

test('the header is JFIF with the dots an inch, and nothing else is kept', async () => {
  const { jpeg } = await fitted(
    withSegments(phone, segment(0xe1, exif(1)), segment(0xfe, 'x')),
    photoRule('idCard'),
  )
  expect(segmentsOf(jpeg).map((one) => one.marker.toString(16))).toEqual([
    'e0',
    'db',
    'db',
    'c0',
    'c4',
    'c4',
    'c4',
    'c4',
    'da',
    'd9',
  ])
  expect(jpeg.subarray(6, 18).toString('hex')).toBe('4a464946000102' + '01' + '015e' + '015e')
  expect((await sharp(jpeg).metadata()).space).toBe('srgb')
})

test('a photo that lies on its side is turned before it is cut', async () => {
  const lying = await scene({ width: 1200, height: 1600 }).rotate(-90).jpeg({ quality: 90 }).toBuffer()
  const { jpeg } = await fitted(withSegments(lying, segment(0xe1, exif(6))), photoRule('idCard'))
  expectNear(await colourAt(jpeg, 0.5, 0.42), SKIN)
  expectNear(await colourAt(jpeg, 0.03, 0.03), WALL)
})

test('a picture that has a size of the rule keeps it', async () => {
  const exact = await scene({ width: 390, height: 567 }).jpeg({ quality: 95 }).toBuffer()
  expect(await fitted(exact, photoRule('passport'))).toMatchObject({ width: 390, height: 567 })
})

test.each([
  [354, 472, 354, 472],
  [900, 1000, 480, 640],
  [420, 700, 420, 560],
  [350, 480, 354, 472],
])(
  'for a passport, %s × %s becomes %s × %s: as large as may be, and never much larger than it was',
  async (width, height, across, down) => {
    const made = await fitted(
      await scene({ width, height }).jpeg({ quality: 95 }).toBuffer(),
      photoRule('passport'),
    )
    expect(made).toMatchObject({ width: across, height: down })
  },
)

test('a passport’s photo is enlarged by a hundredth for an identity card, and not by a tenth', async () => {
  const of = async (width: number, height: number) => await scene({ width, height }).jpeg().toBuffer()
  expect(await fitted(await of(354, 472), photoRule('idCard'))).toMatchObject({ width: 358, height: 441 })
  await expect(fitted(await of(325, 441), photoRule('idCard'))).rejects.toThrow(/idCard/)
})

/** Pixels of chance: what a JPEG can pack least. */
async function chance(width: number, height: number): Promise<Buffer> {
  const next = numbers(5)
  const data = Buffer.from(Array.from({ length: width * height * 3 }, () => next() & 255))
  return await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer()
}
const flat = async (width: number, height: number) =>
  await sharp({ create: { width, height, channels: 3, background: '#f0f0f0' } })
    .png()
    .toBuffer()

describe('the size of the file', () => {
  test('is brought below the most by a lower quality', async () => {
    const grainy = await scene({ width: 480, height: 640, grain: 30 }).png().toBuffer()
    const made = await fitted(grainy, photoRule('passport'))
    expect(made.quality).toBeLessThan(92)
    expect(made.jpeg.length).toBeLessThanOrEqual(80_000)
    expect(made.jpeg.length).toBeGreaterThan(60_000)
  })

  test('is brought above the least by a higher quality', async () => {
    const smooth = await scene({ width: 480, height: 640, grain: 2 }).png().toBuffer()
    const made = await fitted(smooth, photoRule('passport'))
    expect(made.quality).toBeGreaterThan(92)
    expect(made.jpeg.length).toBeGreaterThanOrEqual(30_720)
    expect(made.jpeg.length).toBeLessThanOrEqual(80_000)
  })

  test.each([
    ['too much', chance],
    ['too little', flat],
  ])('refuses a picture with %s in it where the rule is official', async (_, make) => {
    await expect(fitted(await make(480, 640), photoRule('passport'))).rejects.toMatchObject({
      code: 'PICTURE_DOES_NOT_FIT',
      facts: { document: 'passport', requirement: 'bytes' },
    })
  })

  test.each([
    ['too much', chance],
    ['too little', flat],
  ])('gives a picture with %s in it all the same where the window is an aim of ours', async (_, make) => {
    const made = await fitted(await make(358, 441), photoRule('idCard'))
    expect(made.isInWindow).toBe(false)
    expect(await examine(made.jpeg)).toMatchObject({ width: 358, height: 441 })
  })
})
