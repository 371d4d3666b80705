/** 预检: before anything is filled in twice, every city says whether it can be done there. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CityPreflight } from '../../src/schemas/preflight.ts'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
let caller: Caller
const matter = 'anhui:340100:3401000000000099901'
beforeAll(async () => {
  gateway = await startTestGateway()
  caller = await gateway.as('sandbox-shanghai')
  for (const city of ['310000', '320500', '340100']) await gateway.sync(city)
}, 60_000)
afterAll(() => gateway.close())

const ask = (application: object, cities?: readonly string[]) =>
  caller('POST', '/api/v1/preflight', { application, ...(cities ? { cities } : {}) })
const applicant = {
  kind: 'person',
  name: '测试甲',
  idDocument: { type: '111', number: '340101199003070073' },
}

test('all 41 cities answer, each with a verdict and the cheapest next step', async () => {
  const { status, body } = await ask({ matter }, ['*'])
  expect(status).toBe(200)
  const items: readonly CityPreflight[] = body.items
  expect(items).toHaveLength(41)
  const of = (division: string) => items.find((one) => one.division === division)
  expect(of('340100')).toMatchObject({ verdict: 'needs', matter, next: { step: 'complete' } })
  expect(of('310000')).toMatchObject({ verdict: 'needs', matter: 'shanghai:310000:312099001000' })
  expect(of('320500')).toMatchObject({
    verdict: 'cannot',
    matter: null,
    rule: { code: 'MATTER_NOT_OFFERED' },
  })
})

test('what is missing is named in the caller’s own places, and shrinks as it is filled in', async () => {
  const [bare] = (await ask({ matter }, ['340100'])).body.items
  expect(bare.missing.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
    '/applicant/name',
    '/applicant/idDocument',
    '/form/INSURANCE',
    '/form/START_DATE',
  ])
  const whole = { matter, applicant, form: { INSURANCE: '1', START_DATE: '2025-01-01' } }
  const [done] = (await ask(whole, ['340100'])).body.items
  expect(done).toMatchObject({ missing: [], next: { step: done.verdict === 'can' ? 'apply' : '' } })
})

test('a kind of applicant that the matter is not open to is told the rule', async () => {
  const [one] = (await ask({ matter, applicant: { kind: 'organisation' } }, ['340100'])).body.items
  expect(one).toMatchObject({ verdict: 'cannot', rule: { code: 'SUBJECT' } })
})

test('no matter, no city, too much, and no token are refused', async () => {
  expect((await ask({ matter: 'nobody' })).body.code).toBe('MATTER_NOT_FOUND')
  expect((await ask({ matter }, ['110000'])).body.code).toBe('DIVISION_UNKNOWN')
  expect((await ask({ matter, form: { INSURANCE: 'x'.repeat(10_001) } })).status).toBe(422)
  expect((await gateway.anyone('POST', '/api/v1/preflight')).status).toBe(401)
})

test('the page asks for whom and where, and answers with a sentence first', async () => {
  const post = (fields: Record<string, string>) =>
    fetch(`${gateway.url}/preflight`, { method: 'POST', body: new URLSearchParams({ matter, ...fields }) })
  const text = await (await post({ kind: 'person', to: '340100' })).text()
  expect(text).toContain('41 座城市中, 2 座可以网上办。')
  expect(text).toContain('合肥市')
  const firm = await (await post({ kind: 'organisation', to: '340100' })).text()
  expect(firm).toContain('不面向这类申请人')
  const strange = await (await post({ kind: '<script>', to: '"><script>' })).text()
  expect(strange).not.toContain('<script>"')
  expect((await fetch(`${gateway.url}/preflight?matter=${matter}`)).status).toBe(200)
})

test('a matter that one city of a province has and its neighbour has not is told so of each', async () => {
  await gateway.sync('330200', '330400')
  const offered = 'zhejiang:330400:33040100000000099014'
  const [jiaxing, ningbo] = await Promise.all(
    ['330400', '330200'].map(async (city) => (await ask({ matter: offered }, [city])).body.items[0]),
  )
  expect(jiaxing).toMatchObject({ division: '330400', matter: offered, verdict: 'needs' })
  expect(ningbo).toMatchObject({ matter: null, verdict: 'cannot', rule: { code: 'MATTER_NOT_OFFERED' } })
})
