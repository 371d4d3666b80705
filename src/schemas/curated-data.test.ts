import { describe, expect, test } from 'vitest'
import abolished from '../../data/abolished-divisions.json' with { type: 'json' }
import equivalences from '../../data/equivalences.json' with { type: 'json' }
import matters from '../../data/matters.json' with { type: 'json' }
import ah from '../../test/vectors/ah.json' with { type: 'json' }
import js from '../../test/vectors/js.json' with { type: 'json' }
import sh from '../../test/vectors/sh.json' with { type: 'json' }
import zj from '../../test/vectors/zj.json' with { type: 'json' }
import { CITIES } from './division.ts'

/** What a sample catalogue says of one matter: names of its form fields, of their choices, and of its documents. */
interface Known {
  readonly fields: ReadonlyMap<string, readonly string[]>
  readonly documents: readonly string[]
}

const choices = (text: string, between: RegExp): string[] =>
  text === '' ? [] : text.split(';').map((one) => one.split(between)[0] ?? '')

const catalogues: Readonly<Record<string, ReadonlyMap<string, Known>>> = {
  shanghai: new Map(
    sh.catalogue.map((one) => {
      const codes: Readonly<Record<string, readonly { value: string }[]>> = one.form.codes
      const fields = new Map(
        one.form.fields.map((field) => [field.name, (codes[field.code] ?? []).map((code) => code.value)]),
      )
      return [one.itemCode, { fields, documents: one.materials.map((material) => material.stuffName) }]
    }),
  ),
  jiangsu: new Map(
    js.catalogue.map((one) => {
      const fields = new Map(one.formfields.map((field) => [field.name, choices(field.code, /:/)]))
      return [one.catalogcode, { fields, documents: one.materials.map((material) => material.materialname) }]
    }),
  ),
  zhejiang: new Map(
    zj.catalogue.map((one) => {
      const fields = new Map(one.form.map((field) => [field.name, choices(field.code, /=/)]))
      return [one.row.QL_Full_ID, { fields, documents: one.materials.map((material) => material.name) }]
    }),
  ),
  anhui: new Map(
    ah.catalogue.map((one) => {
      const fields = new Map(one.form.map((field) => [field.name, choices(field.code, /:/)]))
      return [one.basicCode, { fields, documents: one.materials.map((material) => material.attrName) }]
    }),
  ),
}

describe('the seed list of matters', () => {
  test('has 207 matters, each once, each with its source', () => {
    expect(new Set(matters.matters.map((one) => one.id)).size).toBe(207)
    for (const one of matters.matters) {
      expect(one.name && one.domain && one.department && one.source).toBeTruthy()
      expect(['全程网办', '异地代收代办', '多地联办']).toContain(one.mode)
      expect(['personal', 'enterprise', 'both']).toContain(one.subject)
      expect(['high', 'medium', 'low']).toContain(one.confidence)
    }
  })
})

describe('the table of equivalent matters', () => {
  const seeds = new Set(matters.matters.map((one) => one.id))
  test('no matter stands in two rows, and keys are unique', () => {
    const members = equivalences.equivalences.flatMap((row) => Object.entries(row.members).map(String))
    expect(new Set(members).size).toBe(members.length)
    expect(new Set(equivalences.equivalences.map((row) => row.key)).size).toBe(
      equivalences.equivalences.length,
    )
  })
  test.each(equivalences.equivalences)('$key names what the catalogues have', (row) => {
    expect(row.because).toBeTruthy()
    expect(row.seed === null || seeds.has(row.seed)).toBe(true)
    expect(Object.keys(row.members).length).toBeGreaterThan(1)
    const known = (region: string): Known | undefined =>
      catalogues[region]?.get(new Map(Object.entries(row.members)).get(region) ?? '')
    for (const region of Object.keys(row.members)) expect(known(region)).toBeDefined()
    for (const field of row.fields) {
      for (const [region, name] of Object.entries(field.in)) {
        expect([region, name, known(region)?.fields.has(name)]).toEqual([region, name, true])
      }
      const words: Readonly<Record<string, Readonly<Record<string, string>>>> =
        'choices' in field && field.choices ? field.choices : {}
      for (const values of Object.values(words)) {
        for (const [region, value] of Object.entries(values)) {
          const name = new Map(Object.entries(field.in)).get(region) ?? ''
          expect(known(region)?.fields.get(name)).toContain(value)
        }
      }
    }
    for (const document of row.documents) {
      for (const [region, name] of Object.entries(document.in)) {
        expect(known(region)?.documents).toContain(name)
      }
    }
  })
})

describe('the list of abolished divisions', () => {
  test('has codes of the Delta, each once, and none of a city that exists', () => {
    const codes = abolished.divisions.map((one) => one.division)
    expect(codes.length).toBeGreaterThan(100)
    expect(new Set(codes).size).toBe(codes.length)
    for (const code of codes) expect(code).toMatch(/^3[1-4]\d{4}$/)
    for (const city of CITIES) {
      expect(codes).not.toContain(city.division)
      expect(abolished.prefixes.some((one) => city.division.startsWith(one.prefix))).toBe(false)
    }
  })
})
