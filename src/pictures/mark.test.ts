import sharp, { type Region } from 'sharp'
import { describe, expect, test } from 'vitest'
import { scene } from '../../test/pictures/scene.ts'
import { type Mark, marked, unmarked } from './mark.ts'

const mark: Mark = { purpose: '居住证申领', receiver: '上海市公安局', day: '2026-03-02' }
const grey = await sharp({ create: { width: 480, height: 600, channels: 3, background: '#808080' } })
  .png()
  .toBuffer()

/** Share of the pixels that are red, of the whole or of a part of the picture. */
async function ink(jpeg: Buffer, part?: Region): Promise<number> {
  const picture = part ? sharp(jpeg).extract(part) : sharp(jpeg)
  const { data } = await picture.raw().toBuffer({ resolveWithObject: true })
  let red = 0
  for (let at = 0; at < data.length; at += 3) if ((data[at] ?? 0) - (data[at + 1] ?? 0) > 30) red += 1
  return red / (data.length / 3)
}

test('the mark is in the pixels of every part of the picture', async () => {
  const shown = await marked(grey, mark)
  expect(await ink(await unmarked(grey))).toBe(0)
  for (const left of [0, 240])
    for (const top of [0, 200, 400])
      expect(await ink(shown, { left, top, width: 240, height: 200 })).toBeGreaterThan(0.02)
})

describe('letters are drawn, and not boxes', () => {
  const inkOf = async (text: string) =>
    await ink(await marked(grey, { purpose: text, receiver: text, day: '' }))
  test('one stroke has less ink than thirty', async () => {
    expect(await inkOf('齄齄齄齄齄齄')).toBeGreaterThan(1.5 * (await inkOf('一一一一一一')))
  })
  test('names of places and what stands around them have letters', async () => {
    // 亳 differs from 毫 by a stroke; two boxes with the same number of digits would not.
    expect(await inkOf('滁州亳州濉溪甪直')).not.toBe(await inkOf('滁州毫州濉溪甪直'))
  })
})

test.each<[string, Partial<Mark>]>([
  ['the purpose', { purpose: '驾驶证换领' }],
  ['the receiver', { receiver: '苏州市公安局' }],
  ['the day', { day: '2026-03-03' }],
])('another mark differs by %s', async (_, change) => {
  expect((await marked(grey, { ...mark, ...change })).equals(await marked(grey, mark))).toBe(false)
})

test('the same picture and mark give the same bytes', async () => {
  expect((await marked(grey, mark)).equals(await marked(grey, mark))).toBe(true)
})

test.each([
  ['markup', '<span foreground="#00ff00">&amp;</span>'],
  ['broken markup', '</span><b>'],
  ['an ampersand', 'A & B'],
  ['control characters', 'a\u0000b\u202ec\nd'],
  ['nothing', ''],
  ['a very long text', '长'.repeat(5000)],
])('%s in a purpose is only text', async (_, purpose) => {
  const shown = await marked(grey, { ...mark, purpose })
  const { data } = await sharp(shown).raw().toBuffer({ resolveWithObject: true })
  let green = 0
  for (let at = 0; at < data.length; at += 3) if ((data[at + 1] ?? 0) - (data[at] ?? 0) > 40) green += 1
  expect(green).toBe(0)
  expect(await ink(shown)).toBeGreaterThan(0.01)
})

test.each([
  [100, 120, 480, 576],
  [358, 441, 480, 591],
  [4000, 3000, 1200, 900],
  [100, 800, 150, 1200],
])('a picture of %s × %s is shown with %s × %s pixels', async (width, height, across, down) => {
  const shown = await marked(await scene({ width, height }).jpeg().toBuffer(), mark)
  expect(await sharp(shown).metadata()).toMatchObject({ width: across, height: down, format: 'jpeg' })
  expect(await ink(shown)).toBeGreaterThan(0.01)
})

test.each([
  [358, 441, 358, 441],
  [4800, 3600, 2400, 1800],
])('the plain picture of %s × %s has %s × %s pixels', async (width, height, across, down) => {
  const plain = await unmarked(await scene({ width, height, grain: 0 }).png().toBuffer())
  expect(await sharp(plain).metadata()).toMatchObject({ width: across, height: down, format: 'jpeg' })
})
