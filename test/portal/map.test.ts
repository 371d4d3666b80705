/** The map of windows and a window's page, over real HTTP, as somebody without script has them. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { visitor } from '../support/page-reader.ts'
import { SUZHOU } from './support.ts'

/** A Monday, nine in the morning; and the first of October, a holiday. */
const MONDAY = new Date('2026-03-02T09:30:00+08:00')
const HOLIDAY = new Date('2026-10-01T09:30:00+08:00')
let now = MONDAY
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({ now: () => now })
  await gateway.sync(SUZHOU)
  await gateway.syncWindows(SUZHOU, '310000')
}, 60_000)
afterAll(() => gateway.close())

const read = async (path: string, form?: Record<string, string>) => {
  const answer = await visitor(gateway).send(path, form)
  return { status: answer.status, headers: answer.headers, page: await answer.text() }
}
const windowsOf = async (city: string) =>
  (await gateway.anyone('GET', `/api/v1/windows?city=${city}&limit=50`)).body.items

test('the map tells of each city how many windows it has, and of those never read that nothing is known', async () => {
  const { page } = await read('/map')
  const count = (await windowsOf(SUZHOU)).length
  expect(count).toBeGreaterThan(0)
  expect(page).toContain('aria-label="苏州市: 有窗口"')
  expect(page).toContain(`苏州市</a> <span class="quiet">${count} 个窗口`)
  expect(page).toContain('aria-label="合肥市: 还不知道"')
})

test("a city's windows stand in the list with the numbers that they have on the map", async () => {
  const { page } = await read(`/map?city=${SUZHOU}`)
  const [first] = await windowsOf(SUZHOU)
  const name = first.name.replaceAll('"', '&quot;')
  expect(page).toContain(
    `id="window-1"><span class="number">1</span><div><a href="/windows/${encodeURIComponent(first.id)}" lang="zh-CN">${name}</a>`,
  )
  // Counters of one hall stand at one place: one mark leads to the first of them.
  expect(page).toMatch(/<a class="point" href="#window-1" aria-label="1\+?: 1(、\d+)* 号/)
  expect(page).toContain('✓ 现在开门')
})

test('on a holiday no window is open, and the day of the next opening is told', async () => {
  now = HOLIDAY
  const { page } = await read(`/map?city=${SUZHOU}&open=1`)
  const [first] = await windowsOf(SUZHOU)
  const one = (await read(`/windows/${encodeURIComponent(first.id)}`)).page
  now = MONDAY
  expect(page).toContain('没有符合的窗口')
  expect(one).toContain('今天是法定节假日')
  expect(one).toMatch(/10月8日\(星期四\) \d\d:\d\d 到 \d\d:\d\d 开门/)
})

test('a matter is found by its name, and then only windows that take it are shown', async () => {
  const [window] = (await windowsOf(SUZHOU)).filter((one: { matters: { id?: string }[] }) =>
    one.matters.some(({ id }) => id),
  )
  const known = window.matters.find(({ id }: { id?: string }) => id)
  const found = await read(`/map?what=${encodeURIComponent(known.name.zh)}`)
  expect(found.page).toContain('您要办的是哪一件?')
  const { page } = await read(`/map?city=${SUZHOU}&matter=${encodeURIComponent(known.id)}`)
  const taking = (
    await gateway.anyone('GET', `/api/v1/windows?city=${SUZHOU}&matter=${encodeURIComponent(known.id)}`)
  ).body
  expect(page).toContain('不限事项')
  expect(page).toContain(`${taking.items.length} 个窗口`)
})

test('where somebody stands is posted and never kept: nearest first, no address, no cache', async () => {
  const { status, headers, page } = await read('/map/near', { lon: '120.585', lat: '31.299' })
  expect([status, headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(page).toMatch(/约 [\d.]+ (米|公里)/)
  expect(page).not.toMatch(/(href|action)="[^"]*(lon|lat|120\.585)/)
})

test.each([
  ['120.58512', '31.299'],
  ['200', '31'],
  ['', ''],
  ['<b>', '1'],
])('a position finer than 100 metres or none at all is refused: %s, %s', async (lon, lat) => {
  expect((await read('/map/near', { lon, lat })).status).toBe(400)
})

test('a window tells what to bring, what may stay at home, and the way by three map apps', async () => {
  const window = (await windowsOf(SUZHOU)).find(
    (one: { lon?: number; matters: { id?: string }[] }) => one.lon && one.matters.some(({ id }) => id),
  )
  const { id } = window.matters.find((one: { id?: string }) => one.id)
  const { page } = await read(`/windows/${encodeURIComponent(window.id)}?matter=${encodeURIComponent(id)}`)
  expect(page).toContain('<h3>要带的</h3>')
  expect(page).toContain(window.address)
  expect(page).toMatch(/<th scope="row">星期一至五<\/th><td>09:00/)
  const [, lon] = /uri\.amap\.com\/marker\?position=([\d.]+)/.exec(page) ?? []
  // Amap's datum lies 300 to 700 metres east of WGS-84 there.
  expect(Number(lon) - window.lon).toBeGreaterThan(0.003)
  expect(Number(lon) - window.lon).toBeLessThan(0.007)
  expect(page).toContain(`openstreetmap.org/?mlat=${window.lat}&amp;mlon=${window.lon}`)
  expect(page.match(/rel="noreferrer"/g)).toHaveLength(3)
})

test('a window that is not there is told to be not there', async () => {
  expect((await read('/windows/jiangsu:320500:none')).status).toBe(404)
})

test('words of the reader are escaped', async () => {
  const { page } = await read(`/map?what=${encodeURIComponent('"><script>x</script>')}`)
  expect(page).not.toContain('<script>x')
})

test('two cities have windows of their own: streets and hours differ, and so does what they take', async () => {
  await gateway.sync('330200', '330400')
  await gateway.syncWindows('330200', '330400')
  const [ningbo, jiaxing] = [(await read('/map?city=330200')).page, (await read('/map?city=330400')).page]
  expect([ningbo, jiaxing].map((page) => /宁波市[^<]*号/.test(page))).toEqual([true, false])
  expect([ningbo, jiaxing].map((page) => /嘉兴市[^<]*号/.test(page))).toEqual([false, true])
  const taken = async (city: string) =>
    (await windowsOf(city)).flatMap(({ matters }: { matters: { name?: { zh: string } }[] }) =>
      matters.map(({ name }) => name?.zh),
    )
  expect(
    [await taken('330200'), await taken('330400')].map((names) => names.includes('不动产抵押登记')),
  ).toEqual([false, true])
})
