/** The pages of photos and licences, as a browser without a script sees them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { openSession } from '../../src/federation/identity/sessions.ts'
import { browserOf, type Somebody, somebody } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { captured, jpeg, known, numberOf, sendPhoto, stranger } from './support.ts'

let gateway: TestGateway
let person: Somebody
beforeAll(async () => {
  gateway = await startTestGateway()
  person = await known(gateway)
})
afterAll(() => gateway.close())

const pathIn = (text: string, prefix: string) =>
  new RegExp(`href="(/me/${prefix}[a-z0-9_]+)"`).exec(text)?.[1] ?? ''
/** What the record holds of a person's looks, in their order. */
async function acts({ idDocument }: Somebody): Promise<readonly string[]> {
  const { sealing, store } = gateway.gateway.deps
  const rows = await store.accesses.list([sealing.identity(idDocument)], { limit: 500 })
  return rows.map(({ record }) => (record as { act: string }).act).toReversed()
}

describe('the list of photos', () => {
  test('shows what the cities hold, with day and source, and no picture', async () => {
    const { status, text } = await (await browserOf(person, gateway)).get('/me/photos')
    expect(status).toBe(200)
    expect(text).toContain('居民身份证照片')
    expect(text).toContain('江苏省 苏州市')
    expect(text).toMatch(/已问 41 个城市/)
    expect(text).not.toContain('<img')
    expect(text).not.toContain(person.idDocument.number)
  })

  test('asks fewer cities when it is told to', async () => {
    const { text } = await (await browserOf(person, gateway)).get('/me/photos?cities=home')
    expect(text).toMatch(/已问 1 个城市/)
    expect(text).toMatch(/cities=home" aria-current="page"/)
    expect(text).not.toContain('苏州市')
  })

  test('says which cities were silent and when they last answered, and shows what they said then', async () => {
    const browser = await browserOf(person, gateway)
    await browser.get('/me/photos')
    const { faults } = gateway.region('jiangsu')
    faults.add({ kind: 'error' })
    const { text } = await browser.get('/me/photos')
    faults.clear()
    expect(text).toContain('个用的是以前的回答')
    expect(text).toContain('没有回答不等于没有照片')
    expect(text).toMatch(/苏州市 没有回答, 上次回答是 \d{4}-\d{2}-\d{2} \d{2}:\d{2}/)
    expect(text).toContain('江苏省 苏州市')
  })

  test('says of a city that never answered that nothing is known', async () => {
    const nobody = await stranger(gateway)
    const { faults } = gateway.region('jiangsu')
    faults.add({ kind: 'error' })
    const { text } = await (await browserOf(nobody, gateway)).get('/me/photos')
    faults.clear()
    expect(text).toContain('南京市 没有回答, 以前也没有回答过')
    expect(text).toContain('没有查到照片')
  })

  test('is for somebody who is logged in', async () => {
    for (const at of ['/me/photos', '/me/licences', '/me/preview', '/me/consents']) {
      const answer = await fetch(gateway.url + at, { redirect: 'manual' })
      expect(answer.headers.get('location')).toBe(`/log-in?next=${encodeURIComponent(at)}`)
    }
  })

  test('needs a log-in in which name and number were seen to agree', async () => {
    const weak = await somebody({ name: '测试低', number: numberOf('19700101', 901), loa: 1 }, gateway)
    const { status, text } = await (await browserOf(weak, gateway)).get('/me/photos')
    expect([status, text.includes('实名等级不够'), text.includes('href="/log-in"')]).toEqual([
      401,
      true,
      true,
    ])
  })
})

describe('one photo', () => {
  test('is masked until it is opened, and judged document by document', async () => {
    const browser = await browserOf(person, gateway)
    const at = pathIn((await browser.get('/me/photos')).text, 'photos/ph_')
    const before = await acts(person)
    const { text } = await browser.get(at)
    expect(text).toContain('照片已遮住')
    expect(text).not.toContain('<img')
    expect(text).toMatch(/<strong>居民身份证<\/strong>: /)
    expect(text.match(/class="verdict"/g)).toHaveLength(8)
    expect(text).toContain('可以用在这些事项')
    expect((await acts(person)).slice(before.length)).toEqual(['photos.judge'])
    const opened = await browser.get(`${at}?picture=shown`)
    expect(opened.text).toContain(`<img src="${at}/picture"`)
  })

  test('is shown with a mark, to its own person alone', async () => {
    const at = pathIn((await (await browserOf(person, gateway)).get('/me/photos')).text, 'photos/ph_')
    const cookieOf = async ({ authentication }: Somebody) =>
      `__Host-delta=${await openSession(authentication, 'test', gateway.gateway.deps)}`
    const picture = await fetch(`${gateway.url}${at}/picture`, {
      headers: { cookie: await cookieOf(person) },
    })
    expect(picture.headers.get('content-type')).toBe('image/jpeg')
    expect(picture.headers.get('cache-control')).toBe('no-store')
    const bytes = Buffer.from(await picture.arrayBuffer())
    expect(bytes.subarray(0, 2).toString('hex')).toBe('ffd8')
    const other = await stranger(gateway)
    const refused = await fetch(`${gateway.url}${at}/picture`, {
      headers: { cookie: await cookieOf(other) },
    })
    expect(refused.status).toBe(404)
    expect((await (await browserOf(other, gateway)).get(at)).status).toBe(404)
  })
})

describe('a photo that is taken here', () => {
  test('leads to its verdicts, stands in the list, and is deleted', async () => {
    const owner = await stranger(gateway)
    const at = await captured(owner, gateway)
    const browser = await browserOf(owner, gateway)
    const shown = await browser.get(at)
    expect(shown.text).toContain('我在本网站拍的照片')
    expect(shown.text).toContain('删除这张照片')
    expect((await browser.get('/me/photos')).text).toContain(at)
    expect((await browser.post(`${at}/delete`, [])).location).toBe('/me/photos')
    expect((await browser.get('/me/photos')).text).not.toContain(at)
    expect((await browser.get(at)).status).toBe(404)
  })

  test('is not deleted by another, nor is one that a region holds', async () => {
    const [owner, other] = [await stranger(gateway), await stranger(gateway)]
    const at = await captured(owner, gateway)
    const theirs = await browserOf(other, gateway)
    await theirs.get('/me/consents/guardian')
    await theirs.get('/me/photos/new')
    expect((await theirs.post(`${at}/delete`, [])).status).toBe(404)
    const mine = await browserOf(person, gateway)
    await mine.get('/me/photos/new')
    const held = pathIn((await mine.get('/me/photos')).text, 'photos/ph_')
    expect((await mine.post(`${held}/delete`, [])).status).toBe(404)
    expect((await (await browserOf(owner, gateway)).get(at)).status).toBe(200)
  })

  const file = (content: string | Uint8Array<ArrayBuffer>, name = 'me.jpg') => new File([content], name)
  test.each([
    ['nothing', undefined, '请先选择或拍一张照片'],
    ['the empty part of a browser', file('', ''), '请先选择或拍一张照片'],
    ['an empty file', file(''), '文件'],
    ['a text', file('not a picture at all'), '这是文字文件, 请上传一张照片'],
    ['half a picture', file(new Uint8Array(jpeg().subarray(0, 900))), '照片文件不完整'],
  ])('that is %s is refused at the field in plain words', async (_what, sent, words) => {
    const { status, text } = await sendPhoto(person, gateway, sent)
    expect(status).toBe(422)
    expect(/<p class="fault" role="alert" id="fault">([^<]+)/.exec(text)?.[1]).toContain(words)
    expect(text).toContain('aria-describedby="fault limits"')
  })

  test('that is too large is not read, and the page says so', async () => {
    const { location } = await sendPhoto(
      person,
      gateway,
      new File([new Uint8Array(LIMITS.fileBytes + 100_000)], 'large.jpg'),
    )
    const { status, text } = await (await browserOf(person, gateway)).get(location)
    expect(status).toBe(422)
    expect(text).toMatch(/id="fault">[^<]*大/)
  })

  test('is refused when the form is another site’s', async () => {
    const browser = await browserOf(person, gateway)
    const told = await browser.post('/me/photos/new', [], 'x'.repeat(43))
    expect([told.status, told.text.includes('FORM_FOREIGN')]).toEqual([403, true])
  })

  test('may be taken with a script that is ours alone', async () => {
    const { text } = await (await browserOf(person, gateway)).get('/me/photos/new')
    const [, src = ''] = /<script type="module" src="([^"]+)"/.exec(text) ?? []
    const script = await fetch(gateway.url + src)
    expect(script.headers.get('content-type')).toContain('text/javascript')
    expect(await script.text()).toContain('getUserMedia')
  })
})

describe('licences', () => {
  test('are listed with masked numbers', async () => {
    const { text } = await (await browserOf(person, gateway)).get('/me/licences')
    expect(text).toContain('居民身份证')
    expect(text).toContain('机动车驾驶证')
    expect(text).toMatch(/31\*+00/)
    expect(text).not.toContain(person.idDocument.number)
  })

  test('that end within ninety days stand first, with a line', async () => {
    const { store, sealing, now } = gateway.gateway.deps
    const browser = await browserOf(person, gateway)
    await browser.get('/me/licences')
    const { rows } = await store.holdings.known(person.principal.personId, 'licence')
    const row = rows.find((one) => sealing.open<{ name: string }>(one.sealed).name === '机动车驾驶证')
    if (!row) throw new Error('no licence')
    const validTo = new Date(now().getTime() + 30 * 86_400_000).toISOString().slice(0, 10)
    const sealed = sealing.seal({ ...sealing.open<object>(row.sealed), validTo })
    const { faults } = gateway.region('jiangsu')
    await store.holdings.keep(
      {
        personId: row.personId,
        kind: 'licence',
        places: [row.place],
        rows: [{ ...row, sealed }],
        askedAt: now(),
      },
      [],
    )
    // Its region is silent: the answer before stands.
    faults.add({ kind: 'error' })
    const { text } = await browser.get('/me/licences')
    faults.clear()
    expect(text.match(/<h2>机动车驾驶证<\/h2>/g)).toHaveLength(1)
    expect(text).toMatch(/90 天内到期.*机动车驾驶证.*其他证照.*居民身份证/s)
  })

  test('are opened with number and face, and the page says that it was recorded', async () => {
    const browser = await browserOf(person, gateway)
    const { text } = await browser.get('/me/licences')
    const card = text.split('<section').find((part) => part.includes('<h2>居民身份证</h2>')) ?? ''
    const before = await acts(person)
    const opened = await browser.get(pathIn(card, 'licences/lic_'))
    expect(opened.text).toContain('这次查看已经记录')
    expect(opened.text).toContain(person.idDocument.number)
    expect((await acts(person)).slice(before.length)).toEqual(['licences.read'])
    const other = await browserOf(await stranger(gateway), gateway)
    expect((await other.get(pathIn(card, 'licences/lic_'))).status).toBe(404)
  })
})
