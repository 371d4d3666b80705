/** Files whose parts are wrong, one at a time. */
import { chunk, header, patched, png, rows, segment, segmentsOf, without, withSegments } from './parts.ts'
import { type Bases, group, type Sample } from './sample.ts'

const FRAME = 0xc0
const TABLES = { quantisation: 0xdb, codes: 0xc4, scan: 0xda }

/** The segments of a JPEG, by hand, in another order or number. */
function reordered(
  jpeg: Buffer,
  order: (parts: readonly Buffer[], markers: readonly number[]) => readonly Buffer[],
): Buffer {
  const found = segmentsOf(jpeg)
  const parts = found.map(({ at, end }) => jpeg.subarray(at, end))
  return Buffer.concat([
    jpeg.subarray(0, 2),
    ...order(
      parts,
      found.map(({ marker }) => marker),
    ),
  ])
}

/** JPEG files with one thing wrong. */
export function brokenJpegs({ jpeg }: Bases): Sample[] {
  const asFrame = (marker: number) => {
    const copy = Buffer.from(jpeg)
    copy[(segmentsOf(jpeg).find((one) => one.marker === FRAME)?.at ?? 0) + 1] = marker
    return copy
  }
  return [
    ...group('refused', {
      'a JPEG without a table of codes': without(jpeg, TABLES.codes),
      'a JPEG without a quantisation table': without(jpeg, TABLES.quantisation),
      'a JPEG without a frame': without(jpeg, FRAME),
      'a JPEG without a scan': without(jpeg, TABLES.scan),
      'a JPEG with two frames': reordered(jpeg, (parts, markers) => [
        parts[markers.indexOf(FRAME)] ?? Buffer.alloc(0),
        ...parts,
      ]),
      'a JPEG with its scan first': reordered(jpeg, (parts, markers) => [
        parts[markers.indexOf(TABLES.scan)] ?? Buffer.alloc(0),
        ...parts,
      ]),
      'a JPEG with a table of codes that is too full': patched(
        jpeg,
        TABLES.codes,
        1,
        ...Array.from({ length: 16 }, () => 255),
      ),
      'a JPEG with a table of codes for nobody': patched(jpeg, TABLES.codes, 0, 0xff),
      'a JPEG with codes that fit in no tree': patched(jpeg, TABLES.codes, 1, 9, 9, 9),
      'a JPEG with a quantisation table for nobody': patched(jpeg, TABLES.quantisation, 0, 0x0f),
      'a JPEG of 12 bits': patched(jpeg, FRAME, 0, 12),
      'a JPEG of no bits': patched(jpeg, FRAME, 0, 0),
      'a JPEG of no height': patched(jpeg, FRAME, 1, 0, 0),
      'a JPEG of no width': patched(jpeg, FRAME, 3, 0, 0),
      'a JPEG of no components': patched(jpeg, FRAME, 5, 0),
      'a JPEG of two components': patched(jpeg, FRAME, 5, 2),
      'a JPEG of 255 components': patched(jpeg, FRAME, 5, 255),
      'a JPEG that samples nothing': patched(jpeg, FRAME, 7, 0),
      'a JPEG that samples fifteen times': patched(jpeg, FRAME, 7, 0xff),
      'a JPEG with a table that is not there': patched(jpeg, FRAME, 8, 3),
      'a JPEG whose scan has a component of nobody': patched(jpeg, TABLES.scan, 1, 99),
      'a JPEG whose scan has no components': patched(jpeg, TABLES.scan, 0, 0),
      'a JPEG whose height comes later': withSegments(jpeg, segment(0xdc, Buffer.of(2, 48))),
      'a JPEG with an end in its beginning': Buffer.concat([Buffer.of(0xff, 0xd8, 0xff, 0xd9), jpeg]),
      'a JPEG in a JPEG': Buffer.concat([jpeg.subarray(0, 2), jpeg]),
      'a JPEG with a segment of length 0': withSegments(jpeg, segment(0xfe, '', 0)),
      'a JPEG with a segment of length 1': withSegments(jpeg, segment(0xfe, '', 1)),
      'a JPEG with a segment that is longer than the file': Buffer.concat([
        jpeg.subarray(0, 600),
        segment(0xfe, '', 65_535),
      ]),
      'a JPEG with something between its segments': Buffer.concat([
        jpeg.subarray(0, 2),
        Buffer.from('<?php ?>'),
        jpeg.subarray(2),
      ]),
      'a JPEG with a restart before its frame': Buffer.concat([
        jpeg.subarray(0, 2),
        Buffer.of(0xff, 0xd0),
        jpeg.subarray(2),
      ]),
      'a JPEG with an unknown marker': withSegments(jpeg, segment(0x02, 'CANARY')),
      'a lossless JPEG': asFrame(0xc3),
      'a hierarchical JPEG': asFrame(0xc5),
      'an arithmetic JPEG': asFrame(0xc9),
      'an arithmetic progressive JPEG': asFrame(0xca),
      'a JPEG of the future (LS)': withSegments(jpeg, segment(0xf7, Buffer.alloc(20))),
    }),
    ...group('either', {
      'a JPEG whose frame says progressive': asFrame(0xc2),
      'a JPEG with a restart interval that is not kept': withSegments(jpeg, segment(0xdd, Buffer.of(0, 3))),
      'a JPEG with a quantisation of zeros': patched(
        jpeg,
        TABLES.quantisation,
        1,
        ...Array.from({ length: 64 }, () => 0),
      ),
    }),
  ]
}

/** PNG files with one thing wrong. */
export function brokenPngs({ png: plain }: Bases): Sample[] {
  const data = chunk('IDAT', rows(32, 96, 120))
  const end = chunk('IEND')
  const head = header(32, 32)
  const without = (body: readonly number[]) => chunk('IHDR', Buffer.from(body))
  const spoilt = Buffer.from(plain)
  spoilt[60] = (spoilt[60] ?? 0) ^ 0xff
  return group('refused', {
    'a PNG with a wrong sum of its header': png(
      Buffer.concat([head.subarray(0, -1), Buffer.of(0)]),
      data,
      end,
    ),
    'a PNG with a wrong sum of its data': png(head, chunk('IDAT', rows(32, 96), 7), end),
    'a PNG with a spoilt byte in its data': spoilt,
    'a PNG without a header': png(data, end),
    'a PNG with two headers': png(head, head, data, end),
    'a PNG with a header that is too short': png(without([0, 0, 0, 32, 0, 0, 0, 32, 8, 2, 0, 0]), data, end),
    'a PNG with a header that is too long': png(
      without([0, 0, 0, 32, 0, 0, 0, 32, 8, 2, 0, 0, 0, 0]),
      data,
      end,
    ),
    'a PNG without data': png(head, end),
    'a PNG with empty data': png(head, chunk('IDAT'), end),
    'a PNG with data that are not packed': png(head, chunk('IDAT', 'CANARY'.repeat(500)), end),
    'a PNG with data that are too few': png(head, chunk('IDAT', rows(31, 96)), end),
    'a PNG without an end': png(head, data),
    'a PNG of depth 3': png(header(32, 32, 3), data, end),
    'a PNG of colour type 5': png(header(32, 32, 8, 5), data, end),
    'a PNG of one bit and three colours': png(header(32, 32, 1, 2), data, end),
    'a PNG with an unknown way of packing': png(
      without([0, 0, 0, 32, 0, 0, 0, 32, 8, 2, 9, 0, 0]),
      data,
      end,
    ),
    'a PNG with an unknown way of filtering': png(
      without([0, 0, 0, 32, 0, 0, 0, 32, 8, 2, 0, 9, 0]),
      data,
      end,
    ),
    'a PNG with an unknown interlace': png(header(32, 32, 8, 2, 2), data, end),
    'a PNG with a filter of nobody': png(head, chunk('IDAT', rows(32, 96, 0, 9)), end),
    'a PNG whose palette is missing': png(header(32, 32, 8, 3), chunk('IDAT', rows(32, 32)), end),
    'a PNG whose palette comes too late': png(
      header(32, 32, 8, 3),
      chunk('IDAT', rows(32, 32)),
      chunk('PLTE', Buffer.alloc(6)),
      end,
    ),
    'a PNG with a palette of half a colour': png(
      header(32, 32, 8, 3),
      chunk('PLTE', Buffer.alloc(4)),
      chunk('IDAT', rows(32, 32)),
      end,
    ),
    'a PNG with a chunk of nobody that must be known': png(head, chunk('CaNv', 'x'), data, end),
    'a PNG with a chunk that is longer than the file': Buffer.concat([
      png(head),
      Buffer.from('7fffffff49444154', 'hex'),
      data,
    ]),
    'a PNG with a chunk whose length is negative': Buffer.concat([
      png(head),
      Buffer.from('ffffffff49444154', 'hex'),
      data,
    ]),
    'a PNG with a chunk whose name is no name': png(head, chunk('<a> ', 'x'), data, end),
    'a PNG with its end first': png(head, end, data),
  })
}
