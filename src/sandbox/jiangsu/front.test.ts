/** What the played Jiangsu refuses, in its own shapes, and one story; the signature is written here a second time. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import { simulateJiangsu } from './index.ts'

const START = Date.parse('2099-01-02T09:00:00+08:00')
const MATTER = '1ffd35f3-f48b-614e-bfbd-85bf56bc9c8f'
const MATERIALS = ['8754fbcb-d1be-6f73-3e7b-38763fada785', '10b678e6-559e-ceea-d21e-840c8abf0656']

const sign = (timestamp: string, token: string, nonce: string) =>
  createHash('sha256').update(`${timestamp}${token}${nonce}${timestamp}`).digest('hex').toUpperCase()

function open() {
  let ms = START
  let serial = 0
  const arrived: { headers: Record<string, string>; body: { params: Record<string, unknown> } }[] = []
  const region = simulateJiangsu({
    now: () => new Date(ms),
    baseUrl: 'http://js.test',
    gatewayUrl: 'http://gateway.test',
    post: async (_url, headers, body) => {
      arrived.push({ headers, body: JSON.parse(String(body)) })
      return { status: 200, body: '{"custom":{"code":1}}' }
    },
  })
  const headers = (more: Record<string, string> = {}): Record<string, string> => {
    serial += 1
    const timestamp = String(Math.floor(ms / 1000))
    const nonce = String(serial).padStart(16, '0')
    return {
      'x-tif-paasid': 'fake_csj_gateway',
      'x-tif-timestamp': timestamp,
      'x-tif-nonce': nonce,
      'x-tif-signature': sign(timestamp, 'FAKE_TIF_TOKEN_JS_OUT_0001', nonce),
      ...more,
    }
  }
  const send = async (path: string, init: RequestInit) => {
    const answer = await region.app.request(`http://js.test${path}`, init)
    return { status: answer.status, body: JSON.parse(await answer.text()) }
  }
  const hall = async (
    path: string,
    params: object,
    more: Record<string, string> = {},
    token = 'FAKE_MODULE_TOKEN_JS_OUT_0001',
  ) =>
    send(path, {
      method: 'POST',
      headers: headers({ 'content-type': 'application/json;charset=UTF-8', ...more }),
      body: JSON.stringify({ token, params }),
    })
  const project = async (name: string, params: object) => {
    const { body } = await hall(`/ebus/fakebjk/rest/zwdtProject/${name}`, { areacode: '320500', ...params })
    return body.custom
  }
  const upload = (projectguid: string, taskmaterialguid: string, clientguid: string) => {
    const form = new FormData()
    form.append('token', 'FAKE_MODULE_TOKEN_JS_OUT_0001')
    form.append('file', new File(['%PDF-1.4'], '证.pdf'))
    const query = new URLSearchParams({ projectguid, taskmaterialguid, clientguid, areacode: '320500' })
    return send(`/ebus/fakefjk/rest/zwdtAttach/upload?${query}`, {
      method: 'POST',
      headers: headers(),
      body: form,
    })
  }
  return {
    region,
    arrived,
    send,
    headers,
    hall,
    project,
    upload,
    pass: (seconds: number) => (ms += seconds * 1000),
  }
}

const HEALTH = '/ebus/fakejk/rest/health?areacode=320500'
const LIST = '/ebus/fakesxk/rest/zwdtTask/getTaskList'
const PAGE = { areacode: '320500', currentpage: '0', pagesize: '2' }

describe('the bus', () => {
  test.each<[string, (here: ReturnType<typeof open>) => Record<string, string>, string]>([
    ['a missing header', (here) => here.headers({ 'x-tif-nonce': '' }), '1001'],
    ['an unknown application', (here) => here.headers({ 'x-tif-paasid': 'x' }), '1005'],
    ['an old clock', (here) => here.headers({ 'x-tif-timestamp': '4070998000' }), '1003'],
    ['a wrong signature', (here) => here.headers({ 'x-tif-signature': 'F'.repeat(64) }), '1002'],
  ])('refuses %s', async (_name, make, errcode) => {
    const here = open()
    const { status, body } = await here.send(HEALTH, { headers: make(here) })
    expect([status, body.errcode]).toEqual([401, errcode])
    expect(here.region.refusals()).toHaveLength(1)
  })
  test('takes a nonce once, even for a request that failed later', async () => {
    const here = open()
    const headers = here.headers()
    expect((await here.send('/ebus/nowhere', { headers })).body.errcode).toBe('1007')
    expect((await here.send(HEALTH, { headers })).body.errcode).toBe('1004')
  })
  test('refuses a wrong method, content type, frame and query', async () => {
    const here = open()
    expect((await here.send(LIST, { headers: here.headers() })).body.errcode).toBe('1008')
    expect((await here.hall(LIST, PAGE, { 'content-type': 'text/plain' })).body.errcode).toBe('1006')
    expect((await here.hall(`${LIST}?x=1`, PAGE)).body.errcode).toBe('1006')
  })
})

describe('the hall', () => {
  const text = async (params: object, token?: string) =>
    (await open().hall(LIST, { ...PAGE, ...params }, {}, token)).body.custom.text
  test('refuses members in the contract’s order and words', async () => {
    expect(await text({}, 'wrong')).toBe('身份验证失败')
    expect(await text({ colour: 'red', pagesize: '' })).toBe('参数未定义:colour')
    expect(await text({ pagesize: '' })).toBe('参数不能为空:pagesize')
    expect(await text({ pagesize: 2 })).toBe('参数格式错误:pagesize')
    expect(await text({ updatedate: '2025-02-30 00:00:00' })).toBe('参数格式错误:updatedate')
    expect(await text({ areacode: '330100' })).toBe('区划代码不存在')
  })
  test('lists the sample catalogue of the model city as it is', async () => {
    const here = open()
    const { body } = await here.hall(LIST, { ...PAGE, pagesize: '100' })
    expect(Number(body.custom.totalcount)).toBe(vectors.catalogue.length)
    const [first] = body.custom.tasklist
    expect(first).toMatchObject({
      taskguid: vectors.catalogue[0]?.taskguid,
      operatedate: '2025-01-10 08:00:00',
    })
    const other = await here.hall(LIST, { ...PAGE, areacode: '320100', pagesize: '100' })
    const there = other.body.custom.tasklist.find(
      (one: { catalogcode: string }) => one.catalogcode === first.catalogcode,
    )
    expect(there.taskguid).not.toBe(first.taskguid)
    expect(there.taskcode).toMatch(/^11320100/)
  })
})

test('a case from its beginning to its delivery, and each refusal on the way', async () => {
  const here = open()
  const { project } = here
  const source = { sourceareacode: '310000', sourceprojectno: 'CSJ1' }
  const begun = await project('initProject', { taskguid: MATTER, ...source })
  expect(await project('initProject', { taskguid: MATTER, ...source })).toMatchObject({
    projectguid: begun.projectguid,
  })
  expect(
    (await project('initProject', { taskguid: 'a2ca1c7e-af3e-2d66-ecc0-0db7b926e937', ...source })).text,
  ).toBe('来源办件编号已被其他事项使用')
  const application = {
    projectguid: begun.projectguid,
    taskguid: MATTER,
    centerguid: '078532b4-6d9e-3d4f-0657-373f0c2c9bed',
    projectname: '补领',
    applyername: '张测试',
    applyertype: '20',
    certtype: '22',
    certnum: '320501190001010015',
    contactperson: '张测试',
    contactmobile: '10000000001',
    applyway: '20',
    applydate: '2099-01-02 09:00:10',
    ...source,
    sendway: '30',
    formdata: '{"blyy":"1"}',
  }
  const submit = (more: object = {}) => project('submitProjectByTaskguid', { ...application, ...more })
  expect((await submit({ certnum: '320501190001010016' })).text).toBe('参数格式错误:certnum')
  expect((await submit({ centerguid: '' })).text).toBe('参数不能为空:centerguid')
  expect((await submit({ formdata: '{"blyy":"7"}' })).text).toBe('表单数据校验失败:blyy')
  expect((await submit()).text).toBe('材料未提交齐全')
  for (const [n, material] of MATERIALS.entries()) {
    const client = `0000000${n}-0000-4000-8000-000000000001`
    const first = await here.upload(begun.projectguid, material, client)
    const again = await here.upload(begun.projectguid, material, client)
    expect(again.body.custom.attachguid).toBe(first.body.custom.attachguid)
  }
  const done = await submit()
  expect(done).toMatchObject({ text: '提交成功', projectguid: begun.projectguid })
  expect((await submit()).text).toBe('不允许重复提交办件')
  expect(
    (await here.upload(begun.projectguid, MATERIALS[0] ?? '', '00000009-0000-4000-8000-000000000001')).body
      .custom.text,
  ).toBe('当前办件状态不允许上传材料')
  const query = (certnum: string) => project('getProjectDetail', { flowsn: done.flowsn, certnum })
  expect((await query('320102190102030028')).text).toBe('该办件未查询到')
  const move = (to: string, more: object = {}) =>
    here.region.advance(done.flowsn, { to: to as never, ...more })
  expect(() => move('APPROVED')).toThrow(/PRECHECK_PASSED/)
  for (const to of ['PRECHECK_PASSED', 'RECEIVED']) move(to)
  move('CORRECTION_REQUIRED', { materials: [MATERIALS[0]] })
  const resubmit = () =>
    project('resubmitProject', {
      flowsn: done.flowsn,
      projectguid: begun.projectguid,
      certnum: application.certnum,
      submitdate: '2099-01-02 09:05:00',
    })
  expect((await resubmit()).text).toBe('补正材料未提交齐全')
  await here.upload(begun.projectguid, MATERIALS[0] ?? '', '00000005-0000-4000-8000-000000000001')
  expect(String((await resubmit()).status)).toBe('26')
  for (const to of ['ACCEPTED', 'IN_REVIEW', 'APPROVED']) move(to)
  expect(
    (
      await project('cancelProject', {
        flowsn: done.flowsn,
        projectguid: begun.projectguid,
        certnum: application.certnum,
        cancelreason: 'x',
        canceldate: '2099-01-02 09:05:00',
      })
    ).text,
  ).toBe('当前办件状态不允许撤销')
  for (const to of ['COMPLETED', 'DELIVERED']) move(to)
  const shown = await query(application.certnum)
  expect([String(shown.status), shown.banjieresult]).toEqual(['90', '40'])
  const dates = shown.operations.map((one: { operatedate: string }) => one.operatedate)
  expect(new Set(dates).size).toBe(dates.length)
  expect(dates).toEqual(dates.toSorted())
  await here.region.sendCallbacks()
  expect(here.arrived.length).toBeGreaterThanOrEqual(8)
  for (const { headers, body } of here.arrived) {
    expect(headers['x-tif-signature']).toBe(
      sign(headers['x-tif-timestamp'] ?? '', 'FAKE_TIF_TOKEN_JS_BACK_0001', headers['x-tif-nonce'] ?? ''),
    )
    expect(body.params['areacode']).toBe('320500000000')
    expect(Object.keys(body.params)).toHaveLength(17)
  }
})

test('a state that was saved goes on where it was', async () => {
  const here = open()
  const begun = await here.project('initProject', {
    taskguid: MATTER,
    sourceareacode: '310000',
    sourceprojectno: 'CSJ1',
  })
  const saved = JSON.parse(JSON.stringify(here.region.save()))
  const other = open()
  other.region.load(saved)
  expect(
    other.region
      .cases()
      .slice(13)
      .map((one) => one.number),
  ).toEqual([begun.projectguid])
  expect(() => other.region.load({ region: 'anhui' })).toThrow(/Jiangsu/)
})
