import { describe, expect, test } from 'vitest'
import type { Measured } from './examine.ts'
import { judge, type Requirement } from './judge.ts'
import { monthsAfter, type Verdict } from './requirements.ts'
import { type DocumentKind, PHOTO_RULES, photoRule } from './rules.ts'

/** A photo that fits the rule of the identity card in all that is measured. */
const good: Measured = {
  format: 'jpeg',
  width: 358,
  height: 441,
  bytes: 20_000,
  dpi: 350,
  background: { colour: [240, 240, 240], uniformity: 0.98, tone: 'white' },
  brightness: 170,
  contrast: 60,
  sharpness: 200,
  isGrey: false,
}
const days = { takenOn: '2026-01-10', today: '2026-03-02' }
const finding = (
  document: DocumentKind,
  requirement: Requirement,
  change: Partial<Measured> = {},
  when = days,
) => {
  const found = judge({ ...good, ...change }, photoRule(document), when).findings.find(
    (one) => one.requirement === requirement,
  )
  if (!found) throw new Error(requirement)
  return found
}
const tone = (name: Measured['background']['tone']) => ({ background: { ...good.background, tone: name } })

test.each<[DocumentKind, Requirement, Partial<Measured>, Verdict]>([
  ['idCard', 'format', {}, 'fits'],
  ['idCard', 'format', { format: 'png' }, 'canBeMadeToFit'],
  ['idCard', 'pixels', {}, 'fits'],
  ['idCard', 'pixels', { width: 4000, height: 3000 }, 'canBeMadeToFit'],
  ['idCard', 'pixels', { width: 441, height: 358 }, 'doesNotFit'],
  ['idCard', 'pixels', { width: 354, height: 472 }, 'canBeMadeToFit'],
  ['idCard', 'pixels', { width: 341, height: 441 }, 'canBeMadeToFit'],
  ['idCard', 'pixels', { width: 340, height: 441 }, 'doesNotFit'],
  ['passport', 'pixels', { width: 354, height: 472 }, 'fits'],
  ['passport', 'pixels', { width: 353, height: 471 }, 'canBeMadeToFit'],
  ['passport', 'pixels', { width: 480, height: 640 }, 'fits'],
  ['passport', 'pixels', { width: 480, height: 638 }, 'canBeMadeToFit'],
  ['passport', 'pixels', { width: 1000, height: 1333 }, 'fits'],
  ['passport', 'pixels', { width: 1002, height: 1336 }, 'canBeMadeToFit'],
  ['passport', 'pixels', { width: 390, height: 567 }, 'fits'],
  ['passport', 'pixels', { width: 300, height: 400 }, 'doesNotFit'],
  ['drivingLicence', 'pixels', { width: 260, height: 378 }, 'fits'],
  ['foreignerPermit', 'pixels', { width: 370, height: 540 }, 'doesNotFit'],
  ['idCard', 'dpi', {}, 'fits'],
  ['idCard', 'dpi', { dpi: 72 }, 'canBeMadeToFit'],
  ['idCard', 'dpi', { dpi: 600 }, 'canBeMadeToFit'],
  ['idCard', 'dpi', { dpi: null }, 'canBeMadeToFit'],
  ['passport', 'bytes', { bytes: 30_720 }, 'fits'],
  ['passport', 'bytes', { bytes: 30_719 }, 'canBeMadeToFit'],
  ['passport', 'bytes', { bytes: 80_000 }, 'fits'],
  ['passport', 'bytes', { bytes: 80_001 }, 'canBeMadeToFit'],
  ['drivingLicence', 'bytes', { bytes: 5_000_000 }, 'unchecked'],
  ['idCard', 'background', tone('white'), 'fits'],
  ['idCard', 'background', tone('pale'), 'doesNotFit'],
  ['idCard', 'background', tone('dark'), 'doesNotFit'],
  ['idCard', 'background', tone('mixed'), 'doesNotFit'],
  ['passport', 'background', tone('pale'), 'unchecked'],
  ['passport', 'background', tone('dark'), 'doesNotFit'],
  ['idCard', 'colour', { isGrey: true }, 'doesNotFit'],
  ['idCard', 'colour', {}, 'fits'],
  ['idCard', 'light', { brightness: 59 }, 'doesNotFit'],
  ['idCard', 'light', { brightness: 60 }, 'fits'],
  ['idCard', 'light', { brightness: 248 }, 'fits'],
  ['idCard', 'light', { brightness: 249 }, 'doesNotFit'],
  ['idCard', 'light', { contrast: 11 }, 'doesNotFit'],
  ['idCard', 'light', { contrast: 12 }, 'fits'],
  ['idCard', 'sharpness', { sharpness: 7 }, 'doesNotFit'],
  ['idCard', 'sharpness', { sharpness: 8 }, 'fits'],
  ['idCard', 'oneFace', {}, 'unchecked'],
  ['idCard', 'headSize', {}, 'unchecked'],
  ['idCard', 'eyesOpen', {}, 'unchecked'],
  ['idCard', 'bareHead', {}, 'unchecked'],
])('%s, %s with %j: %s', (document, requirement, change, verdict) => {
  expect(finding(document, requirement, change).verdict).toBe(verdict)
})

test('a rule that says that no place takes a pale background is held to its white', () => {
  const rule = photoRule('passport')
  const strict = { ...rule, paleBackground: { value: false, source: 'ours', confidence: 'low' } as const }
  const { findings } = judge({ ...good, ...tone('pale') }, strict, days)
  expect(findings.find((one) => one.requirement === 'background')?.verdict).toBe('doesNotFit')
})

describe('the age of a photo', () => {
  test.each<[DocumentKind, string | null, string, Verdict]>([
    ['idCard', '2023-03-02', '2026-03-02', 'fits'],
    ['idCard', '2023-03-01', '2026-03-02', 'doesNotFit'],
    ['drivingLicence', '2025-09-02', '2026-03-02', 'fits'],
    ['drivingLicence', '2025-09-01', '2026-03-02', 'doesNotFit'],
    ['drivingLicence', '2025-08-31', '2026-02-28', 'fits'],
    ['drivingLicence', '2025-08-31', '2026-03-01', 'doesNotFit'],
    ['passport', '2024-02-29', '2025-02-28', 'fits'],
    ['passport', '2024-02-29', '2025-03-01', 'doesNotFit'],
    ['taiwanPermit', '2025-03-02', '2026-03-02', 'fits'],
    ['hkMacaoPermit', '2025-03-01', '2026-03-02', 'doesNotFit'],
    ['idCard', '2026-03-02', '2026-03-02', 'fits'],
    ['idCard', '2026-03-03', '2026-03-02', 'unchecked'],
    ['idCard', null, '2026-03-02', 'unchecked'],
    ['foreignerPermit', '1990-01-01', '2026-03-02', 'unchecked'],
  ])('%s, taken on %s, on %s: %s', (document, takenOn, today, verdict) => {
    expect(finding(document, 'age', {}, { takenOn: takenOn ?? null, today } as typeof days).verdict).toBe(
      verdict,
    )
  })

  test.each([
    ['2025-08-31', 6, '2026-02-28'],
    ['2023-08-31', 6, '2024-02-29'],
    ['2025-12-15', 1, '2026-01-15'],
    ['2024-02-29', 36, '2027-02-28'],
  ])('%s and %s months later is %s', (date, months, later) => {
    expect(monthsAfter(date, months)).toBe(later)
  })
})

describe('what a resident is told', () => {
  test('says what is wrong and what to do, with the numbers', () => {
    expect(finding('idCard', 'pixels', { width: 200, height: 250 })).toMatchObject({
      zh: '照片太小（200×250 像素）, 居民身份证至少要 358×441 像素。请用手机重新拍一张, 不要用聊天软件里压缩过的图。',
      numbers: { width: 200, height: 250 },
    })
    expect(finding('drivingLicence', 'age', {}, { takenOn: '2025-01-10', today: '2026-03-02' }).zh).toBe(
      '照片是 2025-01-10 拍的。按上海统一照片库的规定, 机动车驾驶证要用 6 个月以内的照片。请重新拍一张。',
    )
    expect(finding('idCard', 'age', {}, { takenOn: '2020-01-10', today: '2026-03-02' }).zh).toContain(
      '3 年以内',
    )
  })

  test('what must be done by the system is said to need nothing of the resident', () => {
    expect(finding('passport', 'bytes', { bytes: 4_000_000 }).zh).toBe(
      '文件有 4000 kB, 要求 30 到 80 kB, 系统会替您调整, 您不用做什么。',
    )
  })

  test.each<[DocumentKind, Requirement, Partial<Measured>]>([
    ['idCard', 'bytes', {}],
    ['idCard', 'bytes', { bytes: 1 }],
    ['idCard', 'colour', {}],
    ['idCard', 'light', { brightness: 3 }],
    ['residencePermit', 'pixels', {}],
    ['residencePermit', 'background', tone('dark')],
    ['passport', 'background', tone('pale')],
  ])('%s, %s: what we only believe is told as advice', (document, requirement, change) => {
    const found = finding(document, requirement, change)
    expect(found).toMatchObject({ isOfficial: false, zh: expect.stringContaining('没有查到官方文件') })
    expect(found.en).toContain('no official text')
  })

  test.each(PHOTO_RULES.map((rule) => rule.id))(
    '%s: what has no official text behind it is never called official',
    (document) => {
      const rule = photoRule(document)
      const { findings } = judge(good, rule, days)
      const facts = {
        pixels: rule.pixels,
        bytes: rule.bytes,
        background: rule.background,
        dpi: rule.dpi,
        age: rule.maxAge,
        colour: rule.colour,
      }
      for (const [requirement, fact] of Object.entries(facts)) {
        const isSure = fact?.confidence === 'high' || fact?.confidence === 'medium'
        expect(findings.find((one) => one.requirement === requirement)?.isOfficial).toBe(isSure)
      }
    },
  )

  test('both languages are there for every finding', () => {
    const worse: Partial<Measured>[] = [
      {},
      {
        width: 10,
        height: 10,
        bytes: 9e6,
        isGrey: true,
        brightness: 2,
        sharpness: 0,
        format: 'png',
        dpi: null,
      },
    ]
    for (const rule of PHOTO_RULES)
      for (const change of worse)
        for (const { zh, en } of judge({ ...good, ...change }, rule, days).findings) {
          expect(zh).toMatch(/[\u4e00-\u9fff].*[。）]$/)
          expect(en).toMatch(/^[A-Z].*[.)]$/)
          expect(en).not.toMatch(/[\u4e00-\u9fff]/)
        }
  })
})

describe('the verdict on the whole', () => {
  test.each<[string, DocumentKind, Partial<Measured>, Verdict]>([
    ['fits when all that was checked fits', 'idCard', {}, 'fits'],
    ['can be made to fit', 'idCard', { width: 4000, height: 3000 }, 'canBeMadeToFit'],
    [
      'does not fit for one official fault, whatever else can be made',
      'idCard',
      { ...tone('dark'), format: 'png' },
      'doesNotFit',
    ],
    ['is not sunk by advice', 'idCard', { brightness: 3, sharpness: 0, isGrey: true }, 'fits'],
    ['is unchecked where nothing official is known', 'residencePermit', {}, 'unchecked'],
    ['is not sunk where nothing official is known', 'residencePermit', tone('dark'), 'unchecked'],
  ])('%s', (_, document, change, verdict) => {
    expect(judge({ ...good, ...change }, photoRule(document), days).verdict).toBe(verdict)
  })
})
