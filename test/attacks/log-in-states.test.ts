/** The state of a log-in: for one region, one browser, one use and ten minutes. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pool } from '../../src/store/connection.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { visitor } from '../support/page-reader.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

/** A browser that was sent to a region, and the address to which that region sends it back. */
async function sentTo(region: string) {
  const by = visitor(gateway)
  const page = new URL((await by.send(`/log-in/${region}?kind=person`)).headers.get('location') ?? '')
  const back = new URL(page.searchParams.get('redirect_uri') ?? page.searchParams.get('service') ?? '')
  return { by, back }
}
const ticketOf = (region: 'shanghai' | 'anhui', account: string, service?: string) =>
  gateway.region(region).region.logIn?.(account, ...(service === undefined ? [] : ([service] as const))) ?? ''

test('brings a browser in at its own region', async () => {
  const { by, back } = await sentTo('shanghai')
  back.searchParams.set('access_token', ticketOf('shanghai', 'np8'))
  expect((await by.send(back.href)).headers.get('location')).toBe('/me')
})

test('of another region is a mix-up: the ticket is not even shown to the region that it came from', async () => {
  const { by, back } = await sentTo('shanghai')
  const state = back.searchParams.get('state')
  const there = `${gateway.url}/sso/ah/callback?state=${state}`
  const ticket = ticketOf('anhui', 'ahperson0008', there)
  const answered = await by.send(`${there}&ticket=${ticket}`)
  expect(answered.status).toBe(400)
  expect(await answered.text()).toContain('LOGIN_STATE_INVALID')
  expect(by.cookies.has('__Host-delta')).toBe(false)
  // It would still be good: nobody has used it.
  const proven = await gateway
    .region('anhui')
    .region.app.request(`/uccp-server/serviceValidate?${new URLSearchParams({ service: there, ticket })}`)
  expect(await proven.text()).toContain('authenticationSuccess')
})

test('that is older than ten minutes is refused', async () => {
  const { by, back } = await sentTo('shanghai')
  const sql = pool(gateway.databaseUrl, 1)
  await sql`update log_ins set until = now() - interval '1 second'`
  await sql.end()
  back.searchParams.set('access_token', ticketOf('shanghai', 'np8'))
  const answered = await by.send(back.href)
  expect([answered.status, by.cookies.has('__Host-delta')]).toEqual([400, false])
})
