/** 主动服务: nothing without consent, each service with its rule and its fact, switched off one by one and altogether. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import seed from '../../data/matters.json' with { type: 'json' }
import type { SeedMatter } from '../../src/federation/matters/catalogue.ts'
import { RULES } from '../../src/federation/services/rules.ts'
import { formatInstant } from '../../src/schemas/instants.ts'
import { browserOf, type Somebody, somebody } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { child, numberOf, stranger } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.gateway.deps.catalogue.seed(seed.matters as readonly SeedMatter[])
}, 60_000)
afterAll(() => gateway.close())

const DAY_MS = 86_400_000
const yearsAgo = (years: number): string => `${new Date().getUTCFullYear() - years}0101`
const elder = (years = 70): Promise<Somebody> => stranger(gateway, { birth: yearsAgo(years) })

/** Somebody's page, after what they did there. */
const pageOf = async (person: Somebody, reading?: string) => {
  const browser = await browserOf(person, gateway, reading)
  const get = async (at = '/me/services') => (await browser.get(at)).text
  const post = async (act: string, fields: readonly (readonly [string, string])[] = []) =>
    browser.post(`/me/services/${act}`, fields)
  const agree = async () =>
    post('agree', [['digest', /name="digest" value="(\w+)"/.exec(await get())?.[1] ?? '']])
  return { get, post, agree }
}

/** What records of access say of this use. */
const uses = async ({ idDocument }: Somebody, act: string) => {
  const { sealing, store } = gateway.gateway.deps
  const rows = await store.accesses.list([sealing.identity(idDocument)], { limit: 50 })
  return rows
    .map(({ record }) => record as { act: string; fields: string[] })
    .filter((one) => one.act === act)
}

/** Puts a licence into what the gateway knows of a person or a firm, as a list of their region brings it. */
async function holds(
  subject: string,
  {
    kind,
    region = 'shanghai',
    ...days
  }: { kind: string; region?: string; validTo?: string; issuedOn?: string },
): Promise<void> {
  const { store, sealing, now } = gateway.gateway.deps
  const found = {
    kind,
    name: '测试证照',
    rawType: { code: '1', label: '测试证照' },
    number: 'A1',
    holder: { name: '测试', idDocument: { type: '111', number: '1' } },
    issuer: { name: '测试机关' },
    status: 'valid',
    rawStatus: { code: '1', label: '有效' },
    ...days,
  }
  const askedAt = now()
  const row = {
    personId: subject,
    id: `lic_${subject.slice(-8)}${kind}`,
    kind: 'licence' as const,
    region: region as 'shanghai',
    place: '310000',
    key: `${subject}${kind}`,
    sealed: sealing.seal(found),
    firstAt: askedAt,
    asOf: askedAt,
  }
  await store.holdings.keep(
    { personId: subject, kind: 'licence', askedAt, places: ['310000'], rows: [row] },
    [],
  )
}

const dayIn = (days: number) => formatInstant(new Date(Date.now() + days * DAY_MS)).slice(0, 10)

describe('without consent', () => {
  test('every rule and the words are shown, no service is, and nothing is read', async () => {
    const person = await elder()
    const text = await (await pageOf(person)).get()
    for (const rule of RULES.filter((one) => one.for === 'person')) expect(text).toContain(rule.zh)
    expect(text).toContain('同意并显示')
    expect(text).not.toContain('为什么显示')
    expect(await uses(person, 'services.fit')).toEqual([])
  })

  test('other words than those that were shown are no consent', async () => {
    const page = await pageOf(await elder())
    await page.get()
    expect((await page.post('agree', [['digest', 'f'.repeat(64)]])).status).toBe(409)
    expect(await page.get()).toContain('同意并显示')
  })

  test('a child is offered none, and cannot agree by a form of its own', async () => {
    const adult = await pageOf(await elder())
    const digest = /name="digest" value="(\w+)"/.exec(await adult.get())?.[1] ?? ''
    const page = await pageOf(await child(gateway))
    expect(await page.get()).toContain('未满 14 周岁')
    await page.get('/me/sessions-of-nobody')
    expect((await page.post('agree', [['digest', digest]])).status).not.toBe(303)
  })

  test('whoever only gave a number is told to log in otherwise', async () => {
    const weak = await somebody({ name: '测试弱', number: numberOf('19550101', 701), loa: 1 }, gateway)
    expect(await (await pageOf(weak)).get()).toContain('用实名等级更高的账号登录后')
  })
})

describe('with consent', () => {
  test('a service stands with its rule’s sentence and the fact, and the use is recorded with what was read', async () => {
    const person = await elder(70)
    const page = await pageOf(person)
    expect((await page.agree()).status).toBe(303)
    const text = await page.get()
    expect(text).toContain('领取养老金人员待遇资格认证')
    expect(text).toContain('60 周岁及以上的人常办这些事')
    expect(text).toContain('您 70 周岁')
    expect(text).not.toContain('80 周岁及以上的人常需要投靠子女、在网上做资格认证, 家人可以凭授权代办。<br>')
    expect(await uses(person, 'services.agree')).toHaveLength(1)
    const [use] = await uses(person, 'services.fit')
    expect(use?.fields.toSorted()).toEqual(['age', 'caseStatus', 'licenceDetails', 'numberPlace'])
    const looks = await (await browserOf(person, gateway)).get('/me/accesses?own=show')
    expect(looks.text).toContain('适合我的服务 · 按规则挑选')
    expect(looks.text).toContain('显示适合的服务')
  })

  test('a licence that ends in time fits, one that ends later does not, and one of another province is told as such', async () => {
    const person = await stranger(gateway)
    await holds(person.principal.personId, { kind: 'drivingLicence', validTo: dayIn(91) })
    const page = await pageOf(person)
    await page.agree()
    expect(await page.get()).toContain('目前没有特别要向您推荐的')
    await holds(person.principal.personId, { kind: 'drivingLicence', validTo: dayIn(90) })
    expect(await page.get()).toContain(`${dayIn(90)} 到期`)
    await holds(person.principal.personId, {
      kind: 'residencePermit',
      region: 'jiangsu',
      validTo: dayIn(300),
    })
    const text = await page.get()
    expect(text).toContain('证件号码登记在上海市')
    expect(text).toContain('跨省异地就医备案')
    expect(await (await browserOf(person, gateway)).get('/me')).toMatchObject({
      text: expect.stringContaining('跨省异地就医备案'),
    })
  })

  test('one service is switched off and on again, and the others stay', async () => {
    const page = await pageOf(await elder(61))
    await page.agree()
    const key = 'service:正常退休提取住房公积金'
    const shown = (text: string) => text.includes(`>正常退休提取住房公积金</a>`)
    expect(shown(await page.get())).toBe(true)
    for (const _twice of [1, 2]) expect((await page.post('hide', [['key', key]])).status).toBe(303)
    const text = await page.get()
    expect(shown(text)).toBe(false)
    expect(text).toContain('您关闭了 1 项')
    expect(text).toContain('领取养老金人员待遇资格认证')
    await page.post('show', [['key', key]])
    expect(shown(await page.get())).toBe(true)
  })

  test('a rule that is switched off reads its fact no more', async () => {
    const person = await elder(61)
    const page = await pageOf(person)
    await page.agree()
    await page.get()
    for (const { key } of RULES.filter(({ when }) => when.fact === 'age'))
      await page.post('hide', [['key', `rule:${key}`]])
    expect(await page.get()).not.toContain('您 61 周岁')
    expect((await uses(person, 'services.fit'))[0]?.fields).not.toContain('age')
    expect((await page.post('hide', [['key', 'rule:nothing']])).status).toBe(400)
  })

  test('switched off altogether, nothing is shown or read; what was switched off by itself stays so', async () => {
    const person = await elder(61)
    const page = await pageOf(person)
    await page.agree()
    await page.get()
    await page.post('hide', [['key', 'rule:turned-60']])
    expect((await page.post('end')).status).toBe(303)
    const before = (await uses(person, 'services.fit')).length
    expect(await page.get()).not.toContain('为什么显示')
    expect(await page.get('/me')).not.toContain('为什么显示')
    expect(await uses(person, 'services.fit')).toHaveLength(before)
    expect(await uses(person, 'services.takeBack')).toHaveLength(1)
    await page.agree()
    expect(await page.get()).not.toContain('您 61 周岁')
  })
})

test('a firm’s page has the firm’s rules and its own consent', async () => {
  const firm = { name: '测试新公司', number: '91330100MA9TEXT27G' }
  const agent = await somebody({ name: '测试老经办', number: numberOf('19500101', 88), firm }, gateway)
  await holds(agent.principal.organisationId ?? '', { kind: 'businessLicence', issuedOn: dayIn(-30) })
  const page = await pageOf(agent)
  expect(await page.get()).toContain('我代表本单位同意')
  await page.agree()
  const text = await page.get()
  expect(text).toContain('住房公积金单位登记开户')
  expect(text).toContain(`${dayIn(-30)} 签发`)
  expect(text).not.toContain('周岁')
  const alone = await somebody({ name: agent.name, number: agent.idDocument.number }, gateway)
  expect(await (await pageOf(alone)).get()).toContain('同意并显示')
})

test('the English edition is English', async () => {
  const page = await pageOf(await elder(70), 'en')
  const main = (text: string) =>
    text
      .slice(text.indexOf('<main'), text.indexOf('</main>'))
      .replaceAll(/<span lang="zh-CN">[^<]*<\/span>/g, '')
  expect(main(await page.get())).not.toMatch(/\p{Script=Han}/u)
  await page.agree()
  const text = main(await page.get())
  expect(text).toContain('You are 70')
  expect(text.replaceAll(/value="[^"]*"/g, '')).not.toMatch(/\p{Script=Han}/u)
})
