/** 好差评 in Jiangsu's words: what is sent equals the sample, and what the played hall refuses is told. */
import { expect, test } from 'vitest'
import { simulateJiangsu } from '../../sandbox/jiangsu/index.ts'
import type { Application } from '../../schemas/application.ts'
import type { Rating } from '../../schemas/rating.ts'
import type { FiledCase, Handle, RateCall, RegionLink } from '../kit/contract.ts'
import type { Outgoing, Transport } from '../kit/transport.ts'
import { jiangsu } from './index.ts'
import { evalDetail, satisfaction } from './rating.ts'
import { answering, config, context, jsonOf, paramsOf, readMatter, sample } from './test-samples.ts'

const rating: Rating = {
  grade: 'verySatisfied',
  tags: ['slow', 'inconvenient'],
  comment: null,
  channel: 'mobile',
  ratedAt: '2099-01-02T09:04:00+08:00',
  round: 1,
  sourceDivision: '310000',
}
const bad: Rating = { ...rating, grade: 'dissatisfied', tags: [] }
const rate = (link: RegionLink, ...told: Parameters<RateCall>): Promise<void> => {
  if (!link.rate) throw new Error('Jiangsu takes ratings')
  return link.rate(...told)
}

const [CARD, PHOTO] = ['8754fbcb-d1be-6f73-3e7b-38763fada785', '10b678e6-559e-ceea-d21e-840c8abf0656']
const application: Application = {
  matter: 'jiangsu:320500:1ffd35f3-f48b-614e-bfbd-85bf56bc9c8f',
  division: '320500',
  sourceDivision: '310000',
  applicant: {
    kind: 'person',
    name: '张测试',
    idDocument: { type: '111', number: '320501190001010015' },
    mobile: '10000000001',
  },
  form: { blyy: '1' },
  documents: [
    { id: CARD, mode: 'upload', uploads: ['up_card'] },
    { id: PHOTO, mode: 'upload', uploads: ['up_photo'] },
  ],
  delivery: { mode: 'pickup' },
}

test('what is sent equals the sample, its time of acceptance is asked for, and its duplicate is told', async () => {
  const filed = {
    division: '320500',
    caseNumber: 'JSSZ209901020004',
    matter: await readMatter(),
    application,
  } as unknown as FiledCase
  const { link, sent } = answering('case-query', 'rating-push')
  await rate(link, filed, rating)
  const wanted = sample('rating-push').request
  expect(paramsOf(sent[0])).toMatchObject({ flowsn: 'JSSZ209901020004' })
  expect(new URL(sent[1]?.url ?? '').pathname).toBe(wanted.path)
  const { acceptdate } = jsonOf(sample('case-query').response.body).custom
  expect(JSON.parse(String(sent[1]?.body))).toEqual({
    ...jsonOf(wanted.body),
    params: { ...jsonOf(wanted.body).params, Acceptdate: acceptdate },
  })
  const refused = answering('case-query', 'rating-push-duplicate')
  await expect(rate(refused.link, filed, rating)).rejects.toMatchObject({ code: 'RATED_ALREADY' })
  await rate(refused.link, filed, rating, { isRepeated: true })
})

// 其他组织 is 9 in the national numbers, and was told as 2 once: the hall compares it with the case (trap 10).
test.each([
  ['1', application.applicant],
  ['2', { kind: 'organisation', idDocument: { type: '001', number: '91320500MA1TEXT145' } }],
  ['9', { kind: 'organisation', idDocument: { type: '001', number: '92320500MA1TEXT14X' } }],
])('申请人类型 %s is told as that of the case', async (userprop, who) => {
  const matter = { ...(await readMatter()), subjects: ['person', 'enterprise', 'otherOrganisation'] }
  const applicant = { ...application.applicant, ...who }
  const filed = {
    division: '320500',
    caseNumber: 'JSSZ1',
    matter,
    application: { ...application, applicant },
  }
  const { link, sent } = answering('case-query', 'rating-push')
  // Only what is looked at.
  await rate(link, filed as unknown as FiledCase, rating)
  expect(paramsOf(sent[1])).toMatchObject({ Userprop: userprop })
})

test('each code of the contract stands in a table', () => {
  expect(Object.values(satisfaction.table).flat()).toEqual(['5', '4', '3', '2', '1'])
  // 201 服务效率 is only read: what is slow is told as 办事效率.
  expect(Object.values(evalDetail).filter(Boolean)).toEqual(['101', '102', '103', '104', '202', '203'])
})

test('without a bus code for it no rating is offered', () => {
  const { rating: _none, ...busCodes } = config.options.busCodes
  const silent: Transport = () => Promise.reject(new Error('nothing is sent'))
  const link = jiangsu.connect(
    { ...config, options: { ...config.options, busCodes } },
    silent,
    () => new Date(),
  )
  expect(link.rate).toBeUndefined()
})

/** The played hall, a case of it that was submitted, and all that was sent. */
async function met() {
  let ms = Date.parse('2099-01-02T09:00:00+08:00')
  const now = () => {
    ms += 1_000
    return new Date(ms)
  }
  const region = simulateJiangsu({
    now,
    baseUrl: 'http://js.test',
    gatewayUrl: 'http://gateway.test',
    post: async () => ({ status: 200, body: '{"custom":{"code":1}}' }),
  })
  const sent: Outgoing[] = []
  const transport: Transport = async (out) => {
    sent.push(out)
    const { method, headers, body } = out
    const bytes = body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }
    const answer = await region.app.request(out.url, { method, headers: { ...headers }, ...bytes })
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    }
  }
  const link = jiangsu.connect(region.config as never, transport, now)
  const matter = await link.readMatter({ division: '320500', code: matterCode })
  const handles: Handle[] = []
  const appliedAt = '2099-01-02T09:00:10+08:00'
  const own = { division: '320500', matter, application, sourceNumber: 'CSJ1', appliedAt }
  const { caseNumber, handle, status } = await link.submit({
    ...own,
    wire: jiangsu.dialect.application.write(application, { ...context, ...own }),
    handle: {},
    file: async (id) => ({
      name: `${id}.jpg`,
      contentType: 'image/jpeg',
      bytes: Buffer.from('\xff\xd8\xff', 'latin1'),
    }),
    keep: async (kept) => void handles.push(kept),
    now,
  })
  const filed: FiledCase = { ...own, caseNumber, handle, status }
  const conclude = () => {
    for (const to of ['PRECHECK_PASSED', 'RECEIVED', 'ACCEPTED', 'APPROVED', 'COMPLETED'] as const)
      region.advance(caseNumber, { to })
  }
  return { link, filed, sent, region, conclude }
}
const matterCode = '1ffd35f3-f48b-614e-bfbd-85bf56bc9c8f'

test('the played hall takes a rating and a second of a concluded case, once each', async () => {
  const { link, filed, sent, conclude } = await met()
  await expect(rate(link, filed, rating)).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  conclude()
  await expect(rate(link, filed, bad)).rejects.toMatchObject({ code: 'RATING_REASON_REQUIRED' })
  await rate(link, filed, rating)
  await expect(rate(link, filed, rating)).rejects.toMatchObject({ code: 'RATED_ALREADY' })
  await rate(link, filed, rating, { isRepeated: true })
  await rate(link, filed, { ...bad, tags: ['other', 'attitude'], comment: '等了很久', round: 2 })
  expect(paramsOf(sent.at(-1))).toMatchObject({
    satisfaction: '2',
    evaluateLevel: '4',
    assessNumber: '2',
    evalDetail: '203',
    writingEvaluation: '其他；等了很久',
    Areacode: '320500000000',
  })
})

test('a case that was never accepted is rated with the time of its application', async () => {
  const { link, filed, sent, region } = await met()
  for (const to of ['PRECHECK_PASSED', 'RECEIVED', 'NOT_ACCEPTED'] as const)
    region.advance(filed.caseNumber, { to })
  await rate(link, filed, rating)
  expect(paramsOf(sent.at(-1)).Acceptdate).toBe('2099-01-02 09:00:10')
})

test.each([
  ['Applicant', { name: '测试乙' }],
  ['Userprop', { kind: 'organisation' }],
  ['Mobile', { mobile: 'x' }],
])('the played hall compares the case: %s', async (member, change) => {
  const { link, filed, conclude } = await met()
  conclude()
  const applicant = { ...application.applicant, ...change } as Application['applicant']
  await expect(
    rate(link, { ...filed, application: { ...application, applicant } }, rating),
  ).rejects.toMatchObject({ code: 'REGION_REJECTED', facts: { member } })
})

test('the played hall refuses what the contract refuses, by its texts', async () => {
  const { region, filed, sent, link, conclude } = await met()
  conclude()
  await rate(link, filed, rating)
  const { url, headers, body } = sent.at(-1) as Outgoing
  const good = JSON.parse(String(body))
  const ask = async (change: object) => {
    const told = { ...good, params: { ...good.params, assessNumber: '3', ...change } }
    // A nonce of its own would need a signature of its own: a fresh call gives both.
    region.load({ ...(region.save() as object), nonces: {} })
    const answer = await region.app.request(url, {
      method: 'POST',
      headers: { ...headers },
      body: JSON.stringify(told),
    })
    const { custom } = (await answer.json()) as { custom: { text: string } }
    return custom.text
  }
  expect(await ask({ areacode: '320500' })).toBe('参数未定义:areacode')
  expect(await ask({ Mobile: undefined })).toBe('参数不能为空:Mobile')
  expect(await ask({ evaluateLevel: '5' })).toBe('参数格式错误:evaluateLevel')
  expect(await ask({ evalDetail: '101,999' })).toBe('参数格式错误:evalDetail')
  expect(await ask({ Certkeygov: 'a'.repeat(64) })).toBe('参数格式错误:Certkeygov')
  expect(await ask({ Areacode: '320500000001' })).toBe('区划代码不存在')
  expect(await ask({ Areacode: '330100000000' })).toBe('区划代码不存在')
  expect(await ask({ Areacode: '320100000000' })).toBe('该办件未查询到')
  expect(await ask({ Promisetime: '1' })).toBe('参数格式错误:Promisetime')
  expect(await ask({})).toBe('评价成功')
})
