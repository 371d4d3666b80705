/** Pictures that are pictures, in all the ways that phones, scanners and strangers write them, and what they carry besides. */
import { deflateSync } from 'node:zlib'
import {
  chance,
  chunk,
  exif,
  HTML,
  header,
  padded,
  png,
  rows,
  segment,
  withChunks,
  withSegments,
} from './parts.ts'
import { type Bases, group, type Sample, SIZE } from './sample.ts'
import { scene } from './scene.ts'

export async function goodPictures({ jpeg, progressive, png: plain }: Bases): Promise<Sample[]> {
  const of = (grain = 8) => scene({ ...SIZE, grain })
  const cmyk = await of().toColourspace('cmyk').jpeg().toBuffer()
  return group('reencoded', {
    'a JPEG': jpeg,
    'a progressive JPEG': progressive,
    'a JPEG in grey': await of().greyscale().jpeg().toBuffer(),
    'a JPEG with full colour': await of().jpeg({ chromaSubsampling: '4:4:4' }).toBuffer(),
    'a JPEG of the poorest quality': await of().jpeg({ quality: 1 }).toBuffer(),
    'a JPEG of the best quality': await of().jpeg({ quality: 100 }).toBuffer(),
    'a JPEG for printers (CMYK)': cmyk,
    'a JPEG for printers whose marker says YCCK': withSegments(
      cmyk,
      segment(0xee, Buffer.from('41646f626500640000000002', 'hex')),
    ),
    'a JPEG with a profile of another colour space (P3)': await of().withIccProfile('p3').jpeg().toBuffer(),
    'a JPEG with the header of JFIF': withSegments(
      jpeg,
      segment(0xe0, Buffer.from('4a46494600010201012c012c0000', 'hex')),
    ),
    'a JPEG with fill bytes before a marker': Buffer.concat([
      jpeg.subarray(0, 2),
      Buffer.alloc(40, 0xff),
      jpeg.subarray(2),
    ]),
    ...Object.fromEntries(
      [1, 2, 3, 4, 5, 6, 7, 8].map((way) => [
        `a JPEG that is to be turned (${way})`,
        withSegments(jpeg, segment(0xe1, exif(way))),
      ]),
    ),
    'a PNG': plain,
    'a PNG with a palette': await of(0).png({ palette: true }).toBuffer(),
    'a PNG in grey': await of().greyscale().png().toBuffer(),
    'a PNG with transparency': await of().ensureAlpha(0.5).png().toBuffer(),
    'a PNG that is wholly transparent': await of().ensureAlpha(0).png().toBuffer(),
    'a PNG of 16 bits': await of().toColourspace('rgb16').png().toBuffer(),
    'a PNG of 16 bits with transparency': await of().ensureAlpha(0.5).toColourspace('rgb16').png().toBuffer(),
    'a PNG of 16 bits in grey': await of().greyscale().toColourspace('grey16').png().toBuffer(),
    'a PNG that is interlaced': await of().png({ progressive: true }).toBuffer(),
    'a PNG of one bit': png(header(400, 500, 1, 0), chunk('IDAT', rows(500, 50, 0xaa)), chunk('IEND')),
    'a PNG of two bits': png(header(400, 500, 2, 0), chunk('IDAT', rows(500, 100, 0x1b)), chunk('IEND')),
    'a PNG with each filter': png(header(400, 500), chunk('IDAT', rows(500, 1200, 1, 4)), chunk('IEND')),
    'a PNG that is to be turned': withChunks(plain, chunk('eXIf', exif(6).subarray(6))),
    'a PNG with its data in a thousand pieces': png(
      header(400, 500),
      ...pieces(rows(500, 1200, 90), 3).map((piece) => chunk('IDAT', piece)),
      chunk('IEND'),
    ),
  })
}

const pieces = (bytes: Buffer, length: number) =>
  Array.from({ length: Math.ceil(bytes.length / length) }, (_, i) =>
    bytes.subarray(i * length, (i + 1) * length),
  )

const TAILS: Readonly<Record<string, Buffer>> = {
  'a ZIP': Buffer.concat([padded('504b0304'), Buffer.from('CANARY'), padded('504b0506', 18)]),
  'a page': Buffer.from(HTML),
  'a PHP script': Buffer.from('<?php echo "CANARY"; ?>'),
  'a PDF': Buffer.from('%PDF-1.7 CANARY %%EOF'),
  'a program': padded('4d5a9000'),
  'a film, as phones do': padded('000000186674797069736f6d0000000069736f6d'),
  'half a MiB of chance': chance(3, 2 ** 19),
}

export const tails = ({ jpeg, png: plain }: Bases) =>
  group('reencoded', {
    ...Object.fromEntries(
      Object.entries(TAILS).map(([what, tail]) => [
        `a JPEG and behind it ${what}`,
        Buffer.concat([jpeg, tail]),
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(TAILS).map(([what, tail]) => [
        `a PNG and behind it ${what}`,
        Buffer.concat([plain, tail]),
      ]),
    ),
    'a JPEG and behind it another JPEG': Buffer.concat([jpeg, jpeg]),
    'a JPEG and behind it a PNG': Buffer.concat([jpeg, plain]),
    'a PNG and behind it chunks': Buffer.concat([plain, chunk('tEXt', 'Comment\0CANARY'), chunk('IEND')]),
    'a JPEG that is a ZIP too, in a comment': withSegments(jpeg, segment(0xfe, TAILS['a ZIP'] ?? '')),
    'a JPEG that is a script too': withSegments(
      jpeg,
      segment(0xe0, `/*${'\0'.repeat(40)}*/=alert("CANARY");/*`),
    ),
  })

export const metadata = ({ jpeg, png: plain }: Bases) =>
  group('reencoded', {
    'a JPEG that says where it was taken': withSegments(jpeg, segment(0xe1, exif(1))),
    'a JPEG with XMP': withSegments(
      jpeg,
      segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>CANARY</x:xmpmeta>'),
    ),
    'a JPEG with IPTC': withSegments(
      jpeg,
      segment(0xed, 'Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x06CANARY'),
    ),
    'a JPEG with a comment': withSegments(jpeg, segment(0xfe, 'CANARY <script>alert(1)</script>')),
    'a JPEG with a full comment': withSegments(jpeg, segment(0xfe, 'CANARY'.repeat(10_000))),
    'a JPEG with a list of further pictures': withSegments(jpeg, segment(0xe2, 'MPF\0CANARY')),
    'a JPEG with every application marker': withSegments(
      jpeg,
      ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15].map((n) => segment(0xe0 + n, 'CANARY'.repeat(50))),
    ),
    'a JPEG with 300 comments': withSegments(
      jpeg,
      ...Array.from({ length: 300 }, () => segment(0xfe, 'CANARY')),
    ),
    'a JPEG with a thumbnail in its EXIF': withSegments(
      jpeg,
      segment(0xe1, Buffer.concat([exif(1), jpeg.subarray(0, 9000)])),
    ),
    'a JPEG whose EXIF points at itself': withSegments(
      jpeg,
      segment(0xe1, 'Exif\0\0MM\0*\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08'),
    ),
    'a PNG with a text': withChunks(plain, chunk('tEXt', 'Comment\0CANARY')),
    'a PNG with a page in a text': withChunks(plain, chunk('tEXt', `Comment\0${HTML}`)),
    'a PNG with an international text': withChunks(
      plain,
      chunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0<x>CANARY</x>'),
    ),
    'a PNG with a packed text': withChunks(
      plain,
      chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync('CANARY')])),
    ),
    'a PNG with a time': withChunks(plain, chunk('tIME', Buffer.of(7, 234, 3, 2, 9, 0, 0))),
    'a PNG with EXIF': withChunks(plain, chunk('eXIf', exif(1).subarray(6))),
    'a PNG with a chunk of its own': withChunks(plain, chunk('caNv', 'CANARY')),
    'a PNG with a wrong sum of a text': withChunks(plain, chunk('tEXt', 'Comment\0CANARY', 1)),
    'a PNG with a thousand texts': withChunks(
      plain,
      ...Array.from({ length: 1000 }, () => chunk('tEXt', 'Comment\0CANARY')),
    ),
    'a PNG with a name in its profile': withChunks(
      plain,
      chunk('tEXt', 'Author\0CANARY'),
      chunk('gAMA', Buffer.of(0, 0, 0xb1, 0x8f)),
    ),
  })
