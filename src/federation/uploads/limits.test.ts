/** Files against what a matter takes for a document. */
import { describe, expect, test } from 'vitest'
import { extensionsFor, isAmong, limitFaults } from './limits.ts'

describe('a format as a region writes it', () => {
  test.each([
    ['jpg', 'image/jpeg'],
    ['jpeg', 'image/jpeg'],
    ['.JPG', 'image/jpeg'],
    [' png', 'image/png'],
    ['PDF', 'application/pdf'],
    ['ofd', 'application/ofd'],
    ['图片', 'image/png'],
    ['image', 'image/jpeg'],
  ])('%s takes %s', (format, contentType) => {
    expect(isAmong([format], contentType)).toBe(true)
  })
  test.each([
    ['jpg', 'application/pdf'],
    ['pdf', 'application/ofd'],
    ['word', 'application/pdf'],
    ['docx', 'application/ofd'],
    ['zip', 'application/ofd'],
    ['图片', 'application/pdf'],
  ])('%s does not take %s', (format, contentType) => {
    expect(isAmong([format], contentType)).toBe(false)
  })
  test('that nobody knows refuses nothing: the region judges', () => {
    expect(isAmong(['doc', '不限'], 'application/pdf')).toBe(true)
  })
})

test('the files to choose from are those that are taken and that the region’s words stand for', () => {
  expect(extensionsFor(['PDF', '图片'])).toEqual(['pdf', 'jpg', 'jpeg', 'png'])
  expect(extensionsFor(['word'])).toEqual([])
  expect(extensionsFor(['不限'])).toEqual(extensionsFor())
  expect(extensionsFor()).toEqual(['pdf', 'ofd', 'jpg', 'jpeg', 'png'])
})

describe('a size', () => {
  const pdf = (size: number) => ({ contentType: 'application/pdf', size })
  test('up to the limit is taken, a byte more is not', () => {
    expect(limitFaults(pdf(2048), { maxBytes: 2048 }, '/x')).toEqual([])
    expect(limitFaults(pdf(2049), { maxBytes: 2048 }, '/x')).toMatchObject([
      { pointer: '/x', code: 'FILE_SIZE', zh: expect.stringContaining('2 KiB') },
    ])
  })
  test('without a limit is left to the region', () => {
    expect(limitFaults(pdf(20_000_000), {}, '/x')).toEqual([])
  })
})
