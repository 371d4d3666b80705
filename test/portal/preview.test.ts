/** The one preview, the consents that are given on it, and what becomes of them: as a browser without a script sees them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isReleased } from '../../src/federation/preview/chosen.ts'
import { browserOf, type Somebody } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import {
  captured,
  child,
  known,
  matterAt,
  photographed,
  previewFields,
  SUZHOU,
  stranger,
  withField,
} from './support.ts'

let gateway: TestGateway
let person: Somebody
let matter: string
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(SUZHOU)
  person = await known(gateway)
  matter = await matterAt('换领机动车驾驶证', gateway)
})
afterAll(() => gateway.close())

const address = () => `/me/preview?matter=${encodeURIComponent(matter)}`
const consentsIn = (address: string | null) =>
  new URL(address ?? '', 'http://x').searchParams.getAll('consent')
const uploadIn = (text: string) => /上传编号 <code>(up_\w+)/.exec(text)?.[1]
/** The page's own part: the switches above it lead back to this very address. */
const mainOf = (text: string) => text.slice(text.indexOf('<main'))
/** Opens the preview and agrees to these kinds. */
async function agreed(somebody: Somebody, kinds: readonly string[]) {
  const browser = await browserOf(somebody, gateway)
  const { text } = await browser.get(address())
  const told = await browser.post('/me/preview', [...previewFields(text, kinds), ['do', 'agree']])
  return { browser, told }
}

describe('the page', () => {
  test('lays out documents, fields and figures, masked, and agrees to nothing by itself', async () => {
    const { status, text } = await (await browserOf(person, gateway)).get(address())
    expect(status).toBe(200)
    expect(text).toMatch(/交给: <strong>苏州市?\S*部门</)
    expect(text).toMatch(/<dt>材料<\/dt><dd>3 项.*<dt>免交<\/dt><dd>2 项.*<dt>要填<\/dt><dd>\d 项/s)
    expect(text).toContain('机动车驾驶证 (江苏省)')
    expect(text).toContain('为什么要')
    expect(text).toContain('不提供时, 需要您自己上传这份材料')
    expect(text).toMatch(/统一身份认证 · \d{4}-/)
    expect(text).not.toContain(person.idDocument.number)
    expect(text).not.toMatch(/type="checkbox"[^>]*checked/)
    expect(text.match(/type="checkbox"/g)).toHaveLength(2)
  })

  test('shows the words of each consent whole, the face as sensitive', async () => {
    const { text } = await (await browserOf(person, gateway)).get(address())
    expect(text).toContain('敏感个人信息, 单独同意')
    expect(text).toMatch(/id="words-photo">我同意长三角互通网关把我的这些照片 \([^)]+\(/)
    expect(text).toMatch(/id="words-licence">我同意长三角互通网关把我的这些电子证照 \(机动车驾驶证/)
    expect(text).toContain('用途是制作证件')
    const english = await (await browserOf(person, gateway, 'en')).get(address())
    expect(english.text).toContain('I agree that the Delta gateway')
    expect(english.text).not.toContain('我同意长三角互通网关')
  })

  test('without a matter finds one by words and city', async () => {
    const browser = await browserOf(person, gateway)
    const { text } = await browser.get(`/me/preview?words=${encodeURIComponent('驾驶证')}&division=${SUZHOU}`)
    expect(text).toContain(`/me/preview?matter=${encodeURIComponent(matter)}`)
    expect(text).toContain(`value="${SUZHOU}" selected`)
    const none = await browser.get(`/me/preview?words=${encodeURIComponent('"><script>')}`)
    expect(none.text).toContain('没有找到名称含“&quot;&gt;&lt;script&gt;”')
  })

  test('of a matter that nobody offers is a plain failure with the way back', async () => {
    const { status, text } = await (await browserOf(person, gateway)).get('/me/preview?matter=none')
    expect([status, text.includes('MATTER_NOT_FOUND'), text.includes('href="/me"')]).toEqual([
      404,
      true,
      true,
    ])
  })

  test('has nothing to agree to for somebody of whom nothing is held', async () => {
    const { text } = await (await browserOf(await stranger(gateway), gateway)).get(address())
    expect(text).toContain('没有选用照片或证照, 不需要同意')
    expect(text).not.toContain('value="agree"')
  })
})

describe('what is agreed to', () => {
  test('is given, the photo made ready, and told with its references; once only, however often it is loaded', async () => {
    const { browser, told } = await agreed(person, ['photo', 'licence'])
    expect(told.status).toBe(303)
    expect(consentsIn(told.location)).toHaveLength(2)
    const first = await browser.get(told.location ?? '')
    expect(first.text).toContain('✓ 已准备好')
    expect(first.text).toMatch(/证照编号 <code>lic_/)
    const upload = uploadIn(first.text) ?? ''
    expect(await isReleased(upload, gateway.gateway.deps)).toBe(true)
    expect(uploadIn((await browser.get(told.location ?? '')).text)).toBe(upload)
  })

  test('is withdrawn with one tap, and its upload counts no more', async () => {
    const { browser, told } = await agreed(await photographed(gateway), ['photo'])
    const upload = uploadIn((await browser.get(told.location ?? '')).text) ?? ''
    const [id] = consentsIn(told.location)
    const withdrawn = await browser.post(`/me/consents/${id}/withdraw`, [])
    expect([withdrawn.status, withdrawn.location]).toEqual([303, '/me/consents'])
    const list = await browser.get('/me/consents')
    expect(list.text).toContain('<strong>已撤回</strong>')
    expect(list.text).not.toContain(`/me/consents/${id}/withdraw`)
    const done = await browser.get(told.location ?? '')
    expect(done.text).toContain('同意已撤回或到期, 不能再用')
    expect(mainOf(done.text)).not.toContain(upload)
    expect(await isReleased(upload, gateway.gateway.deps)).toBe(false)
  })

  test('is each by itself: only what is ticked is given', async () => {
    const { browser, told } = await agreed(person, ['licence'])
    expect(consentsIn(told.location)).toHaveLength(1)
    const { text } = await browser.get(told.location ?? '')
    expect(text).not.toContain('驾驶证照片')
    expect(text).toContain('证照编号')
  })

  test('is nothing without a tick', async () => {
    const { told } = await agreed(await photographed(gateway), [])
    expect([told.status, told.text.includes('没有勾选任何一项同意')]).toEqual([422, true])
  })

  test('is never other words than those that were shown', async () => {
    const browser = await browserOf(person, gateway)
    const { text } = await browser.get(address())
    const fields = previewFields(text, ['photo'])
    const [name = '', other = ''] =
      [...text.matchAll(/name="(pick\.[^"]+)" value="(ph_\w+)"(?! checked)/g)][0]?.slice(1) ?? []
    const changed = withField(fields, name, other)
    const refused = await browser.post('/me/preview', [...changed, ['do', 'agree']])
    expect(refused.status).toBe(409)
    expect(refused.text).toContain('选择变了, 同意书的文字也随之改变')
    expect(refused.text).toContain(`value="${other}" checked`)
    expect(refused.text).not.toMatch(/type="checkbox"[^>]*checked/)
    const updated = await browser.post('/me/preview', [...changed, ['do', 'choose']])
    expect(updated.status).toBe(200)
    const again = await browser.post('/me/preview', [
      ...previewFields(updated.text, ['photo']),
      ['do', 'agree'],
    ])
    expect(again.status).toBe(303)
  })

  test('can be withheld: then its consent is not asked for', async () => {
    const browser = await browserOf(person, gateway)
    const { text } = await browser.get(address())
    const photo = previewFields(text, []).find(([, value]) => value.startsWith('ph_'))?.[0] ?? ''
    const told = await browser.post('/me/preview', [
      ...withField(previewFields(text, []), photo, 'none'),
      ['do', 'choose'],
    ])
    expect(told.text).not.toContain('digest.photo')
    expect(told.text).toContain('digest.licence')
  })

  test('is nothing of another person’s', async () => {
    const owner = await stranger(gateway)
    const at = (await captured(owner, gateway)).split('/').at(-1) ?? ''
    const browser = await browserOf(await photographed(gateway), gateway)
    const { text } = await browser.get(address())
    const fields = previewFields(text, ['photo'])
    const photo = fields.find(([, value]) => value.startsWith('ph_'))?.[0] ?? ''
    const told = await browser.post('/me/preview', [...withField(fields, photo, at), ['do', 'agree']])
    expect([told.status, told.text.includes('刚才选的一项现在用不了了')]).toEqual([409, true])
  })
})

describe('the result', () => {
  test('is shown to its own person alone, and nowhere without a consent', async () => {
    const { told } = await agreed(await photographed(gateway), ['photo'])
    const other = await browserOf(await stranger(gateway), gateway)
    expect((await other.get(told.location ?? '')).status).toBe(404)
    expect((await other.get('/me/preview/done')).status).toBe(404)
  })

  test('names no upload that did not come out of a consent', async () => {
    const { browser, told } = await agreed(await photographed(gateway), ['photo'])
    const forged = (told.location ?? '').replaceAll(/up_\w+/g, 'up_forged')
    const { text } = await browser.get(forged)
    expect(mainOf(text)).not.toContain('up_forged')
    expect(text).toContain('还没有准备')
  })

  test('says why a photo was not made ready, and tries again', async () => {
    const { browser, told } = await agreed(await photographed(gateway), ['photo'])
    const at = new URL(told.location ?? '', 'http://x')
    const use = at.searchParams.get('use') ?? ''
    at.searchParams.delete('upload')
    at.searchParams.append('problem', `${use.slice(0, use.lastIndexOf('~'))}~REGION_UNAVAILABLE`)
    const failed = await browser.get(at.pathname + at.search)
    expect(failed.text).toContain('没有准备好')
    const again = await browser.post('/me/preview/done', [
      ['consent', at.searchParams.get('consent') ?? ''],
      ['use', use],
    ])
    expect(again.status).toBe(303)
    expect((await browser.get(again.location ?? '')).text).toContain('✓ 已准备好')
  })
})

describe('a child below fourteen', () => {
  test('gets a code for a guardian, who reads the same words and agrees; then the photo is made ready', async () => {
    const [ward, guardian] = [await child(gateway), await stranger(gateway)]
    await captured(ward, gateway)
    const { browser, told } = await agreed(ward, ['photo'])
    expect(told.status).toBe(200)
    expect(told.text).toContain('请监护人同意')
    const link = /href="[^"]*(\/me\/consents\/guardian\?code=[\w-]+)"/.exec(told.text)?.[1] ?? ''
    const back = (/href="(\/me\/preview\/done[^"]+)"/.exec(told.text)?.[1] ?? '').replaceAll('&amp;', '&')
    expect((await browser.get(back)).text).toContain('等待监护人同意')
    const theirs = await browserOf(guardian, gateway)
    const asked = await theirs.get(link)
    expect(asked.text).toContain(`我是未满十四周岁的${ward.name}的监护人`)
    const fields = [...asked.text.matchAll(/type="hidden" name="(code|digest)" value="([^"]+)"/g)].map(
      ([, name = '', value = '']) => [name, value] as const,
    )
    const unticked = await theirs.post('/me/consents/guardian', fields)
    expect([unticked.status, unticked.text.includes('请先勾选')]).toEqual([422, true])
    const given = await theirs.post('/me/consents/guardian', [...fields, ['agree', 'yes']])
    expect([given.status, given.location]).toEqual([303, '/me/consents'])
    expect((await theirs.get('/me/consents')).text).toContain('监护人')
    const waits = await browser.get(back)
    expect(waits.text).toContain('还没有准备')
    const [consent = ''] = consentsIn(back)
    const use = new URL(back, 'http://x').searchParams.get('use') ?? ''
    const ready = await browser.post('/me/preview/done', [
      ['consent', consent],
      ['use', use],
    ])
    expect((await browser.get(ready.location ?? '')).text).toContain('✓ 已准备好')
  })

  test('cannot agree as its own guardian, and a code that is none says so', async () => {
    const ward = await child(gateway)
    await captured(ward, gateway)
    const { browser, told } = await agreed(ward, ['photo'])
    const link = /href="[^"]*(\/me\/consents\/guardian\?code=[\w-]+)"/.exec(told.text)?.[1] ?? ''
    expect((await browser.get(link)).text).toContain('GUARDIAN_UNFIT')
    const other = await browserOf(await stranger(gateway), gateway)
    expect((await other.get('/me/consents/guardian?code=none')).status).toBe(404)
    expect((await other.get('/me/consents/guardian')).text).toContain('<label for="code">')
  })
})

test('forms of another site give and withdraw nothing', async () => {
  const browser = await browserOf(person, gateway)
  const foreign = 'x'.repeat(43)
  for (const at of [
    '/me/preview',
    '/me/preview/done',
    '/me/consents/cst_1/withdraw',
    '/me/consents/guardian',
  ])
    expect((await browser.post(at, [], foreign)).status).toBe(403)
})
