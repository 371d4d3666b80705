/** A case in all that the query leaves free (4.c), and as it is written for a reader of Jiangsu's words. */
import { describe, expect, test } from 'vitest'
import type { RegionalCase } from '../../schemas/case.ts'
import { jiangsu } from './index.ts'
import { context, jsonOf, sample } from './test-samples.ts'

const detail = () => jsonOf(sample('case-query').response.body).custom
const read = (change: object = {}) => jiangsu.dialect.case.read({ ...detail(), ...change }, context)
const write = (change: Partial<RegionalCase>) =>
  jiangsu.dialect.case.write({ ...read(), ...change }, context) as Record<string, unknown>
const operation = (operatetype: string, minute: number) => ({
  operatetype,
  operatename: '',
  operateusername: '',
  operatedate: `2099-01-02 09:${String(minute).padStart(2, '0')}:00`,
  remarks: '',
  ouname: '',
})

describe('read', () => {
  test('every member of the sample', () => {
    expect(read()).toMatchObject({
      caseNumber: 'JSSZ209901020004',
      caseKey: '5c169abe-b050-b37d-ce01-eb5ceb594eb5',
      region: 'jiangsu',
      division: '320500',
      sourceDivision: '310000',
      sourceNumber: 'CSJ209901020000001',
      matterCode: '1ffd35f3-f48b-614e-bfbd-85bf56bc9c8f',
      matterName: '社会保障卡补领换领换发',
      title: '张测试的社会保障卡补领',
      applicantName: '张测试',
      agency: '苏州市人力资源和社会保障局',
      appliedAt: '2099-01-02T09:00:10+08:00',
      acceptedAt: '2099-01-02T09:03:17+08:00',
      dueAt: '2099-01-23T09:03:17+08:00',
    })
    expect(read().steps?.[3]).toEqual({
      status: 'CORRECTION_REQUIRED',
      rawStatus: { code: '22', label: '补正' },
      name: '补正',
      occurredAt: '2099-01-02T09:01:16+08:00',
      actor: '示例经办人',
      agency: '苏州市人力资源和社会保障局',
      note: '身份证照片不清晰',
    })
  })

  test('a case that was never submitted has empty members alone', () => {
    const empty = ['flowsn', 'projectname', 'applyername', 'applydate', 'acceptdate', 'promiseenddate']
    const draft = read({
      ...Object.fromEntries(empty.map((member) => [member, ''])),
      status: 10,
      statustext: '外网申报未提交',
      operations: '',
    })
    expect(draft).toMatchObject({ caseNumber: '', status: 'DRAFT', rawStatus: { code: '10' } })
    for (const member of ['title', 'applicantName', 'appliedAt', 'acceptedAt', 'dueAt', 'updatedAt', 'steps'])
      expect(draft).not.toHaveProperty(member)
  })

  test('an area of twelve digits is its city', () => {
    expect(read({ areacode: '320500000000' }).division).toBe('320500')
    expect(() => read({ areacode: '3205000' })).toThrow()
  })

  test('what leads nowhere leaves the state as it was, and what nobody knows is UNKNOWN', () => {
    const operations = ['12', '10', '21', '23', '30', '88', '71', '35'].map(operation)
    expect(read({ operations }).steps?.map((one) => one.status)).toEqual([
      'SUBMITTED',
      'PRECHECK_PASSED',
      'RECEIVED',
      'ACCEPTED',
      'ACCEPTED',
      'UNKNOWN',
      'ACCEPTED',
      'IN_REVIEW',
    ])
  })

  test('the order of the list tells the state, and the last time the change', () => {
    const told = read({ operations: [operation('36', 5), operation('35', 4)] })
    expect([told.status, told.updatedAt]).toEqual(['IN_REVIEW', '2099-01-02T09:05:00+08:00'])
    expect(read({ operations: operation('40', 1) }).status).toBe('SUSPENDED')
  })

  test('an unknown status is UNKNOWN with its code, and the case is read', () => {
    const alarms: { table: string; code: string }[] = []
    const told = jiangsu.dialect.case.read(
      { ...detail(), status: 77, statustext: '' },
      { ...context, alarms },
    )
    expect(told).toMatchObject({
      status: 'UNKNOWN',
      rawStatus: { code: '77', label: '' },
      title: '张测试的社会保障卡补领',
    })
    expect(alarms).toContainEqual({ table: 'jiangsu/status', code: '77' })
  })

  test('the open correction request, whole', () => {
    const buzhenginfo = JSON.stringify({
      deadline: '2099-01-07 09:01:14',
      opinion: '不清晰',
      materiallist: [{ taskmaterialguid: 'm1', materialname: '居民身份证', opinion: '请重拍' }],
    })
    expect(read({ status: 37, buzhenginfo }).correction).toEqual({
      fields: [],
      documents: [{ id: 'm1', name: '居民身份证', reason: '请重拍' }],
      reason: '不清晰',
      dueOn: '2099-01-07T09:01:14+08:00',
    })
  })

  test('results: several, one, none', () => {
    const file = (attachguid: string) => ({
      attachguid,
      attachname: `${attachguid}.pdf`,
      attachlength: 5,
      resultname: '证明',
      resultno: '1号',
    })
    const concluded = { status: 90, banjieresult: '40' }
    expect(read({ ...concluded, resultlist: [file('a'), file('b')] }).result).toEqual({
      decision: 'granted',
      number: '1号',
      text: '证明',
      documents: [
        { ref: 'a', kind: 'result', name: 'a.pdf', size: 5 },
        { ref: 'b', kind: 'result', name: 'b.pdf', size: 5 },
      ],
    })
    expect(read({ ...concluded, resultlist: file('a') }).result?.documents).toHaveLength(1)
    expect(read({ ...concluded, resultlist: '' }).result).toEqual({ decision: 'granted', documents: [] })
    expect(read({ status: 97, resultlist: file('a') }).result?.decision).toBe('notAccepted')
    expect(read({ status: 98 }).result?.decision).toBe('withdrawn')
    expect(read({ status: 99 }).result?.decision).toBe('voided')
    expect(read({ ...concluded, banjieresult: '66' }).result).toBeUndefined()
  })
})

describe('written', () => {
  test('what is not known yet is the empty text, never absent', () => {
    const { acceptedAt: _a, dueAt: _d, agency: _o, steps: _s, ...bare } = read()
    const wire = jiangsu.dialect.case.write({ ...bare, status: 'SUBMITTED' }, context)
    expect(wire).toMatchObject({
      acceptdate: '',
      promiseenddate: '',
      banjiedate: '',
      ouname: '',
      banjieresult: '',
      buzhenginfo: '',
      operations: [],
      resultlist: [],
    })
  })

  test('a delivered denial is 40 with operation 80', () => {
    const wire = write({ status: 'DELIVERED', result: { decision: 'denied', documents: [] } })
    expect(wire).toMatchObject({ status: '40', statustext: '审批不通过', banjieresult: '50' })
    expect(wire['operations']).toContainEqual(expect.objectContaining({ operatetype: '80' }))
  })

  test('a state of another region keeps its raw code only where none fits', () => {
    expect(write({ status: 'UNKNOWN', rawStatus: { code: 'x9', label: '别处' } })).toMatchObject({
      status: 'x9',
      statustext: '别处',
    })
    expect(write({ status: 'CORRECTION_REQUIRED' })).toMatchObject({ status: '37' })
  })

  test('steps of another region get the operation of their state', () => {
    const step = (status: 'RECEIVED' | 'IN_REVIEW' | 'UNKNOWN', code: string) => ({
      status,
      rawStatus: { code, label: '' },
      name: '步骤',
      occurredAt: '2099-01-02T09:01:16+08:00',
    })
    const steps = [step('RECEIVED', '02/0'), step('IN_REVIEW', '03/0'), step('UNKNOWN', '09/9')]
    const { operations } = write({ status: 'IN_REVIEW', steps }) as { operations: { operatetype: string }[] }
    expect(operations.map((one) => one.operatetype)).toEqual(['21', '35', '09/9'])
  })

  test('a deadline of a day ends with the day, and none is the empty text', () => {
    const ask = (dueOn: string | null) =>
      JSON.parse(
        String(
          write({
            status: 'CORRECTION_REQUIRED',
            correction: { fields: [], documents: [], reason: '缺', dueOn },
          })['buzhenginfo'],
        ),
      )
    expect(ask('2099-01-07')).toEqual({ deadline: '2099-01-07 23:59:59', opinion: '缺', materiallist: [] })
    expect(ask('2099-01-07T09:01:14+08:00').deadline).toBe('2099-01-07 09:01:14')
    expect(ask(null).deadline).toBe('')
  })
})
