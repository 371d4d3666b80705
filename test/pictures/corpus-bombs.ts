/** Sizes at and beyond the limits, and small files that want much. */
import {
  chunk,
  header,
  packedZeros,
  png,
  rows,
  segment,
  segmentsOf,
  withChunks,
  withSegments,
} from './parts.ts'
import { type Bases, group, type Sample } from './sample.ts'

const flat = (width: number, height: number) =>
  png(header(width, height, 8, 0), chunk('IDAT', rows(height, width, 200)), chunk('IEND'))

export const sizes = ({ jpeg }: Bases) => [
  ...group('refused', {
    'one pixel': flat(1, 1),
    'fifteen pixels wide': flat(15, 400),
    'a line across': flat(20_000, 1),
    'a line down': flat(1, 20_000),
    'a long strip': flat(16, 16_000),
    'a wide strip': flat(16_000, 16),
    'more than eight times as wide as long': flat(801, 100),
    'a side that is one pixel too long': flat(16_001, 3000),
    'no width': png(header(0, 400), chunk('IDAT', rows(400, 1)), chunk('IEND')),
    'no height': png(header(400, 0), chunk('IDAT', rows(1, 400)), chunk('IEND')),
    'the largest width that there is': png(
      header(2 ** 31 - 1, 20),
      chunk('IDAT', rows(20, 60)),
      chunk('IEND'),
    ),
    'a width that is negative': png(header(-1, 20), chunk('IDAT', rows(20, 60)), chunk('IEND')),
    'more than 20 MiB': Buffer.concat([jpeg, Buffer.alloc(20 * 2 ** 20)]),
  }),
  ...group('reencoded', {
    'sixteen pixels square': flat(16, 16),
    'eight times as long as wide': flat(100, 800),
    'just within 20 MiB': Buffer.concat([jpeg, Buffer.alloc(20 * 2 ** 20 - jpeg.length)]),
    'eight million pixels in few bytes': flat(4000, 2000),
  }),
]

export function bombs({ jpeg, progressive, png: plain }: Bases): Sample[] {
  const frame = segmentsOf(progressive).find((one) => one.marker === 0xc2)
  const claims = (file: Buffer, width: number, height: number) => {
    const copy = Buffer.from(file)
    const at = segmentsOf(file).find(({ marker }) => marker === 0xc0 || marker === 0xc2)?.at ?? 0
    copy.writeUInt16BE(height, at + 5)
    copy.writeUInt16BE(width, at + 7)
    return copy
  }
  const scans = segmentsOf(progressive).filter((one) => one.marker === 0xda)
  const last = scans.at(-1)
  const scan = progressive.subarray(last?.at, last?.end)
  const repeated = (count: number) =>
    Buffer.concat([
      progressive.subarray(0, -2),
      ...Array.from({ length: count }, () => scan),
      progressive.subarray(-2),
    ])
  const zeros = (
    width: number,
    height: number,
    bytes: number,
    depth: number,
    colour: number,
    interlace = 0,
  ) =>
    png(
      header(width, height, depth, colour, interlace),
      chunk('IDAT', packedZeros((bytes + 1) * height)),
      chunk('IEND'),
    )
  const manyIdle = Array.from({ length: 70_000 }, () => chunk('IDAT'))
  return [
    ...group('refused', {
      'a PNG of 30000 × 30000 black pixels': zeros(30_000, 30_000, 30_000, 8, 0),
      'a PNG of 30000 × 30000 pixels in 112 kB': zeros(30_000, 30_000, 3750, 1, 0),
      'a PNG of 15000 × 15000 pixels': zeros(15_000, 15_000, 45_000, 8, 2),
      'a PNG of 8000 × 6000 pixels of 16 bits': zeros(8000, 6000, 48_000, 16, 6),
      'a PNG of 8000 × 8000 interlaced pixels': zeros(8000, 8000, 24_000, 8, 2, 1),
      'a PNG that claims more than it has': png(
        header(4000, 3000),
        chunk('IDAT', rows(4, 12_000)),
        chunk('IEND'),
      ),
      'a PNG of seventy thousand empty pieces': png(
        header(32, 32),
        ...manyIdle,
        chunk('IDAT', rows(32, 96)),
        chunk('IEND'),
      ),
      'a PNG that moves': withChunks(plain, chunk('acTL', Buffer.of(0, 0, 0, 2, 0, 0, 0, 0))),
      'a PNG that moves for ever': withChunks(
        plain,
        chunk('acTL', Buffer.alloc(8, 0xff)),
        chunk('fcTL', Buffer.alloc(26)),
      ),
      'a JPEG that claims 65535 × 65535 pixels': claims(jpeg, 65_535, 65_535),
      'a JPEG that claims 8000 × 8000 pixels': claims(jpeg, 8000, 8000),
      'a progressive JPEG that claims 8000 × 8000 pixels': claims(progressive, 8000, 8000),
      'a progressive JPEG of five thousand scans': repeated(5000),
      'a progressive JPEG of 4000 scans of 16 million pixels': claims(repeated(4000), 4000, 4000),
      'five thousand empty comments': withSegments(
        jpeg,
        ...Array.from({ length: 5000 }, () => segment(0xfe, '')),
      ),
      'a MiB of 0xff behind a JPEG’s beginning': Buffer.concat([
        jpeg.subarray(0, 2),
        Buffer.alloc(2 ** 20, 0xff),
      ]),
      'ten MiB of stuffed bytes in a scan': Buffer.concat([
        jpeg.subarray(0, -2),
        Buffer.from('ff00'.repeat(5 * 2 ** 20), 'hex'),
      ]),
    }),
    ...group('either', {
      'a progressive JPEG with its last scan 300 times': repeated(300),
      'a progressive JPEG that claims 6000 × 4000 pixels': frame
        ? claims(progressive, 6000, 4000)
        : progressive,
    }),
    ...group('reencoded', {
      'a PNG with a text of a GiB, packed': withChunks(
        plain,
        chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), packedZeros(2 ** 30)])),
      ),
      'a PNG with an international text of a GiB, packed': withChunks(
        plain,
        chunk('iTXt', Buffer.concat([Buffer.from('Comment\0\x01\0\0\0'), packedZeros(2 ** 30)])),
      ),
      'a PNG with fifty texts of 100 MiB, packed': withChunks(
        plain,
        ...Array.from({ length: 50 }, () =>
          chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), packedZeros(100 * 2 ** 20)])),
        ),
      ),
    }),
    ...group('either', {
      'a PNG with a profile of 500 MiB, packed': withChunks(
        plain,
        chunk('iCCP', Buffer.concat([Buffer.from('p\0\0'), packedZeros(500 * 2 ** 20)])),
      ),
    }),
  ]
}
