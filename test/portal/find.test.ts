/** Finding a matter: the first page, the list, the matter, its cities. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  for (const city of ['310000', '330100', '340100']) await gateway.sync(city)
}, 60_000)
afterAll(() => gateway.close())

const get = async (path: string, cookie = '') => {
  const answer = await fetch(gateway.url + path, { redirect: 'manual', headers: { cookie } })
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}
const [hefei, shanghai] = ['anhui:340100:3401000000000099901', 'shanghai:310000:312099001000']

test('the first page has one search, the events of a life and 18 domains', async () => {
  const { text } = await get('/')
  expect(text.match(/role="search"/g)).toHaveLength(1)
  expect(text.match(/href="\/matters[?]domain=/g)).toHaveLength(18)
  expect(text).toContain('href="/matters?event=marriage"')
})

test('a search by initials leads to the matter of the wanted city', async () => {
  const { text } = await get('/matters?q=shbx&to=340100&from=310000')
  expect(text).toContain(`href="/matters/${encodeURIComponent(hefei)}?from=310000&amp;to=340100"`)
  expect(text).toContain('座可以网上申请')
})

test('a matter says who, how long, for what fee, which papers, and what differs elsewhere', async () => {
  const { text, status } = await get(`/matters/${hefei}`)
  expect(status).toBe(200)
  for (const words of [
    '合肥市办理',
    '可以在这里申请',
    '个人',
    '当场办结',
    '不收费',
    '居民身份证',
    '电子证照就不用交',
    '四地有什么不同',
  ])
    expect(text).toContain(words)
  expect(text).toContain(`href="/apply?matter=${encodeURIComponent(hefei)}"`)
})

test('another city is a form that leads to that city’s own matter', async () => {
  const answer = await get(`/matters/${hefei}?to=310000`)
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    `/matters/${encodeURIComponent(shanghai)}?to=310000`,
  ])
})

test('of 41 cities each is told whether it offers the matter', async () => {
  const { text } = await get(`/matters/${hefei}/cities`)
  expect(text).toContain('41 座城市中 2 座可以网上申请')
  expect(text.match(/可以网上申请<\/span>/g)).toHaveLength(2)
  expect(text.match(/<span class="quiet">没有这项服务/g)).toHaveLength(39)
  // The map says the same.
  expect(text.match(/aria-label="[^"]+市: 没有这项服务"/g)).toHaveLength(39)
  expect(text.match(/aria-label="[^"]+市: 可以网上申请"/g)).toHaveLength(2)
})

test('the English edition has English names', async () => {
  const { text } = await get(`/matters/${hefei}`, 'delta-reading=en')
  expect(text).toContain('Record of one’s social insurance rights')
  expect(text).toContain('You can apply here')
})

test('suggestions are names in the reader’s language', async () => {
  expect(JSON.parse((await get('/matters/suggestions?q=hjsx')).text)).toEqual({ items: ['户籍事项证明'] })
  expect(JSON.parse((await get('/matters/suggestions?q=hjsx', 'delta-reading=en')).text)).toEqual({
    items: ['Certificate of household register entries'],
  })
})

test.each(['<script>alert(1)</script>', '字'.repeat(1_000), '㐂𬭎·', '"onfocus=alert(1) x="', '%', '\\'])(
  'what was typed is shown again as text: %#',
  async (typed) => {
    const { text, status } = await get(`/matters?q=${encodeURIComponent(typed)}`)
    expect(status).toBe(200)
    expect(text).not.toContain('<script>alert')
    expect(text).not.toMatch(/value=""onfocus/)
    expect(text).toContain('没有找到')
  },
)

test('a matter that is not there is told in words', async () => {
  const { status, text } = await get('/matters/nobody')
  expect(status).toBe(404)
  expect(text).toContain('MATTER_NOT_FOUND')
})
