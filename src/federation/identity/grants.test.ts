/** What an exchange may give: never more than any side allows. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CITIES } from '../../schemas/division.ts'
import { REGION_IDS } from '../../schemas/regions.ts'
import { type Audience, audienceName, audienceOf, audienceOfResource, narrower, serves } from './audience.ts'
import { narrowAudience, narrowScopes } from './grants.ts'

const URL = 'https://gateway.example.invalid'
const NAMES = [...REGION_IDS, ...CITIES.map(({ division }) => division)]
const audience = fc
  .option(fc.constantFrom(...NAMES), { nil: undefined })
  .map((name) => (name === undefined ? undefined : audienceOf(name)))
const places = CITIES.map(({ region, division }) => ({ region, division }))
const served = (one: Audience | undefined) => places.filter((place) => serves(one, place))

describe('an audience', () => {
  test.each(NAMES)('%s is known by its name, and by nothing else', (name) => {
    const found = audienceOf(name)
    expect(found && audienceName(found)).toBe(name)
    expect(audienceOf(`${name} `)).toBeUndefined()
  })
  test('of a region serves its cities, of a city itself', () => {
    for (const region of REGION_IDS)
      expect(served({ region })).toEqual(places.filter((place) => place.region === region))
    for (const { region, division } of CITIES)
      expect(served({ region, division })).toEqual([{ region, division }])
  })
  test('that is narrowed serves exactly what both served', () => {
    fc.assert(
      fc.property(audience, audience, (one, other) => {
        const both = narrower(one, other)
        const common = served(one).filter((place) => serves(other, place))
        expect(both === undefined ? [] : served(both === 'whole' ? undefined : both)).toEqual(common)
      }),
      { numRuns: 500 },
    )
  })
  test('may be named as a resource, at this gateway alone', () => {
    expect(audienceOfResource(`${URL}/api/v1/regions/anhui`, URL)).toEqual({ region: 'anhui' })
    expect(audienceOfResource(`${URL}/api/v1/cities/340100`, URL)).toEqual({
      region: 'anhui',
      division: '340100',
    })
    for (const wrong of [
      `${URL}/api/v1/cities/anhui`,
      `${URL}/api/v1/regions/340100`,
      `${URL}/api/v1/regions/anhui/`,
      `${URL}/api/v1/regions/anhui?x=1`,
      `${URL}.evil.invalid/api/v1/regions/anhui`,
      'https://evil.invalid/api/v1/regions/anhui',
    ])
      expect(audienceOfResource(wrong, URL)).toBeUndefined()
  })
})

describe('an exchange', () => {
  const narrow = (audiences: string[], before?: Audience) =>
    narrowAudience({ audiences, resources: [] }, before, URL)

  test('without a wish keeps what there was', () => {
    expect(narrow([])).toBeUndefined()
    expect(narrow([], { region: 'anhui' })).toEqual({ region: 'anhui' })
    expect(narrow([URL], { region: 'anhui' })).toEqual({ region: 'anhui' })
  })
  test('never leads out of the subject’s place', () => {
    fc.assert(
      fc.property(audience, fc.constantFrom(...NAMES), (before, asked) => {
        let got: Audience | undefined
        try {
          got = narrow([asked], before)
        } catch {
          return
        }
        for (const place of served(got)) expect(serves(before, place)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
  test.each([
    ['two regions', ['anhui', 'jiangsu']],
    ['two cities', ['340100', '340200']],
    ['no place of ours', ['guangdong']],
  ])('for %s is refused', (_name, audiences) => {
    expect(() => narrow(audiences)).toThrow(expect.objectContaining({ error: 'invalid_target' }))
  })
  test('gives no scope that a side does not allow', () => {
    const scope = fc.constantFrom<string>('cases', 'photos', 'licences', 'persons', 'events')
    fc.assert(
      fc.property(
        fc.array(scope),
        fc.array(scope),
        fc.option(fc.array(scope), { nil: undefined }),
        (client, subject, asked) => {
          const sides = [new Set(client), new Set(subject)]
          let got: readonly string[] = []
          try {
            got = narrowScopes(asked, sides)
          } catch {
            expect(asked?.every((one) => sides.every((side) => side.has(one)))).toBe(false)
          }
          for (const one of got) expect(sides.every((side) => side.has(one))).toBe(true)
        },
      ),
    )
  })
})
