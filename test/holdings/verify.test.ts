/** A licence that somebody shows, asked about at the region that issued it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { SHANGHAI } from '../support/holdings.ts'

let gateway: TestGateway
let client: Caller

beforeAll(async () => {
  gateway = await startTestGateway()
  client = await gateway.as('sandbox-jiangsu', 'licences')
}, 60_000)
afterAll(() => gateway.close())

describe('of Shanghai, by number and holder', () => {
  const verified = async (kind: string) => {
    const holder = { name: SHANGHAI.name, idDocument: { type: '111', number: SHANGHAI.number } }
    const claim = { division: '310000', kind, number: SHANGHAI.number, holder }
    return (await client('POST', '/api/v1/licences/verify', claim)).body
  }

  test('is confirmed', async () => {
    expect(await verified('idCard')).toMatchObject({
      trust: 'confirmed',
      region: { asked: true, exists: true, status: 'valid' },
    })
  })

  test.each(['unknown', 'drivingLicence'])(
    'of the kind %s, for which Shanghai has no code, is not said to be none: nobody was asked',
    async (kind) => {
      const { trust, region } = await verified(kind)
      expect([trust, region]).toEqual([
        'none',
        { id: 'shanghai', division: '310000', asked: false, reason: 'NOT_OFFERED' },
      ])
    },
  )
})

test('of Anhui, that is denied, is not said to be none: one that is not valid is denied alike', async () => {
  const { body } = await client('POST', '/api/v1/licences/verify', {
    identifier: '1.2.156.3005.2.11340000MB1FAKE98T001.11340100MB1FAKE125.000000001.001.D',
    number: '1',
  })
  const { trust, region } = body
  expect(trust).toBe('none')
  expect(region).toEqual({
    id: 'anhui',
    division: '340100',
    asked: true,
    status: 'unknown',
    rawStatus: { code: 'false', label: '核验不一致' },
  })
})
