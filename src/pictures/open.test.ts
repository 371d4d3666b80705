import { describe, expect, test } from 'vitest'
import {
  chunk,
  exif,
  header,
  png,
  rows,
  segment,
  segmentsOf,
  withChunks,
  withSegments,
} from '../../test/pictures/parts.ts'
import { scene } from '../../test/pictures/scene.ts'
import { open } from './open.ts'
import { sniff } from './sniff.ts'

const jpeg = await scene({ width: 64, height: 80 }).jpeg().toBuffer()
const plain = await scene({ width: 64, height: 80 }).png().toBuffer()

describe('what is not the picture is left out before a decoder sees it', () => {
  test('of a JPEG', () => {
    const full = withSegments(
      jpeg,
      segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x/>'),
      segment(0xed, 'Photoshop 3.0\0'),
      segment(0xfe, 'a comment'),
      segment(0xe2, 'MPF\0'),
    )
    expect(open(Buffer.concat([full, jpeg])).picture.equals(jpeg)).toBe(true)
  })

  test('of a JPEG, what says which way is up stays', () => {
    const turned = withSegments(jpeg, segment(0xe1, exif(6)))
    expect(open(turned).picture.equals(turned)).toBe(true)
  })

  test('of a PNG', () => {
    const full = withChunks(
      plain,
      chunk('tEXt', 'a\0b'),
      chunk('zTXt', 'a\0\0'),
      chunk('tIME', Buffer.alloc(7)),
      chunk('prVt', 'x'),
    )
    expect(open(Buffer.concat([full, jpeg])).picture.equals(plain)).toBe(true)
  })
})

test('a file in the middle of a larger buffer is read as itself', () => {
  const around = Buffer.concat([Buffer.from('<html>'), jpeg, Buffer.from('</html>')])
  expect(open(new Uint8Array(around.buffer, around.byteOffset + 6, jpeg.length))).toMatchObject({
    format: 'jpeg',
    width: 64,
    height: 80,
  })
})

test.each<[string, Buffer]>([
  ['EMPTY', Buffer.alloc(0)],
  ['TOO_MANY_BYTES', Buffer.alloc(20 * 2 ** 20 + 1)],
  ['TOO_MANY_PIXELS', png(header(9000, 9000, 1, 0), chunk('IDAT', rows(1, 1)), chunk('IEND'))],
  ['TOO_FEW_PIXELS', png(header(15, 15), chunk('IDAT', rows(15, 45)), chunk('IEND'))],
  ['TOO_LONG', png(header(801, 100), chunk('IDAT', rows(100, 2403)), chunk('IEND'))],
  ['TRUNCATED', jpeg.subarray(0, -2)],
  ['BROKEN', withSegments(jpeg, segment(0xfe, '', 0))],
  ['ANIMATED', withChunks(plain, chunk('acTL', Buffer.alloc(8)))],
  ['UNUSUAL', withSegments(jpeg, segment(0xc9, Buffer.alloc(20)))],
  ['IS_GIF', Buffer.from('GIF89a')],
  ['IS_SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['IS_HTML', Buffer.from('<!doctype html><p>')],
  ['IS_HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1')],
  ['IS_PDF', Buffer.from('%PDF-1.4')],
  ['IS_ARCHIVE', Buffer.from('PK\x03\x04', 'latin1')],
])('refuses with %s', (reason, bytes) => {
  expect(() => open(bytes)).toThrow(expect.objectContaining({ code: 'PICTURE_UNUSABLE', facts: { reason } }))
})

test.each<[string, string | Buffer]>([
  ['jpeg', jpeg],
  ['png', plain],
  ['gif', 'GIF87a'],
  ['webp', 'RIFF\0\0\0\0WEBPVP8 '],
  ['tiff', 'II*\0\x08\0\0\0'],
  ['heic', '\0\0\0\x18ftypavif'],
  ['video', '\0\0\0\x18ftypisom'],
  ['office', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ['bmp', `BM${'\0'.repeat(12)}\x28\0\0\0${'\0'.repeat(20)}`],
  ['text', 'BMW 320i, 上海'],
  ['html', '\ufeff<html>'],
  ['svg', '<?xml version="1.0"?><!-- x --><svg>'],
  ['text', '照片'],
  ['unknown', '\0\x01\x02\x03'],
  ['program', 'MZ\x90'],
  ['otherPicture', '8BPS'],
])('what is a %s is seen by its bytes', (kind, bytes) => {
  const isWide = typeof bytes === 'string' && /[\u0100-\uffff]/.test(bytes)
  expect(sniff(typeof bytes === 'string' ? Buffer.from(bytes, isWide ? 'utf8' : 'latin1') : bytes)).toBe(kind)
})

test('the segments of a picture that was opened are those that it had', () => {
  expect(segmentsOf(open(jpeg).picture)).toEqual(segmentsOf(jpeg))
})
