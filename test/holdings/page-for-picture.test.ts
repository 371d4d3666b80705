/** A city whose library hands out a page for a picture, with the digest of the page: it is the city’s fault, not the person’s. */
import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { holder } from '../support/holdings.ts'

const PAGE = Buffer.from('<!DOCTYPE html><html><body>系统维护</body></html>')
const soon = () => Date.now() + 600_000
const ANSWERS: Readonly<Record<string, () => object>> = {
  token: () => ({ token: 'FAKE', yxqz: soon() }),
  zpcx: () => ({ zpbs: 'ZP1', zply: '1', pzrq: 1_700_000_000_000, yxqz: soon(), zpgs: 'jpg' }),
  zpxz: () => ({
    zpbs: 'ZP1',
    zpgs: 'jpg',
    zpnr: PAGE.toString('base64'),
    zpzy: createHash('sm3').update(PAGE).digest('hex'),
  }),
}

let city: Server
let gateway: TestGateway
let own: Caller

beforeAll(async () => {
  city = createServer((request, response) => {
    request.resume()
    const op = new URL(request.url ?? '/', 'http://city').pathname.split('/').at(-1) ?? ''
    response.setHeader('content-type', 'application/json;charset=UTF-8')
    response.end(JSON.stringify({ head: { status: '0', message: '成功' }, data: ANSWERS[op]?.() ?? null }))
  })
  await new Promise<void>((resolve) => city.listen(0, '127.0.0.1', resolve))
  const { port } = city.address() as AddressInfo
  gateway = await startTestGateway({
    directory: (directory) => ({
      ...directory,
      cities: { '320700': { baseUrl: `http://127.0.0.1:${port}` } },
    }),
  })
  own = (await holder({ name: '李样例', number: '320102190102030028', region: 'jiangsu' }, gateway)).own
}, 60_000)
afterAll(async () => {
  await gateway.close()
  city.closeAllConnections()
  await new Promise((resolve) => city.close(resolve))
})

test.each(['fitness', 'picture'])('its %s is refused as an answer that is none', async (look) => {
  const { body } = await own('GET', '/api/v1/me/photos?cities=320700')
  const refused = await own('GET', `/api/v1/me/photos/${body.items[0].id}/${look}`)
  expect(refused).toMatchObject({ status: 502, body: { code: 'REGION_ANSWER_INVALID' } })
})
