/** What the played Shanghai refuses, in its own shapes, and one story; the callback's signature is checked by its own code. */
import { createHash, createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/sh.json' with { type: 'json' }
import { simulateShanghai } from './index.ts'

const API = 'http://sh.test/ac-product-api'
const PERSON = { name: '测试己', number: '310101190506060065' }

function open() {
  let ms = Date.parse('2026-03-02T09:05:00+08:00')
  const arrived: { url: string; headers: Record<string, string>; body: string }[] = []
  const region = simulateShanghai({
    now: () => new Date(ms),
    baseUrl: 'http://sh.test',
    gatewayUrl: 'http://gateway.test',
    post: async (url, headers, body) => {
      arrived.push({ url, headers, body: String(body) })
      return { status: 200, body: '{"isSuccess":true}' }
    },
  })
  const send = async (path: string, init: RequestInit = {}) => {
    const answer = await region.app.request(API + path, { method: 'POST', ...init })
    return {
      status: answer.status,
      type: answer.headers.get('content-type') ?? '',
      text: await answer.text(),
    }
  }
  const token = async (fields: Record<string, string>) => {
    const { status, text } = await send('/oauth2/getToken', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })
    return { status, body: JSON.parse(text) }
  }
  const granted = () => token({ clientId: 'csj-gw-fake', clientSecret: 'FAKE_CLIENT_SECRET_SH' })
  const json = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const { body: told } = await granted()
    const answer = await send(path, {
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ accessToken: told.access_token, ...body }),
    })
    return { ...answer, body: JSON.parse(answer.text) }
  }
  const upload = async (parts: Record<string, string>, content = '%PDF-1.4', name = '证.pdf') => {
    const form = new FormData()
    const { body: told } = await granted()
    for (const [key, value] of Object.entries({ accessToken: told.access_token, ...parts }))
      form.append(key, value)
    form.append('file', new File([content], name))
    return JSON.parse((await send('/uapply/uploadStuff', { body: form })).text)
  }
  return { region, arrived, send, token, json, upload, pass: (seconds: number) => (ms += seconds * 1000) }
}

describe('the front', () => {
  test('gives tokens, and refuses in the shapes of its own', async () => {
    const { token } = open()
    expect((await token({ clientId: 'csj-gw-fake' })).status).toBe(400)
    expect(await token({ clientId: 'x', clientSecret: 'y' })).toEqual({
      status: 401,
      body: { error: 'invalid_client' },
    })
    expect(await token({ clientId: 'csj-gw-fake', clientSecret: 'y' })).toEqual({
      status: 200,
      body: { error: 'invalid_client' },
    })
  })
  test('knows its paths, methods and types', async () => {
    const { send, json } = open()
    expect([
      (await send('/nowhere')).status,
      (await send('/portal/queryItemPage', { method: 'GET' })).status,
    ]).toEqual([404, 405])
    expect((await json('/portal/queryItemPage', {}, { 'content-type': 'text/plain' })).body.msg).toBe(
      '参数错误:body',
    )
    const health = await send('/health', { method: 'GET' })
    expect(JSON.parse(health.text).data.status).toBe('UP')
  })
  test('a token ends after an hour', async () => {
    const here = open()
    const { body } = await here.token({ clientId: 'csj-gw-fake', clientSecret: 'FAKE_CLIENT_SECRET_SH' })
    const ask = async () =>
      JSON.parse(
        (
          await here.send('/uapply/getItemStuffList', {
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ accessToken: body.access_token, itemCode: '312099003000' }),
          })
        ).text,
      )
    expect((await ask()).isSuccess).toBe(true)
    here.pass(3_601)
    expect((await ask()).errorCode).toBe('TOKEN_INVALID')
  })
})

test('the catalogue is the contract’s, in its order, with what is suspended and cancelled', async () => {
  const { json } = open()
  const { body } = await json('/portal/queryItemPage', {
    regionCode: 'SH00SH',
    updateTimeBegin: '',
    pageNo: 1,
    pageSize: 100,
  })
  const { items } = body.data
  expect(items).toHaveLength(vectors.catalogue.length)
  expect(items.map((one: { updateTime: string }) => one.updateTime)).toEqual(
    items.map((one: { updateTime: string }) => one.updateTime).toSorted(),
  )
  expect(new Set(items.map((one: { itemStatus: string }) => one.itemStatus))).toEqual(
    new Set(['在用', '暂停', '取消']),
  )
  expect((await json('/uapply/getItemAppplyInfo', { itemCode: '312099017000' })).body.errorCode).toBe(
    'ITEM_NOT_FOUND',
  )
  expect((await json('/uapply/getItemAppplyInfo', { itemCode: '312099016000' })).body.isSuccess).toBe(true)
  expect((await json('/uapply/getItemAppplyInfo', { itemCode: '312099003000', colour: 1 })).body.msg).toBe(
    '参数错误:colour',
  )
})

test('a case from its number to its delivery, and each refusal on the way', async () => {
  const here = open()
  const { json, upload } = here
  const code = async (path: string, body: object) => {
    const { body: told } = await json(path, body)
    return told.isSuccess ? told.data : `${told.errorCode} ${told.msg}`
  }
  expect(await code('/uapply/generateApplyNo', { itemCode: 'itemCode' })).toMatch(/^PARAM_ERROR/)
  const { applyNo } = await code('/uapply/generateApplyNo', { itemCode: 'CSJ312099003000' })
  const matter = vectors.catalogue.find((one) => one.itemCode === '312099003000')
  const application = {
    applyNo,
    itemCode: '312099003000',
    taskHandleItem: '',
    itemName: matter?.itemName,
    targetType: '个人',
    targetName: PERSON.name,
    targetNo: PERSON.number,
    userId: 'gw-1',
    username: PERSON.name,
    licenseType: '居民身份证',
    licenseNo: PERSON.number,
    mobile: '10000000005',
    departCode: matter?.departCode,
    departName: matter?.departName,
    source: 'CSJGW01',
    opTime: '2026-03-02 09:05:00',
    submitType: '新办',
    info: '{"zmsx":"3","zmnr":"公证","lqfs":"3"}',
    districtCode: '320500000',
  }
  const save = (more: object = {}) => code('/uapply/saveApply', { ...application, ...more })
  expect(await code('/uapply/getApplyBase', { applyNo })).toMatch(/^APPLY_NOT_FOUND/)
  expect(await save({ info: '{"zmsx":"9","zmnr":"x","lqfs":"3"}' })).toBe('PARAM_ERROR 参数错误:info.zmsx')
  expect(await save({ targetNo: '310101190506060066' })).toBe('PARAM_ERROR 参数错误:targetNo')
  expect(await save({ submitType: '补正' })).toBe('PARAM_ERROR 参数错误:submitType')
  expect(await save({ extInfo: { delivery: { lqfs: '邮寄' } } })).toBe(
    'PARAM_ERROR 参数错误:extInfo.delivery.sjrusername',
  )
  expect(await save({ extInfo: { certs: [{ stuffCode: '003CL01', certUuid: '0'.repeat(32) }] } })).toMatch(
    /^CERT_NOT_FOUND/,
  )
  expect(await save()).toMatchObject({ status: '暂存' })
  expect(await code('/uapply/submitApply', { applyNo })).toBe('STUFF_MISSING 缺少必要材料:003CL01,003CL02')
  const stuff = (stuffCode: string, more: object = {}) => ({
    applyNo,
    stuffId: '',
    stuffCode,
    stuffName: matter?.materials.find((one) => one.stuffCode === stuffCode)?.stuffName ?? '',
    stuffType: '证件证书证明',
    stuffStatus: '0',
    ...more,
  })
  expect((await upload(stuff('003CL01', { stuffStatus: '1' }))).msg).toBe('参数错误:stuffStatus')
  expect((await upload(stuff('003CL01'), '<html>')).msg).toBe('参数错误:file')
  const first = await upload(stuff('003CL01'))
  expect((await upload(stuff('003CL01'))).data.stuffId).toBe(first.data.stuffId)
  await upload(stuff('003CL02'))
  const submitted = await code('/uapply/submitApply', { applyNo })
  expect(await code('/uapply/submitApply', { applyNo })).toEqual(submitted)
  expect(await save()).toBe('STATUS_CONFLICT 当前状态不允许该操作:待预审')
  const move = (to: string, more: object = {}) => here.region.advance(applyNo, { to: to as never, ...more })
  expect(() => move('COMPLETED')).toThrow(/PRECHECK_PASSED/)
  for (const to of ['PRECHECK_PASSED', 'RECEIVED']) move(to)
  move('CORRECTION_REQUIRED', { materials: ['003CL01'] })
  const answer = (opTime: string) =>
    code('/uapply/corretApply', {
      applyNo,
      suggestion: '已重拍',
      opDepartCode: 'SHCSJG',
      opDepartName: '网关',
      opUserId: 'csj-gw',
      opUsername: '长三角网关',
      opTime,
      stuffs: [{ stuffId: first.data.stuffId, suggestion: '' }],
    })
  expect(await answer('2026-03-02 10:00:00')).toBe('STUFF_MISSING 缺少必要材料:003CL01')
  await upload(stuff('003CL01', { stuffId: first.data.stuffId, stuffStatus: '2' }), '%PDF-1.4 better')
  const corrected = await answer('2026-03-02 10:00:00')
  expect(await answer('2026-03-02 10:00:00')).toEqual(corrected)
  for (const to of ['ACCEPTED', 'IN_REVIEW', 'APPROVED', 'COMPLETED', 'DELIVERED']) move(to)
  expect(await code('/uapply/getApplyBase', { applyNo })).toMatchObject({
    status: '已送达',
    result: '通过',
    finishTime: expect.stringMatching(/^2026/),
  })
  expect((await json('/uapply/downloadDocument', { applyNo, documentType: '2' })).body.errorCode).toBe(
    'DOCUMENT_NOT_FOUND',
  )
  await here.region.sendCallbacks()
  expect(here.arrived.length).toBeGreaterThanOrEqual(8)
  for (const { url, headers, body } of here.arrived) {
    const digest = createHash('sm3').update(body).digest('hex')
    const text = `POST\n${new URL(url).pathname}\n${headers['X-SH-Timestamp']}\n${headers['X-SH-Nonce']}\n${digest}`
    expect(headers['X-SH-Signature']).toBe(
      createHmac('sm3', 'FAKE_CALLBACK_SECRET_SH').update(text).digest('hex'),
    )
  }
})

test('the cases that a person filed in Shanghai directly are listed', async () => {
  const { json } = open()
  const { body } = await json('/uapply/queryItemsApplyList', {
    certificateType: '居民身份证',
    certificateNo: '310101190001010011',
    areaCode: 'SH00SH',
    itemCodes: [],
    status: '',
    subApply: '1',
    pageNo: 1,
    pageSize: 10,
  })
  expect(body.data.items.map((one: { status: string }) => one.status).toSorted()).toEqual(
    ['审批', '办结'].toSorted(),
  )
})
