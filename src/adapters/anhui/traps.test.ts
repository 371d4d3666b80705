/** One test for each trap of the contract's section 6 that documents and answers hold; those of callbacks and calls are beside them. */
import { expect, test } from 'vitest'
import { application } from './application.ts'
import { caseMessage } from './case.ts'
import caseWire from './fixtures/correction-asked.wire.json' with { type: 'json' }
import matterWire from './fixtures/household-certificate.wire.json' with { type: 'json' }
import applied from './fixtures/household-certificate-applied.wire.json' with { type: 'json' }
import { matter } from './matter.ts'
import { openCase, openFlag } from './open.ts'
import { applying, context, matterOf, problem, proof } from './test-vectors.ts'

const refusedCase = (result: string, resultmsg = '', data: unknown = null, operation = 'apply-submit') =>
  problem(() => openCase({ result, resultmsg, data }, operation))

test('trap 1: TELPHONE and RECEIVE_USEID keep their spelling', () => {
  const wire = application.write(application.read(applied, applying), applying) as typeof applied
  expect(Object.keys(wire.apasInfoXml.RECORD.SERVICEINFO)).toEqual(
    expect.arrayContaining(['TELPHONE', 'RECEIVE_USEID']),
  )
})

test('trap 2: mixed case stands in one block, in the contract’s order', () => {
  const wire = application.write(application.read(applied, applying), applying) as typeof applied
  expect(Object.keys(wire.apasInfoXml.RECORD.SERVICEINFO)).toEqual(
    Object.keys(applied.apasInfoXml.RECORD.SERVICEINFO),
  )
})

test('trap 4: JSON in a string and comma-joined strings are read', () => {
  expect(proof.form.fields.map((field) => [field.name, field.type, field.required])).toEqual([
    ['ZM_TYPE', 'select', true],
    ['ZM_REASON', 'textarea', true],
    ['TAKE_MODE', 'select', true],
    ['RECV_ADDR', 'text', false],
    ['RECV_PHONE', 'phone', false],
  ])
  expect(matterOf('3401000000000099912').subjects).toEqual(['person', 'organisation'])
  expect(proof.deliveryModes).toEqual(['post', 'download'])
  expect(proof.documents[0]?.formats).toEqual(['jpg', 'jpeg', 'png', 'pdf'])
})

test('trap 4: correctInfo is JSON in a string, or nothing', () => {
  expect(caseMessage.read(caseWire, context).correction?.documents[0]?.id).toBe('M099902001')
  expect(caseMessage.read({ ...caseWire, correctInfo: '' }, context).correction).toBeUndefined()
  const single = JSON.stringify({ deadline: '', items: { attrId: 'A', reason: '不清' }, remark: '' })
  expect(caseMessage.read({ ...caseWire, correctInfo: single }, context).correction).toEqual({
    fields: [],
    documents: [{ id: 'A', reason: '不清' }],
    reason: '',
  })
  expect(problem(() => caseMessage.read({ ...caseWire, correctInfo: '{' }, context))).toEqual([
    'FIELD_UNREADABLE',
    '/correctInfo',
  ])
})

test('trap 5: numbers as digits and digits as numbers are read', () => {
  const one = matter.read({ ...matterWire, promiseDay: '5', legalDay: 10, limitSceneNum: '0' }, context)
  expect(one).toEqual(proof)
})

test('trap 6: a single object for a one-element list is read', () => {
  const [first] = matterWire.materials
  expect(matter.read({ ...matterWire, materials: first }, context).documents).toHaveLength(1)
})

test('trap 6: one record, one file, no record and an empty form are read', () => {
  const many = structuredClone(applied) as unknown as { attrXml: { RECORDS: unknown } }
  const one = application.read(applied, applying)
  many.attrXml.RECORDS = { RECORD: [applied.attrXml.RECORDS.RECORD] }
  expect(application.read(many, applying)).toEqual(one)
  const empty = {
    ...applied,
    attrXml: { RECORDS: '' },
    formXml: { RECORD: { ...applied.formXml.RECORD, FORMDATA: '' } },
  }
  expect(application.read(empty, applying)).toMatchObject({ documents: [], form: {} })
})

test('trap 6: one step as an object, and none, are read', () => {
  const [first] = caseWire.nodes
  expect(caseMessage.read({ ...caseWire, nodes: first }, context).steps).toHaveLength(1)
  expect(caseMessage.read({ ...caseWire, nodes: [] }, context)).toMatchObject({ steps: [] })
})

test('trap 7: result is the code in one envelope and the text in the other', () => {
  expect(openCase({ result: '01', resultmsg: '登记成功', data: { a: 1 } }, 'apply-submit')).toEqual({
    a: 1,
  })
  expect(openFlag({ flag: '200', result: '查询成功', data: [] }, 'matter-list')).toMatchObject({ data: [] })
  expect(refusedCase('1')).toEqual(['REGION_REJECTED', undefined])
  expect(problem(() => openFlag({ flag: 200, data: [] }, 'matter-list'))).toEqual([
    'REGION_REJECTED',
    undefined,
  ])
})

test('trap 8: 0 is required, 1 is instant, and limits know hours', () => {
  expect(proof.documents.map((one) => one.necessity)).toEqual(['required', 'deferrable'])
  expect(matterOf('3401000000000099901').handling).toBe('instant')
  expect(matterOf('3401000000000099911').commitment).toEqual({ days: 2, unit: 'hour' })
})

test('traps 9 and 12: no number and no password before Anhui gives them, and none is kept', () => {
  const canon = application.read(applied, applying)
  expect(JSON.stringify(canon)).not.toMatch(/AH34|ea13b60e/)
  expect(application.write(canon, applying)).toMatchObject({
    apasInfoXml: {
      RECORD: { SERVICEINFO: { PROJID: '', PROJPWD: '', APPLY_CARDNUMBER: '34010319000101001X' } },
    },
  })
})

test('trap 11: a number without an application is a draft', () => {
  const taken = {
    ...caseWire,
    handleState: '00',
    handleStateName: '已取号',
    projectName: '',
    applyTime: '',
    correctInfo: '',
    nodes: [],
  }
  const canon = caseMessage.read(taken, context)
  expect(canon).toMatchObject({ status: 'DRAFT', steps: [] })
  expect(canon.appliedAt).toBeUndefined()
})

test('trap 16: sizeLimit is KiB', () => {
  expect(proof.documents[0]?.maxBytes).toBe(5120 * 1024)
})

test('a contact whose certificate is of another kind is somebody else, though it has the same number', () => {
  const own = application.read(applied, applying)
  const applicant = { ...own.applicant, idDocument: { type: '114', number: 'P00000014' } }
  const acting = {
    name: '测试乙',
    idDocument: { type: '414', number: 'P00000014' },
    mobile: '10000000002',
  }
  const back = application.read(application.write({ ...own, applicant, agent: acting }, applying), applying)
  expect(back.agent).toEqual(acting)
  expect(back.applicant).not.toHaveProperty('mobile')
})
