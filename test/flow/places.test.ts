/** A token for one place is refused at every other one: all 41 × 41 pairs of cities, and the regions above them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SCOPES } from '../../src/http/tokens.ts'
import { CITIES } from '../../src/schemas/division.ts'
import { REGION_IDS } from '../../src/schemas/regions.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { askToken, payloadOf } from '../support/tokens.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const tokenFor = async (place: string) => {
  const kind = /^\d/.test(place) ? 'cities' : 'regions'
  const { body } = await askToken(gateway, 'sandbox-shanghai', {
    grant_type: 'client_credentials',
    scope: 'cases',
    resource: `${gateway.url}/api/v1/${kind}/${place}`,
  })
  return body.access_token as string
}
const casesOf = (token: string, city: string) =>
  gateway.anyone('GET', `/api/v1/cases?city=${city}`, undefined, { authorization: `Bearer ${token}` })

test.each(CITIES.map(({ division }) => division))(
  'a token for %s is good there and in no other city',
  async (own) => {
    const token = await tokenFor(own)
    expect(payloadOf(token).aud).toBe(own)
    const answers = await Promise.all(
      CITIES.map(async ({ division }) => [division, (await casesOf(token, division)).status] as const),
    )
    expect(answers).toHaveLength(41)
    expect(answers.filter(([, status]) => status === 200).map(([division]) => division)).toEqual([own])
    expect(answers.filter(([, status]) => status === 403)).toHaveLength(40)
  },
)

test.each(REGION_IDS)('a token for %s is good in its cities and in no other', async (region) => {
  const token = await tokenFor(region)
  for (const city of CITIES)
    expect([city.division, (await casesOf(token, city.division)).status]).toEqual([
      city.division,
      city.region === region ? 200 : 403,
    ])
})

describe('a token of one scope', () => {
  const DOORS = {
    convert: ['POST', '/api/v1/conversions'],
    cases: ['GET', '/api/v1/cases'],
    persons: ['GET', '/api/v1/me'],
  } as const
  test.each(SCOPES.filter((scope) => scope !== 'persons:verify' && scope !== 'directory'))(
    '%s opens its own doors and no other',
    async (scope) => {
      const { body } = await askToken(gateway, 'sandbox-shanghai', {
        grant_type: 'client_credentials',
        scope,
      })
      for (const [needed, [method, path]] of Object.entries(DOORS)) {
        const answer = await gateway.anyone(method, path, method === 'POST' ? {} : undefined, {
          authorization: `Bearer ${body.access_token}`,
        })
        expect([path, answer.body.code === 'SCOPE_MISSING']).toEqual([path, needed !== scope])
      }
    },
  )
})

test('a place that is none of ours gets no token', async () => {
  for (const resource of [
    `${gateway.url}/api/v1/cities/440100`,
    `${gateway.url}/api/v1/regions/guangdong`,
    'https://elsewhere.invalid/',
  ]) {
    const { status, body } = await askToken(gateway, 'sandbox-shanghai', {
      grant_type: 'client_credentials',
      scope: 'cases',
      resource,
    })
    expect([status, body.error]).toEqual([400, 'invalid_target'])
  }
})
