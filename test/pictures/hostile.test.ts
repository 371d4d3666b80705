/** Every file of the corpus goes through every verb that opens a file. Memory is the whole process's, so that a decoder's counts too. */
import { hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { examine } from '../../src/pictures/examine.ts'
import { fit as fitted } from '../../src/pictures/fit.ts'
import { marked, unmarked } from '../../src/pictures/mark.ts'
import { photoRule } from '../../src/pictures/rules.ts'
import { corpus } from './corpus.ts'
import { segmentsOf } from './parts.ts'

const samples = await corpus()
const idCard = photoRule('idCard')
const mark = { purpose: '居住证申领', receiver: '上海市公安局', day: '2026-03-02' }
const verbs: readonly (readonly [name: string, run: (bytes: Buffer) => Promise<Buffer | undefined>])[] = [
  ['examine', async (bytes) => void (await examine(bytes))],
  ['fit', async (bytes) => (await fitted(bytes, idCard)).jpeg],
  ['unmarked', async (bytes) => await unmarked(bytes)],
  ['marked', async (bytes) => await marked(bytes, mark)],
]

/** Milliseconds that one file may take in one verb on a machine that is busy with other things. */
const MOST_MS = 5000
/** MiB by which the process may grow, at its highest, over all files. */
const MOST_MIB = 300

const peakMiB = () => process.resourceUsage().maxRSS / 1024
const before = peakMiB()

/** What may stand in a file of ours: JFIF without a thumbnail, tables, one frame, one scan, the end. */
function expectBare(jpeg: Buffer): void {
  const segments = segmentsOf(jpeg)
  expect(
    segments
      .map((one) => one.marker)
      .filter((marker) => ![0xe0, 0xdb, 0xc0, 0xc4, 0xda, 0xd9].includes(marker)),
  ).toEqual([])
  for (const { marker, at, end } of segments) if (marker === 0xe0) expect([at, end]).toEqual([2, 20])
  expect(segments.at(-1)?.end).toBe(jpeg.length)
  expect(jpeg.includes('CANARY')).toBe(false)
}

/** A copy would count as memory. */
const digest = (bytes: Buffer) => hash('sha256', bytes)

type Outcome = 'refused' | 'reencoded'

/** Undefined where nothing was decoded, because the header says that the picture is too small for the rule. */
async function outcomeOf(
  bytes: Buffer,
  run: (bytes: Buffer) => Promise<Buffer | undefined>,
): Promise<Outcome | undefined> {
  const asItCame = digest(bytes)
  const since = performance.now()
  try {
    const made = await run(bytes)
    if (made) {
      expectBare(made)
      expect(digest(made)).not.toBe(asItCame)
    }
    return 'reencoded'
  } catch (error) {
    // Anything else is a crash in disguise, and is thrown on.
    if (!(error instanceof GatewayError)) throw error
    expect(error.errors).toMatchObject([{ zh: expect.stringMatching(/./), en: expect.stringMatching(/./) }])
    expect(String(error) + JSON.stringify(error.errors)).not.toContain('CANARY')
    return error.code === 'PICTURE_DOES_NOT_FIT' ? undefined : expectUnusable(error)
  } finally {
    expect(performance.now() - since).toBeLessThan(MOST_MS)
    expect(digest(bytes)).toBe(asItCame)
  }
}

function expectUnusable(error: GatewayError): Outcome {
  expect(error.code).toBe('PICTURE_UNUSABLE')
  return 'refused'
}

test('the corpus has more than three hundred files, and no two of one name', () => {
  expect(samples.length).toBeGreaterThan(300)
  expect(new Set(samples.map((one) => one.name)).size).toBe(samples.length)
})

describe.each(['refused', 'reencoded', 'either'] as const)('%s:', (must) => {
  const files = samples.filter((one) => one.must === must).map((one) => [one.name, one.bytes] as const)
  test.each(files)('%s', async (_, bytes) => {
    // Marking costs most, and opens a file as the others do.
    for (const [verb, run] of must === 'either' ? verbs.slice(0, 3) : verbs) {
      const outcome = await outcomeOf(bytes, run)
      const expected = must === 'either' ? outcome : outcome && must
      expect(`${verb}: ${outcome}`).toBe(`${verb}: ${expected}`)
    }
  })
})

test('the process has not grown by more than its limit', () => {
  expect(peakMiB() - before).toBeLessThan(MOST_MIB)
})

test('all at once, in any order, end too', async () => {
  const some = samples.filter((_, index) => index % 6 === 0)
  const outcomes = await Promise.all(
    some.map(({ bytes }) => outcomeOf(bytes, async (file) => void (await examine(file)))),
  )
  expect(outcomes.length).toBe(some.length)
})
