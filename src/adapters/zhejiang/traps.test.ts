/** One test for each trap of the contract's section 6 that the operations in use can fall into. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import type { Alarm } from '../kit/codecs.ts'
import type { Handle } from '../kit/contract.ts'
import type { Incoming, Outgoing } from '../kit/transport.ts'
import { application } from './application.ts'
import { caseMessage } from './case.ts'
import { pairOf } from './case-times.ts'
import { caseType, phase, takeType } from './codes.ts'
import { zhejiang } from './index.ts'
import { matter } from './matter.ts'
import { open } from './open.ts'
import { headersFor, queryLine, sharingSign, stringToSign } from './sign.ts'
import { applied, applying, config, context, dataOf, firm, moving, row, sample } from './test-vectors.ts'

const asked = dataOf(sample('case-query', 'correction required'))
const written = (changes: object = {}) =>
  application.write({ ...applied, ...changes }, applying) as Record<string, unknown>
const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    return error instanceof GatewayError ? error.code : String(error)
  }
  return 'nothing thrown'
}

/** A region that answers by a function; what it was sent is kept. */
function pretend(answer: (out: Outgoing, count: number) => Partial<Incoming> & { json?: unknown }) {
  const sent: Outgoing[] = []
  const link = zhejiang.connect(
    config,
    async (out) => {
      sent.push(out)
      const { json, ...rest } = answer(out, sent.length)
      return {
        status: 200,
        headers: { 'content-type': 'application/json; charset=UTF-8' },
        body: Buffer.from(JSON.stringify(json ?? null)),
        ...rest,
      }
    },
    () => new Date('2099-01-05T01:00:00Z'),
  )
  return { link, sent }
}
const pathsOf = (sent: readonly Outgoing[]) => sent.map((one) => new URL(one.url).pathname.split('/').at(-1))
const filed = (handle: Handle = { projId: '1', projPwd: '2' }) => ({ handle, caseNumber: '1' }) as never

test('trap 1: the spellings of the region are kept', () => {
  const wire = written()
  expect(wire).toHaveProperty('suffInfoList')
  expect(wire).toHaveProperty('affFormInfo')
  expect(wire['suffInfoList']).toMatchObject([
    { suffId: 'M9900201', suffName: '申请人身份证' },
    {},
    { attachMentVOs: [{}] },
  ])
  const back = matter.write(moving, context) as Record<string, string>
  expect(back['ACCEPT_ADDRESS_INFO']).toMatch(/^<DATAAREA><ACCEPT_ADDRESSS><ACCEPT_ADDRESS>/)
  for (const name of ['QL_Full_ID', 'Acp_institution', 'Dec_institution', 'Service_mode', 'Apply_type'])
    expect(back).toHaveProperty(name)
  for (const name of ['APPLYERMIN_COUNT', 'BANJIAN_FINISHFILES']) expect(back).toHaveProperty(name)
})

test('trap 2: strings that hold something else are opened, and written again', () => {
  expect(moving.documents[0]).toEqual({
    id: 'M9900201',
    name: { zh: '申请人身份证' },
    necessity: 'required',
    exemptedBy: [{ licenceType: '11330000MB1TEXT0X6001' }],
    modes: ['upload', 'scan', 'paper', 'licence'],
    form: 'both',
    source: 'government',
    requirement: '清晰、完整 & 有效',
  })
  expect(moving.form.fields[0]).toEqual({
    name: 'moveReason',
    label: { zh: '迁移原因' },
    type: 'select',
    required: true,
    options: [
      { value: '01', label: { zh: '毕业回原籍' } },
      { value: '02', label: { zh: '毕业就业落户' } },
      { value: '99', label: { zh: '其他' } },
    ],
    maxLength: 4,
  })
  expect(moving.servicePoints?.[0]).toEqual({
    id: 'win-330101-1',
    address: '杭州市测试路1号',
    phone: '0570-00000001',
    hours: '周一至周五 09:00-12:00, 13:30-17:00',
  })
  expect([moving.deliveryModes, moving.subjects, moving.isOnline]).toEqual([
    ['pickup', 'post'],
    ['person'],
    true,
  ])
  expect(written()['affFormInfo']).toBe(JSON.stringify(applied.form))
})

test('trap 2: a string that holds no object, a prototype or an entity is refused', () => {
  const wire = written()
  for (const affFormInfo of ['[]', 'null', '{"a":1}', '{"a"', '{"__proto__":"x"}', '{"\\u005f_proto__":"x"}'])
    expect([affFormInfo, codeOf(() => application.read({ ...wire, affFormInfo }, applying))]).toEqual([
      affFormInfo,
      'FIELD_UNREADABLE',
    ])
  const MATERIAL_INFO = '<!DOCTYPE a [<!ENTITY b "c">]><DATAAREA/>'
  expect(codeOf(() => matter.read({ ...row('99002'), MATERIAL_INFO }, context))).toBe('FIELD_UNREADABLE')
  expect(codeOf(() => matter.read({ ...row('99002'), FORM_INFO: '{}' }, context))).toBe('FIELD_UNREADABLE')
})

test('trap 3: numbers and decimal strings are the same', () => {
  for (const doAction of [4, '4'])
    for (const proStatus of [2, '2'])
      expect(caseMessage.read({ ...asked, doAction, proStatus }, context).status).toBe('CORRECTION_REQUIRED')
  for (const days of [15, '15']) {
    const read = matter.read({ ...row('99001'), PROMISE_DAY: days, APPLYERMIN_COUNT: days }, context)
    expect([read.commitment, read.visits]).toEqual([{ days: 15, unit: 'working' }, 15])
  }
  const info = JSON.stringify([{ name: 'a', label: 'a', type: 'text', required: 1, code: '', maxLen: '7' }])
  const { fields } = matter.read({ ...row('99002'), FORM_INFO: info }, context).form
  expect(fields).toEqual([{ name: 'a', label: { zh: 'a' }, type: 'text', required: true, maxLength: 7 }])
})

test('trap 3: end times of secrets and totals may be strings, requests are strict', async () => {
  const { link, sent } = pretend((out) => ({
    json: out.url.includes('refreshToken')
      ? {
          code: '00',
          datas: { refreshSecret: 'r', requestSecret: 's', requestSecretEndTime: '4071258901000' },
        }
      : { code: '00', dataCount: '1', datas: row('99002') },
  }))
  for (let i = 0; i < 2; i += 1) {
    const page = await link.listMatters({ division: '330100', page: 1, pageSize: 9 })
    expect([page.total, page.items.length]).toEqual([1, 1])
  }
  // The secret was good for both calls.
  expect(pathsOf(sent)).toEqual(['refreshTokenByKey.htm', 'FAKEZJ0101.htm', 'FAKEZJ0101.htm'])
})

test('trap 4: a single object for a one-element list is read', () => {
  const [node] = asked['nodes'] as object[]
  const info = asked['correctInfo'] as { suffInfoList: object[] }
  const read = caseMessage.read(
    { ...asked, nodes: node, correctInfo: { ...info, suffInfoList: info.suffInfoList[0] } },
    context,
  )
  expect([read.steps?.length, read.correction?.documents.length]).toEqual([1, 1])
  for (const nothing of [null, '', undefined])
    expect(caseMessage.read({ ...asked, nodes: nothing }, context).steps ?? []).toEqual([])
  // 99001 has one material: its XML has one child.
  expect(matter.read(row('99001'), context).documents).toHaveLength(1)
  expect(matter.read(row('99005'), context).documents).toEqual([])
})

test('trap 5: promiseTime is a time here, resultCode a number of a document', () => {
  const done = { ...asked, phaseCode: '04', doAction: 0, result: '办结', resultDesc: '准予许可' }
  const read = caseMessage.read(
    { ...done, promiseTime: '2099-01-10 09:04:22', resultCode: '浙测〔2099〕1号' },
    context,
  )
  expect([read.dueAt, read.result?.number]).toEqual(['2099-01-10T09:04:22+08:00', '浙测〔2099〕1号'])
})

test('trap 5: areaCode ends in 01, form fields and the sending place in 00', () => {
  const wire = written()
  expect(wire['areaCode']).toBe('330101')
  expect(JSON.parse(String(wire['affFormInfo']))).toMatchObject({ toArea: '330100', fromArea: '320500' })
  expect(written({ sourceDivision: '330200' })['extInfo']).toMatchObject({
    sourceAreaCode: '330200',
    sourceRegion: '330000',
  })
  expect(application.read(wire, applying)).toMatchObject({ division: '330100', sourceDivision: '320500' })
  expect(application.refer(wire)).toEqual({ code: '33010100000000099002', division: '330100' })
})

test('trap 6: affairType 1 is instant, 2 is committed', () => {
  expect([caseType.find('1'), caseType.find('2')]).toEqual(['instant', 'committed'])
  const instant = matter.read(row('99005'), context)
  const wire = application.write({ ...applied, documents: [] }, { ...applying, matter: instant })
  expect([instant.handling, wire]).toMatchObject(['instant', { affairType: '1' }])
  expect(written()['affairType']).toBe('2')
})

test('trap 7: an action means another thing in another phase', () => {
  const states = (action: number) =>
    ['01', '02', '03', '04', '05'].map((phaseCode) =>
      phase.decode(pairOf({ phaseCode, doAction: action }), {}),
    )
  expect(states(0)).toEqual(['SUBMITTED', 'ACCEPTED', 'IN_REVIEW', 'COMPLETED', 'DELIVERED'])
  expect(states(1)).toEqual(['PRECHECK_RETURNED', 'NOT_ACCEPTED', 'REVIEW_RETURNED', 'VOIDED', 'UNKNOWN'])
  expect(states(3)).toEqual(['UNKNOWN', 'UNKNOWN', 'DENIED', 'WITHDRAWN', 'UNKNOWN'])
  // `proStatus` is too coarse and never read.
  expect(caseMessage.read({ ...asked, proStatus: 3 }, context).status).toBe('CORRECTION_REQUIRED')
})

test('trap 8: the constants', () => {
  expect(written()).toMatchObject({ approveType: '01', bizType: '0', recvUserType: '3', applyOrigin: '1' })
  const headers = headersFor('GET', '/a', '', { accessKey: 'k', secretKey: 's' }, new Date())
  expect(headers['X-BG-HMAC-ALGORITHM']).toBe('hmac-sha256')
})

test('trap 9: words, not codes', () => {
  expect(takeType.codeOf('later')).toBe('容缺后补')
  expect(written()['applicantVO']).toMatchObject({ applyCardType: 'ID_CARD' })
  const denied = { ...asked, phaseCode: '04', doAction: '0', result: '办结', resultDesc: '不予许可' }
  expect(caseMessage.read(denied, context).result?.decision).toBe('denied')
})

test('trap 9: words that no table knows are kept both, and alarmed', () => {
  const alarms: Alarm[] = []
  const strange = { ...asked, phaseCode: '04', doAction: '0', result: '办结', resultDesc: '另行通知/告知' }
  const read = caseMessage.read(strange, { ...context, alarms })
  expect(read.result).toEqual({ decision: null, text: '办结/另行通知/告知', documents: [] })
  expect(alarms).toEqual([{ table: 'zhejiang/outcome', code: '办结/另行通知/告知' }])
  expect(caseMessage.write(read, context)).toMatchObject({ result: '办结', resultDesc: '另行通知/告知' })
})

test('trap 10: the last line ends too, the query is sorted, the body is not signed', () => {
  expect(stringToSign('GET', '/p', queryLine({ b: ' ', a: '*' }), 'k', 'd')).toBe(
    'GET\n/p\na=%2A&b=%20\nk\nd\n',
  )
})

test('trap 10: a refused clock is corrected by the answer’s date, once', async () => {
  const skewed = { status: 401, json: { message: 'Clock skew exceeded' } }
  const headers = { 'content-type': 'application/json', date: 'Mon, 05 Jan 2099 02:00:00 GMT' }
  const { link, sent } = pretend((_out, count) =>
    count === 1 ? { ...skewed, headers } : { json: { success: true, data: {} } },
  )
  await link.health('330100')
  expect(sent.map((one) => one.headers['X-BG-DATE-TIME'])).toEqual([
    'Mon, 05 Jan 2099 01:00:00 GMT',
    'Mon, 05 Jan 2099 02:00:00 GMT',
  ])
  const stubborn = pretend(() => ({ ...skewed, headers }))
  await expect(stubborn.link.health('330100')).rejects.toMatchObject({ code: 'REGION_AUTH' })
  expect(stubborn.sent).toHaveLength(2)
})

test.each([
  [401, 'Invalid access key', 'REGION_AUTH'],
  [401, 'Invalid signature', 'REGION_AUTH'],
  [401, 'The route_id is forbidden.', 'REGION_AUTH'],
  [404, 'Not Found', 'REGION_AUTH'],
  [413, 'Request Entity Too Large', 'REGION_REJECTED'],
])('trap 10: %i %s is not repeated', async (status, message, code) => {
  const { link, sent } = pretend(() => ({ status, json: { message } }))
  await expect(link.health('330100')).rejects.toMatchObject({ code, facts: { message } })
  expect(sent).toHaveLength(1)
})

const SECRETS = { refreshSecret: 'r1', requestSecret: 's1', requestSecretEndTime: 4_071_258_901_000 }
const ask = { division: '330100', page: 1, pageSize: 1 }

test('trap 11: the MD5 stands in the query that the HMAC covers', async () => {
  const { link, sent } = pretend((out) => ({
    json: out.url.includes('refreshToken')
      ? { code: '00', datas: SECRETS }
      : { code: '00', dataCount: 0, datas: null },
  }))
  expect((await link.listMatters(ask)).items).toEqual([])
  const [, data] = sent
  const url = new URL(data?.url ?? '')
  const query = Object.fromEntries(url.searchParams)
  expect(query['sign']).toBe(sharingSign('FAKEAPPKEY', 's1', query['requestTime'] ?? ''))
  expect(data?.headers).toMatchObject(
    headersFor('GET', url.pathname, queryLine(query), config.credentials, new Date('2099-01-05T01:00:00Z')),
  )
})

test.each([
  ['02', 'an ended secret is renewed by the second stage', 'refreshTokenBySec.htm'],
  ['01', 'a wrong signature begins with the first stage', 'refreshTokenByKey.htm'],
])('trap 11: %s, %s, once', async (code, _name, stage) => {
  const { link, sent } = pretend((out) => ({
    json: out.url.includes('refreshToken') ? { code: '00', datas: SECRETS } : { code, datas: null },
  }))
  await expect(link.listMatters(ask)).rejects.toMatchObject({ code: 'REGION_AUTH', facts: { code } })
  expect(pathsOf(sent)).toEqual(['refreshTokenByKey.htm', 'FAKEZJ0101.htm', stage, 'FAKEZJ0101.htm'])
})

test.each([
  ['ends later', '4071262600000', 12],
  ['ends sooner', '4071258600000', 7],
])(
  'trap 11: a request secret that %s is used for its time, twelve minutes at most',
  async (_name, end, minutes) => {
    let now = Date.parse('2099-01-05T01:00:00Z')
    const paths: string[] = []
    const link = zhejiang.connect(
      config,
      async ({ url }) => {
        paths.push(new URL(url).pathname.split('/').at(-1) ?? '')
        const datas = { ...SECRETS, requestSecretEndTime: end }
        const json = url.includes('refreshToken')
          ? { code: '00', datas }
          : { code: '00', dataCount: 0, datas: null }
        return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(json)) }
      },
      () => new Date(now),
    )
    await link.listMatters(ask)
    now += minutes * 60_000 - 1
    await link.listMatters(ask)
    expect(paths).toEqual(['refreshTokenByKey.htm', 'FAKEZJ0101.htm', 'FAKEZJ0101.htm'])
    now += 1
    await link.listMatters(ask)
    expect(paths.slice(3)).toEqual(['refreshTokenBySec.htm', 'FAKEZJ0101.htm'])
  },
)

test('trap 11: a refused second stage is followed by the first, any other failure is not', async () => {
  const failing = (code: string) =>
    pretend((out) => {
      if (out.url.includes('BySec')) return { json: { code, datas: null } }
      // The first secret ends at once.
      if (out.url.includes('ByKey'))
        return { json: { code: '00', datas: { ...SECRETS, requestSecretEndTime: 0 } } }
      return { json: { code: '00', dataCount: 0, datas: [] } }
    })
  const refused = failing('02')
  await refused.link.listMatters(ask)
  await refused.link.listMatters(ask)
  expect(pathsOf(refused.sent).slice(2)).toEqual([
    'refreshTokenBySec.htm',
    'refreshTokenByKey.htm',
    'FAKEZJ0101.htm',
  ])
  const busy = failing('99')
  await busy.link.listMatters(ask)
  await expect(busy.link.listMatters(ask)).rejects.toMatchObject({ code: 'REGION_BUSY' })
  expect(pathsOf(busy.sent).slice(2)).toEqual(['refreshTokenBySec.htm'])
})

test('trap 11: a refused request time is corrected by the answer’s date, once', async () => {
  const { link, sent } = pretend((out, count) => ({
    headers: { 'content-type': 'application/json', date: 'Mon, 05 Jan 2099 01:10:00 GMT' },
    json: out.url.includes('refreshToken')
      ? { code: '00', datas: SECRETS }
      : { code: count === 2 ? '05' : '00', dataCount: 0, datas: null },
  }))
  await link.listMatters(ask)
  expect(pathsOf(sent)).toEqual(['refreshTokenByKey.htm', 'FAKEZJ0101.htm', 'FAKEZJ0101.htm'])
  expect(new URL(sent[2]?.url ?? '').searchParams.get('requestTime')).toBe(
    String(Date.parse('2099-01-05T01:10:00Z')),
  )
})

test('trap 12: a failure comes with HTTP 200, and success is a boolean', async () => {
  expect(codeOf(() => open({ success: 'true', data: {} }, 'op'))).toBe('REGION_REJECTED')
  expect(open({ success: true, errorCode: null, data: 5 }, 'op')).toBe(5)
  const { link } = pretend(() => ({ json: { success: false, errorCode: 'C-ATTACH-NOT-EXIST', data: null } }))
  await expect(link.download(filed(), 'oss://x')).rejects.toMatchObject({
    facts: { code: 'C-ATTACH-NOT-EXIST' },
  })
  const gone = pretend(() => ({ status: 502, headers: {}, body: Buffer.from('<html>') }))
  await expect(gone.link.download(filed(), 'oss://x')).rejects.toMatchObject({ code: 'REGION_UNAVAILABLE' })
})

test.each(['application/json', 'Application/JSON; charset=UTF-8'])(
  'trap 12: a failed download is known by its content type, %s',
  async (medium) => {
    const { link } = pretend(() => ({
      headers: { 'content-type': medium },
      json: { success: false, errorCode: 'C-AFFAIR-PROJ-NOT-EXIST', data: null },
    }))
    await expect(link.download(filed(), 'oss://x')).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' })
  },
)

test('a download whose digest is not that of its header is not handed on', async () => {
  const bytes = Buffer.from('%PDF-1.4')
  const answered = (digest: string) =>
    pretend(() => ({ headers: { 'content-type': 'application/pdf', 'x-att-digest': digest }, body: bytes }))
  const right = createHash('sha256').update(bytes).digest('hex')
  expect((await answered(right).link.download(filed(), 'oss://x')).bytes).toEqual(bytes)
  await expect(answered('0'.repeat(64)).link.download(filed(), 'oss://x')).rejects.toMatchObject({
    code: 'REGION_ANSWER_INVALID',
    facts: { reason: 'digest' },
  })
})

test('trap 15: null, an empty string and a missing member say the same', () => {
  for (const nothing of [null, '', undefined]) {
    const read = caseMessage.read(
      {
        ...asked,
        gmtAccept: nothing,
        promiseTime: nothing,
        gmtService: nothing,
        correctInfo: nothing,
        extInfo: nothing,
        result: nothing,
        resultCode: nothing,
      },
      context,
    )
    for (const member of ['acceptedAt', 'dueAt', 'completedAt', 'correction', 'result', 'sourceNumber'])
      expect(read).not.toHaveProperty(member)
  }
  expect(caseMessage.read(asked, context).steps?.at(-1)).not.toHaveProperty('endedAt')
})

test('trap 17: an optional member with nothing to say is left out of a request', async () => {
  const wire = written({ applicant: { ...applied.applicant, address: '' } })
  const vo = wire['applicantVO'] as object
  expect(vo).not.toHaveProperty('address')
  expect(vo).not.toHaveProperty('contactCardType')
  for (const member of ['projectNature', 'relBizId', 'projId']) expect(wire).not.toHaveProperty(member)
  expect((wire['suffInfoList'] as object[])[1]).not.toHaveProperty('certificateSourceId')
  // Members that must be there although nothing is said.
  expect([wire['memo'], (vo as { legalMan?: string }).legalMan]).toEqual(['', ''])
  const { link, sent } = pretend((out) => ({
    json: out.url.includes('refreshToken')
      ? { code: '00', datas: SECRETS }
      : { code: '00', dataCount: 0, datas: null },
  }))
  await link.listMatters(ask)
  expect([...new URL(sent[1]?.url ?? '').searchParams.keys()]).not.toContain('UPDATE_DATE')
})

test('a firm is told with its representative and the person who acts, or not at all', () => {
  expect(written(firm)['applicantVO']).toEqual({
    applyName: '长三角测试科技(杭州)有限公司',
    applyCardType: 'UNIFIED_SOCIAL_ID',
    applyCardNumber: '91330100MA9TEXT19M',
    userProp: '2',
    contactMan: '测试乙',
    contactPhone: '10000000002',
    contactCardType: 'ID_CARD',
    contactCardNumber: '330203190203042021',
    legalMan: '测试甲',
  })
  const pointerOf = (changes: object) => {
    try {
      written(changes)
    } catch (error) {
      if (error instanceof GatewayError) return [error.code, error.errors[0]?.pointer]
    }
    return 'written'
  }
  expect(pointerOf({ ...firm, agent: null })).toEqual(['CONVERSION_INCOMPLETE', '/agent'])
  const { legalRepresentative: _gone, ...nobody } = firm.applicant
  expect(pointerOf({ ...firm, applicant: nobody })).toEqual([
    'CONVERSION_INCOMPLETE',
    '/applicant/legalRepresentative',
  ])
  const { mobile: _none, ...silent } = applied.applicant
  expect(pointerOf({ applicant: silent })).toEqual(['CONVERSION_INCOMPLETE', '/applicant/mobile'])
})
