import { expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import type { Alarm } from '../kit/codes.ts'
import { application } from './application.ts'
import { caseMessage } from './case.ts'
import { pairOf } from './case-times.ts'
import { caseType, phase, takeType } from './codes.ts'
import { matter } from './matter.ts'
import { headersFor, queryLine, stringToSign } from './sign.ts'
import { applied, applying, context, dataOf, firm, moving, row, sample } from './test-vectors.ts'

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

test('trap 17: an optional member with nothing to say is left out of a request', () => {
  const wire = written({ applicant: { ...applied.applicant, address: '' } })
  const vo = wire['applicantVO'] as object
  expect(vo).not.toHaveProperty('address')
  expect(vo).not.toHaveProperty('contactCardType')
  for (const member of ['projectNature', 'relBizId', 'projId']) expect(wire).not.toHaveProperty(member)
  expect((wire['suffInfoList'] as object[])[1]).not.toHaveProperty('certificateSourceId')
  // Members that must be there although nothing is said.
  expect([wire['memo'], (vo as { legalMan?: string }).legalMan]).toEqual(['', ''])
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
