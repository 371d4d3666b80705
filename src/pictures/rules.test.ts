import { expect, test } from 'vitest'
import data from '../../data/photo-rules.json' with { type: 'json' }
import { validator } from '../schemas/validate.ts'
import { DOCUMENTS, isOfficial, PHOTO_RULES, PhotoRules, photoRule } from './rules.ts'

test('the file fits its schema', () => {
  expect(validator(PhotoRules)(data)).toBeUndefined()
})

test.each([
  ['a confidence that nobody defined', '/confidence/'],
  ['a fact without its source', '/source/'],
  ['a document that nobody defined', '/id/'],
])('the schema refuses %s', (_, what) => {
  const text = JSON.stringify(data)
  const spoilt = {
    '/confidence/': text.replace('"confidence":"medium"', '"confidence":"sure"'),
    '/source/': text.replace('"source":"specifications",', ''),
    '/id/': text.replace('"id":"passport"', '"id":"studentCard"'),
  }[what]
  expect(spoilt).not.toBe(text)
  expect(validator(PhotoRules)(JSON.parse(spoilt ?? ''))).toBeDefined()
})

test('every document has one rule', () => {
  expect(PHOTO_RULES.map((rule) => rule.id)).toEqual([...DOCUMENTS])
})

test.each(PHOTO_RULES.map((rule) => [rule.id, rule] as const))(
  '%s: every size can be made, and minimum is below maximum',
  (_, rule) => {
    for (const { width, height, ratio } of rule.pixels.value) {
      expect(width[0]).toBeLessThanOrEqual(width[1])
      expect(height[0]).toBeLessThanOrEqual(height[1])
      if (ratio)
        for (const end of [0, 1] as const)
          expect(Math.abs((width[end] * ratio[1]) / ratio[0] - height[end])).toBeLessThanOrEqual(1)
      else expect([width[0], height[0]]).toEqual([width[1], height[1]])
    }
    const { min, max } = rule.bytes?.value ?? { min: null, max: null }
    expect(min ?? 0).toBeLessThan(max ?? Number.POSITIVE_INFINITY)
  },
)

test.each([
  ['idCard', 36],
  ['drivingLicence', 6],
  ['passport', 12],
  ['hkMacaoPermit', 12],
  ['taiwanPermit', 12],
  ['socialSecurityCard', undefined],
  ['residencePermit', undefined],
  ['foreignerPermit', undefined],
] as const)('the photo of %s may be %s months old', (document, months) => {
  expect(photoRule(document).maxAge?.value.months).toBe(months)
})

test.each([
  ['idCard', 358, 441, 350],
  ['drivingLicence', 260, 378, 300],
  ['socialSecurityCard', 358, 441, 350],
  ['residencePermit', 358, 441, 350],
  ['foreignerPermit', 390, 567, 300],
] as const)('%s has %s × %s pixels at %s dpi', (document, width, height, dpi) => {
  const rule = photoRule(document)
  expect(rule.pixels.value).toMatchObject([{ width: [width, width], height: [height, height] }])
  expect(rule.dpi?.value).toBe(dpi)
})

test('sizes of files of identity and social security cards are aims of ours, and so is all of the residence permit', () => {
  const official = (document: (typeof DOCUMENTS)[number], fact: 'bytes' | 'pixels') => {
    const found = photoRule(document)[fact]
    return found && isOfficial(found)
  }
  expect(official('idCard', 'bytes')).toBe(false)
  expect(official('socialSecurityCard', 'bytes')).toBe(false)
  expect(official('residencePermit', 'pixels')).toBe(false)
  expect(official('passport', 'bytes')).toBe(true)
})
