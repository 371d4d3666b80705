import { describe, expect, test } from 'vitest'
import matters from '../../../data/matters.json' with { type: 'json' }
import { LICENCE_KINDS } from '../../schemas/licence.ts'
import { englishOf } from '../matters/english.ts'
import { type Facts, fitting } from './fitting.ts'
import { isKey, RULES, rulesOn, serviceKey, WORDINGS } from './rules.ts'

const now = new Date('2026-03-02T12:00:00+08:00')
const keys = (facts: Facts) => fitting(RULES, facts, now).map(({ rule }) => rule.key)
const licence = { kind: 'drivingLicence', name: '机动车驾驶证', region: 'jiangsu' } as const

describe('the rules', () => {
  test('are each one sentence in two languages over one fact, and name matters of the seed in both languages', () => {
    const known = new Set(matters.matters.map(({ name }) => name))
    expect(new Set(RULES.map(({ key }) => key)).size).toBe(RULES.length)
    for (const rule of RULES) {
      expect([...rule.zh].length).toBeLessThan(80)
      expect(rule.en).not.toMatch(/\p{Script=Han}/u)
      expect(['person', 'organisation']).toContain(rule.for)
      expect(rule.matters.filter((name) => !known.has(name) || !englishOf(name))).toEqual([])
      if ('kinds' in rule.when) expect(LICENCE_KINDS).toEqual(expect.arrayContaining([...rule.when.kinds]))
    }
    expect(isKey('rule:turned-60') && !isKey('rule:x')).toBe(true)
    expect(WORDINGS.person.digest).not.toBe(WORDINGS.organisation.digest)
  })

  test('a rule of which every service is switched off is not looked at', () => {
    const all = RULES.find(({ key }) => key === 'turned-65')?.matters.map(serviceKey) ?? []
    expect(rulesOn('person', all.slice(1)).some(({ key }) => key === 'turned-65')).toBe(true)
    expect(rulesOn('person', all).some(({ key }) => key === 'turned-65')).toBe(false)
  })
})

describe('what fits', () => {
  test.each([
    [15, []],
    [16, ['turned-16']],
    [18, []],
    [60, ['turned-60']],
    [65, ['turned-60', 'turned-65']],
    [80, ['turned-60', 'turned-65', 'turned-80']],
  ] as const)('at %i years', (age, expected) => expect(keys({ age })).toEqual(expected))

  test.each([
    ['2026-03-01', false],
    ['2026-03-02', true],
    ['2026-05-31', true],
    ['2026-06-01', false],
  ] as const)('a licence that ends on %s', (validTo, fits) =>
    expect(keys({ licences: [{ ...licence, validTo }] })).toEqual(fits ? ['driving-licence-ends'] : []),
  )

  test('the licence that ends first is named, and one without an end fits nothing', () => {
    const [reason] = fitting(
      RULES,
      { licences: [licence, { ...licence, validTo: '2026-05-01' }, { ...licence, validTo: '2026-04-01' }] },
      now,
    )
    expect(reason?.datum).toMatchObject({ kind: 'licenceEnds', on: '2026-04-01', region: 'jiangsu' })
  })

  test('a residence permit of the own region, or of somebody whose number tells no place, is no move', () => {
    const licences = [{ ...licence, kind: 'residencePermit' }] as const
    expect(keys({ licences, home: 'jiangsu' })).toEqual([])
    expect(keys({ licences })).toEqual([])
    expect(keys({ licences, home: null })).toEqual(['lives-elsewhere'])
  })

  test('a case counts for as long as its rule says', () => {
    const matter = '工作调动户口迁移'
    expect(keys({ cases: [{ matter, on: '2025-03-02' }] })).toEqual(['moved'])
    expect(keys({ cases: [{ matter, on: '2025-03-01' }] })).toEqual([])
  })
})
