/** Each trap of the contract's section 6, by its number. What shows only in the calls is sent to the played region. */
import { expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import { application } from './application.ts'
import { division, nine, regionCode, six } from './areas.ts'
import { openCallback } from './callback.ts'
import { caseMessage } from './case.ts'
import { matter } from './matter.ts'
import { open } from './open.ts'
import { callbackText, signCallback } from './sign.ts'
import { answering, file, HOLDER, json, paths, played, refused, told, upload, walk } from './test-region.ts'
import { applying, config, context, proof, row, sample } from './test-vectors.ts'

const HERE = { wire: '', canon: '', notes: undefined }

const correctionAsked = async () => {
  const here = played()
  const made = await file(here)
  walk(here, made.filed.caseNumber, 'RECEIVED')
  here.region.advance(made.filed.caseNumber, { to: 'CORRECTION_REQUIRED', materials: ['003CL01'] })
  return { here, made }
}

test('trap 1: misspellings stay: getItemAppplyInfo, corretApply, molder, Finishtime', async () => {
  const { here, made } = await correctionAsked()
  await here.link.correct(answering(made, { documents: [upload('003CL01', 'new')] }))
  expect(paths(here.sent)).toEqual(
    expect.arrayContaining(['/uapply/getItemAppplyInfo', '/uapply/corretApply']),
  )
  expect(matter.write(proof, context)).toHaveProperty('molder')
  const completed = sample('callback').request.body as { data: Record<string, unknown> }
  expect(completed.data).toHaveProperty('Finishtime')
  expect(here.region.refusals()).toEqual([])
})

test('trap 2: molder and info are JSON inside strings, and info as an object is refused', () => {
  expect(proof.form.fields.map((field) => [field.name, field.type, field.required])).toEqual([
    ['zmsx', 'select', true],
    ['zmnr', 'textarea', true],
    ['lqfs', 'select', true],
  ])
  expect(proof.form.fields[0]?.options?.[2]).toEqual({ value: '3', label: { zh: '曾经同户人员亲属关系' } })
  const saved = sample('apply-save').request.body as Record<string, unknown>
  expect(application.read(saved, applying).form).toEqual({ zmsx: '3', zmnr: '与示例人员曾经同户', lqfs: '2' })
  expect(() => application.read({ ...saved, info: { zmsx: '3' } }, applying)).toThrow(GatewayError)
  expect(() => application.read({ ...saved, info: '{"zmsx":3}' }, applying)).toThrow(GatewayError)
})

test('trap 3: access_token in the answer, accessToken in bodies and in forms', async () => {
  const here = played()
  const { filed } = await file(here)
  expect(here.bodyOf('/submitApply')).toEqual({
    accessToken: expect.stringMatching(/^[0-9a-f]{32}$/),
    applyNo: filed.caseNumber,
  })
  const uploaded = here.sent.find(({ url }) => url.endsWith('/uploadStuff'))
  expect(String(uploaded?.body)).toContain('name="accessToken"')
})

test('trap 4: itemCode has its prefix in generateApplyNo alone; itemCodes is a text there and a list here', async () => {
  const here = played()
  await file(here)
  expect(here.bodyOf('/generateApplyNo').itemCode).toBe('CSJ312099003000')
  expect(here.bodyOf('/saveApply').itemCode).toBe('312099003000')
  expect(here.bodyOf('/getItemAreaList').itemCodes).toBe('312099003000')
  await here.link.listCases({
    division: '310000',
    holder: HOLDER,
    page: 1,
    pageSize: 20,
    auditNumber: '',
  })
  expect(here.bodyOf('/queryItemsApplyList').itemCodes).toEqual([])
})

test('trap 5: a licence is certUuid in an application', () => {
  const saved = sample('apply-save').request.body as Record<string, unknown>
  const canon = application.read(saved, applying)
  expect(canon.documents).toEqual([
    { id: '003CL01', mode: 'licence', licence: '85ff54b4a84c46452b9531daa0724858' },
  ])
  expect(application.write(canon, applying)).toMatchObject({
    extInfo: { certs: [{ stuffCode: '003CL01', certUuid: '85ff54b4a84c46452b9531daa0724858' }] },
  })
})

test('trap 6: a case number has eighteen characters; one filed in Shanghai directly has the fifteen digits alone', async () => {
  const here = played()
  const { filed } = await file(here)
  expect(filed.caseNumber).toMatch(/^CSJ\d{15}$/)
  const { items } = await here.link.listCases({
    division: '310000',
    holder: { name: '测试甲', idDocument: { type: '111', number: '310101190001010011' } },
    page: 1,
    pageSize: 20,
    auditNumber: '',
  })
  expect(items.map((one) => [one.caseNumber.length, one.status, one.division]).toSorted()).toEqual([
    [15, 'COMPLETED', '310115'],
    [15, 'IN_REVIEW', '310000'],
  ])
})

test('trap 7: status counts, onLineStatus does not, and result 通过 is no state', () => {
  const queried = (sample('case-query').response.body as { data: object }).data
  const accepted = { ...queried, status: '受理', onLineStatus: '已办结', result: '通过', documents: [] }
  expect(caseMessage.read(accepted, context)).toMatchObject({ status: 'ACCEPTED' })
  expect(caseMessage.read(accepted, context)).not.toHaveProperty('result')
})

test('trap 8: a failure comes with HTTP 200, also where bytes are asked for, and from health with 503', async () => {
  const { link } = told({
    downloadStuff: () => refused('STUFF_NOT_FOUND'),
    health: () =>
      json({ isSuccess: false, code: '500', errorCode: 'SYSTEM_ERROR', data: { status: 'DOWN' } }, 503),
    getApplyBase: () => refused('APPLY_NOT_FOUND'),
    getApplyProcess: () => refused('APPLY_NOT_FOUND'),
  })
  const filed = { caseNumber: 'CSJ202603020000001' } as Parameters<typeof link.readCase>[0]
  await expect(link.download(filed, 'a'.repeat(32))).rejects.toMatchObject({
    code: 'REGION_REJECTED',
    facts: { code: 'STUFF_NOT_FOUND' },
  })
  await expect(link.health('310000')).rejects.toMatchObject({ code: 'REGION_UNAVAILABLE' })
  await expect(link.readCase(filed)).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' })
})

test.each([
  [{ isSuccess: true, code: '500', data: {} }, 'opened', undefined],
  [
    { isSuccess: false, code: '200', errorCode: 'PARAM_ERROR', msg: '参数错误:info.zmsx' },
    'REGION_REJECTED',
    '/form/zmsx',
  ],
  [
    { isSuccess: false, code: 500, errorCode: 'DUPLICATE_APPLY', msg: '', data: null },
    'DUPLICATE_CASE',
    undefined,
  ],
  [{ isSuccess: false, msg: '未知' }, 'REGION_REJECTED', undefined],
  [{ isSuccess: false, errorCode: '没见过', msg: '未知' }, 'REGION_REJECTED', undefined],
  [{ isSuccess: 'true' }, 'REGION_REJECTED', undefined],
])('trap 9: code tells nothing, isSuccess and errorCode do: %j', (envelope, code, pointer) => {
  const outcome = () => {
    try {
      open(envelope, 'apply-submit')
      return ['opened', undefined]
    } catch (error) {
      return error instanceof GatewayError ? [error.code, error.errors[0]?.pointer] : error
    }
  }
  expect(outcome()).toEqual([code, pointer])
})

test('trap 10: a single object for a one-element list is read, numbers as strings too', () => {
  const whole = row('312099004000') as unknown as { stuffs: object[]; areas: object[] }
  const [stuff] = whole.stuffs
  const [area] = whole.areas
  const canon = matter.read(
    { ...whole, stuffs: { ...stuff, copies: '2' }, areas: area, promiseDays: '3', legalDays: '10' },
    context,
  )
  expect(canon.documents).toMatchObject([{ copies: 2 }])
  expect(canon.servicePoints).toHaveLength(1)
  expect([canon.commitment, canon.statutory]).toEqual([
    { days: 3, unit: 'working' },
    { days: 10, unit: 'working' },
  ])
  const queried = (sample('case-query').response.body as { data: object }).data
  const [step] = (sample('case-process').response.body as { data: { processes: object[] } }).data.processes
  expect(caseMessage.read({ ...queried, processes: step }, context).steps).toHaveLength(1)
  expect(matter.read({ ...whole, stuffs: [], areas: [] }, context).documents).toEqual([])
})

test('trap 11: four widths of an area code, each member with its own', () => {
  expect(['SH00SH', '320500000', '310118000000', '310118'].map(division)).toEqual([
    '310000',
    '320500',
    '310118',
    '310118',
  ])
  expect([
    regionCode.encode('310000', {}, HERE),
    regionCode.encode('310118', {}, HERE),
    nine.encode('320500', {}, HERE),
    six.encode('320500', {}, HERE),
  ]).toEqual(['SH00SH', '310118', '320500000', '320500'])
  expect(() => division('31')).toThrow(GatewayError)
})

test('trap 12: subApply is the text 1', async () => {
  const here = played()
  await here.link.listCases({ division: '310000', holder: HOLDER, page: 1, pageSize: 20, auditNumber: '' })
  expect(here.bodyOf('/queryItemsApplyList').subApply).toBe('1')
})

test('trap 13: target… is the applicant, username and license… the acting person', () => {
  const firm = {
    matter: proof.id,
    division: '310000',
    sourceDivision: '320500',
    applicant: {
      kind: 'organisation' as const,
      name: '苏州示例制造有限公司',
      idDocument: { type: '001', number: '91320500MA1TEXT145' },
      legalRepresentative: '测试乙',
    },
    agent: {
      name: '测试乙',
      idDocument: { type: '111', number: '320102190102020022' },
      mobile: '10000000001',
    },
    form: {},
    documents: [],
  }
  expect(application.write(firm, applying)).toMatchObject({
    targetType: '企业',
    targetName: '苏州示例制造有限公司',
    targetNo: '91320500MA1TEXT145',
    username: '测试乙',
    licenseType: '居民身份证',
    licenseNo: '320102190102020022',
    mobile: '10000000001',
    extInfo: { targetLicenseType: '统一社会信用代码', lawPerson: '测试乙' },
  })
  expect(() => application.write({ ...firm, agent: null }, applying)).toThrow(GatewayError)
})

test('trap 14: a new file is 0 with an empty stuffId part, a replaced one 2 with its old id', async () => {
  const { here, made } = await correctionAsked()
  await here.link.correct(answering(made, { documents: [upload('003CL01', 'new')] }))
  const uploads = here.sent.filter(({ url }) => url.endsWith('/uploadStuff')).map(({ body }) => String(body))
  expect(uploads).toHaveLength(3)
  for (const text of uploads.slice(0, 2)) {
    expect(text).toMatch(/name="stuffStatus"\r\n\r\n0\r\n/)
    expect(text).toMatch(/name="stuffId"\r\n\r\n\r\n/)
  }
  expect(uploads[2]).toMatch(/name="stuffStatus"\r\n\r\n2\r\n/)
  expect(uploads[2]).toMatch(/name="stuffId"\r\n\r\n[0-9a-f]{32}\r\n/)
})

test('trap 16: a suspended or cancelled matter stays in the list, and cannot be filed', async () => {
  const here = played()
  const { items } = await here.link.listMatters({ division: '310000', page: 1, pageSize: 100 })
  expect(items.filter(({ state }) => state !== 'active').map(({ code, state }) => [code, state])).toEqual([
    ['312099016000', 'suspended'],
    ['312099017000', 'cancelled'],
  ])
  expect(matter.read(row('312099016000'), context)).toMatchObject({ state: 'suspended', fileable: false })
  expect(matter.read(row('312099017000'), context)).toMatchObject({ state: 'cancelled', fileable: false })
})

test('trap 17: the raw bytes are signed, without a line feed at the end', () => {
  const at = 1_772_414_100_000
  const body = Buffer.from(JSON.stringify(sample('callback').request.body, null, 2))
  const nonce = 'abcdef0123456789'
  const sent = (signed: string) =>
    openCallback(
      {
        method: 'POST',
        target: '/sh/callback/applyFk',
        headers: {
          'x-sh-timestamp': String(at),
          'x-sh-nonce': nonce,
          'x-sh-signature': signCallback(config.credentials.callbackSecret, signed),
        },
        body,
      },
      config,
      new Date(at),
    )
  const text = callbackText('/sh/callback/applyFk', String(at), nonce, body)
  expect(text.split('\n')).toHaveLength(5)
  expect(sent(text)).toMatchObject({ accepted: true })
  expect(sent(`${text}\n`)).toMatchObject({ accepted: false, answer: { status: 401 } })
})
