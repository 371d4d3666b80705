/** The subjects of one person in the code flow: another for each client and for each place, and the same each time. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressOf, CALLBACK, codeFor, pkce, pushed, redeem } from '../support/authorization.ts'
import { testClient } from '../support/clients.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { visitor } from '../support/page-reader.ts'
import { logIn, residentNumber } from '../support/person-token.ts'
import { payloadOf } from '../support/tokens.ts'

const app = (id: string) => testClient(id, { grant_types: ['authorization_code'], redirect_uris: [CALLBACK] })
const [one, other] = [app('first-app'), app('second-app')]

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ clients: [one.entry, other.entry] })
})
afterAll(() => gateway.close())

test('differ over all pairs of clients and places, and stay', async () => {
  const { cookie } = await logIn(gateway, { name: '测试丁', number: residentNumber(55) })
  const subjects = new Map<string, string>()
  for (const client of [one, other])
    for (const place of ['', '/api/v1/regions/anhui', '/api/v1/regions/jiangsu', '/api/v1/cities/340100']) {
      const seen: string[] = []
      for (let time = 0; time < 2; time += 1) {
        const { verifier, challenge } = pkce()
        const { body } = await pushed(gateway, client, challenge, { resource: gateway.url + place })
        const { url } = await visitor(gateway, cookie).follow(addressOf(client, body.request_uri))
        const code = url.searchParams.get('code') ?? ''
        const told = await redeem(gateway, client, { code, verifier })
        seen.push(payloadOf(told.body.access_token).sub)
      }
      expect(seen[0]).toBe(seen[1])
      subjects.set(`${client.id}${place}`, seen[0] as string)
    }
  expect(subjects.size).toBe(8)
  expect(new Set(subjects.values()).size).toBe(8)
})

test('of another person are others', async () => {
  const [first, second] = [await codeFor(gateway, one), await codeFor(gateway, one)]
  const subjects = await Promise.all(
    [first, second].map(async (got) => payloadOf((await redeem(gateway, one, got)).body.access_token).sub),
  )
  expect(new Set(subjects).size).toBe(2)
})
