/** The resident's page with the code, the counter's page that scans it, and the desk's link: as browsers see them, without script. */
import jsQR from 'jsqr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDesk, revokeDesks } from '../../src/federation/identity/desks.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { inDatabase, letEnd, type Resident, resident, scan, strangeDigits } from './support.ts'

let gateway: TestGateway
let guest: Resident
beforeAll(async () => {
  gateway = await startTestGateway()
  guest = await resident(gateway)
})
afterAll(() => gateway.close())

/** A browser with these cookies; redirects are told, not followed. */
const browser = (cookie = '') => ({
  get: async (at: string) => read(await fetch(gateway.url + at, { headers: { cookie }, redirect: 'manual' })),
  post: async (at: string, form: Record<string, string>) =>
    read(
      await fetch(gateway.url + at, {
        method: 'POST',
        headers: { cookie },
        body: new URLSearchParams(form),
        redirect: 'manual',
      }),
    ),
})
const read = async (answer: Response) => ({
  status: answer.status,
  location: answer.headers.get('location'),
  cookies: answer.headers.getSetCookie(),
  headers: answer.headers,
  text: await answer.text(),
})
const tokenIn = (text: string) => /name="token" value="([^"]+)"/.exec(text)?.[1] ?? ''
const digitsIn = (text: string) => /class="digits">([\d ]+)</.exec(text)?.[1] ?? ''

/** Shows a code at the resident's page. */
async function showCode(owner: Resident, purpose = 'hotel') {
  const pages = browser(owner.cookie)
  const token = tokenIn((await pages.get('/me/code')).text)
  const { status, location } = await pages.post('/me/code', { token, purpose })
  expect(status).toBe(303)
  return { pages, token, at: location ?? '', shown: await pages.get(location ?? '') }
}

/** What a camera reads off the page: the modules of the SVG painted as pixels. */
function cameraReads(text: string): string | undefined {
  const [, size = '0', d = ''] = /viewBox="0 0 (\d+) \d+".*?<path fill="black" d="([^"]+)"/s.exec(text) ?? []
  const [zoom, width] = [4, Number(size) * 4]
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255)
  for (const [, x, y] of d.matchAll(/M(\d+),(\d+)h1v1h-1z/g))
    for (let dy = 0; dy < zoom; dy += 1)
      for (let dx = 0; dx < zoom; dx += 1)
        pixels.fill(
          0,
          ((Number(y) * zoom + dy) * width + Number(x) * zoom + dx) * 4,
          ((Number(y) * zoom + dy) * width + Number(x) * zoom + dx) * 4 + 3,
        )
  return jsQR.default(pixels, width, width)?.data
}

describe('the resident', () => {
  test('must have logged in', async () => {
    for (const at of ['/me/code', '/me/scans', '/me/code/idc_1'])
      expect((await browser().get(at)).location).toBe(`/log-in?next=${encodeURIComponent(at)}`)
  })

  test('chooses a purpose and reads before what it lets the other learn', async () => {
    const { text } = await browser(guest.cookie).get('/me/code')
    expect(text).toContain('入住宾旅馆')
    expect(text).toContain('姓名、证件类型和号码、身份码有效期、由店员核对面容')
    expect(text).toContain('窗口办事')
  })

  test('shows a QR code that a camera reads, with digits and a true end', async () => {
    const { at, shown } = await showCode(guest)
    const { body } = await guest.api('GET', `/api/v1/me/codes/${at.split('/').at(-1)}`)
    expect(cameraReads(shown.text)).toBe(body.code)
    expect(digitsIn(shown.text)).toBe(body.typedCode)
    expect(shown.text).toContain(`<strong>${body.until.slice(11, 19)}</strong>`)
    expect(shown.headers.get('cache-control')).toBe('no-store')
    for (const secret of [guest.name, guest.number, guest.personId])
      expect(shown.text + at).not.toContain(secret)
  })

  test('sees a new state by itself when the minute is over, without script', async () => {
    const { pages, at, shown } = await showCode(guest)
    const [, seconds, path] = /http-equiv="refresh" content="(\d+); url=([^"]+)"/.exec(shown.text) ?? []
    expect(path).toBe(at)
    expect(Number(seconds)).toBeGreaterThan(50)
    expect(Number(seconds)).toBeLessThanOrEqual(62)
    expect(shown.text).toContain('<noscript><meta http-equiv')
    await letEnd(gateway, at.split('/').at(-1) ?? '')
    const over = await pages.get(at)
    expect(over.text).toContain('已过期')
    expect(over.text).not.toMatch(/<svg|http-equiv|class="digits"/)
  })

  test('calls it back, with a form of ours alone', async () => {
    const { pages, token, at, shown } = await showCode(guest)
    expect((await pages.post(`${at}/call-back`, { token: 'x' })).status).toBe(403)
    expect(digitsIn((await pages.get(at)).text)).toBe(digitsIn(shown.text))
    expect((await pages.post(`${at}/call-back`, { token })).location).toBe(at)
    expect((await pages.get(at)).text).toContain('已收回')
    const hotel = await gateway.as('sandbox-hotel', 'persons:verify')
    expect((await scan(hotel, cameraReads(shown.text) ?? '')).body.code).toBe('IDENTITY_CODE_CALLED_BACK')
  })

  test('sees who scanned, when, for what, which fields, with which outcome', async () => {
    const owner = await resident(gateway)
    const { pages, at, shown } = await showCode(owner)
    const hotel = await gateway.as('sandbox-hotel', 'persons:verify')
    await scan(hotel, digitsIn(shown.text))
    await scan(hotel, digitsIn(shown.text))
    for (const page of [await pages.get(at), await pages.get('/me/scans')])
      for (const told of [
        '示例酒店前台',
        '已核验',
        '拒绝: 码已用过',
        '证件类型和号码',
        `${new Date().getFullYear()}-`,
      ])
        expect(page.text).toContain(told)
    const other = browser((await resident(gateway)).cookie)
    expect((await other.get(at)).status).toBe(404)
    expect((await other.get('/me/scans')).text).toContain('还没有人扫过')
  })

  test('logging out calls the code back', async () => {
    const owner = await resident(gateway)
    const { pages, token, shown } = await showCode(owner)
    await pages.post('/log-out', { token })
    const hotel = await gateway.as('sandbox-hotel', 'persons:verify')
    expect((await scan(hotel, cameraReads(shown.text) ?? '')).body.code).toBe('IDENTITY_CODE_CALLED_BACK')
  })

  test('is led to a better log-in when theirs is too low', async () => {
    const low = browser((await resident(gateway, { loa: 2 })).cookie)
    const { text } = await low.get('/me/code')
    expect(text).toContain('实名等级 3')
    expect(text).toContain('/log-in?next=/me/code')
    expect(
      (await low.post('/me/code', { token: tokenIn((await low.get('/me')).text), purpose: 'hotel' })).status,
    ).toBe(401)
  })
})

describe('the counter', () => {
  /** A desk's browser, let in by a link. */
  async function desk(client = 'sandbox-hotel') {
    const { link, handle } = await openDesk(client, gateway.gateway.deps)
    const at = link.slice(gateway.url.length)
    const opened = await browser().get(at)
    const started = opened.cookies[0]?.split(';')[0] ?? ''
    const let_in = await browser(started).post(at, { token: tokenIn(opened.text) })
    expect(let_in.location).toBe('/counter')
    const [cookie = ''] = let_in.cookies
    return { cookie, handle, at, opened, pages: browser(cookie.split(';')[0]) }
  }

  test('without a link there is no desk', async () => {
    for (const cookie of ['', '__Host-delta-desk=guessed']) {
      const { status, text } = await browser(cookie).get('/counter')
      expect([status, text.includes('name="code"')]).toEqual([403, false])
      expect((await browser(cookie).post('/counter', { code: '1', purpose: 'hotel' })).status).toBe(403)
    }
    expect((await browser().get('/counter/link/guessed')).status).toBe(403)
  })

  test('a link lets a browser in by a form, with a cookie that no script and no other site can use', async () => {
    const { cookie, at, opened } = await desk()
    expect(cookie).toMatch(/^__Host-delta-desk=/)
    for (const attribute of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Strict', 'Expires='])
      expect(cookie).toContain(attribute)
    expect(opened.text).toContain('示例酒店前台')
    expect(opened.cookies.join()).not.toContain('delta-desk')
    expect((await browser().post(at, { token: tokenIn(opened.text) })).status).toBe(403)
    const rows = await inDatabase(
      gateway,
      (sql) => sql`select json_agg(d)::text as rows from counter_desks d`,
    )
    const metrics = await (await gateway.gateway.metrics.request('/metrics')).text()
    for (const kept of [String(rows[0]?.['rows']), metrics, JSON.stringify(gateway.told)])
      expect(kept).not.toContain(at.split('/').at(-1))
    expect(metrics).toContain('route="/counter/link/:secret"')
  })

  test('digits from the resident’s page are typed, and the guest is shown', async () => {
    const { pages } = await desk()
    const form = await pages.get('/counter')
    const { shown } = await showCode(guest)
    const told = await pages.post('/counter', {
      token: tokenIn(form.text),
      purpose: 'hotel',
      code: digitsIn(shown.text),
    })
    expect(told.status).toBe(200)
    for (const part of [guest.name, guest.number, '网关没有比对面容', 'content="120; url=/counter"'])
      expect(told.text).toContain(part)
    expect(told.headers.get('cache-control')).toBe('no-store')
    const again = await pages.post('/counter', {
      token: tokenIn(form.text),
      purpose: 'hotel',
      code: digitsIn(shown.text),
    })
    expect([again.status, again.text.includes('身份码已被使用'), again.text.includes(guest.number)]).toEqual([
      409,
      true,
      false,
    ])
  })

  test('says what is wrong above the form, and never more than the API', async () => {
    const { pages } = await desk()
    const token = tokenIn((await pages.get('/counter')).text)
    const tell = (code: string, purpose = 'hotel') => pages.post('/counter', { token, purpose, code })
    expect((await tell('123')).text).toContain('十位数字')
    expect((await tell(strangeDigits(77))).text).toContain('数字码不存在、已使用或已失效')
    const { shown } = await showCode(await resident(gateway), 'window')
    const other = await tell(digitsIn(shown.text), 'window')
    expect([other.status, other.text.includes('没有获准用于此用途')]).toEqual([403, true])
    expect(other.text).toContain('name="code"')
    expect((await pages.post('/counter', { token: 'x', purpose: 'hotel', code: '1' })).status).toBe(403)
  })

  test('the script is a file of ours under a strict policy, and the page works without it', async () => {
    const { pages } = await desk()
    const { text, headers } = await pages.get('/counter')
    const [, path = ''] =
      /<script type="module" src="(\/assets\/[\w-]{12}\/scan[.]js)"><\/script>/.exec(text) ?? []
    expect(text.match(/<script/g)).toHaveLength(1)
    expect(text).not.toMatch(/\son\w+=/)
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'/)
    expect(headers.get('content-security-policy')).not.toMatch(/script-src|unsafe-eval/)
    const served = await browser().get(path)
    expect(served.headers.get('content-type')).toContain('text/javascript')
    expect(served.text).toContain('BarcodeDetector')
    expect(text).toContain('id="camera" class="plain" hidden')
  })

  test('revoked, ended, or of a client that may scan no more, a desk is closed at once', async () => {
    const { deps } = gateway.gateway
    const [one, two, three] = [await desk(), await desk(), await desk('sandbox-window')]
    expect(await revokeDesks({ handle: one.handle }, deps)).toBe(1)
    expect([(await one.pages.get('/counter')).status, (await two.pages.get('/counter')).status]).toEqual([
      403, 200,
    ])
    expect((await browser().get(one.at)).status).toBe(403)
    await inDatabase(
      gateway,
      (sql) => sql`update counter_desks set until = now() where handle = ${two.handle}`,
    )
    expect((await two.pages.get('/counter')).status).toBe(403)
    expect((await three.pages.get('/counter')).text).toContain('窗口办事')
    expect(await revokeDesks({ clientId: 'sandbox-window' }, deps)).toBe(1)
    expect((await three.pages.get('/counter')).status).toBe(403)
    await expect(openDesk('sandbox-shanghai', deps)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' })
    await expect(openDesk('nobody', deps)).rejects.toMatchObject({ code: 'CONFIGURATION_INVALID' })
  })
})
