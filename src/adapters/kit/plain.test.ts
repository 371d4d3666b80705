import { describe, expect, test } from 'vitest'
import type { IdDocument } from '../../schemas/application.ts'
import type { RegionalCase } from '../../schemas/case.ts'
import { codes } from './codes.ts'
import type { RecordContext } from './contract.ts'
import { message } from './message.ts'
import * as p from './plain.ts'
import { plainCodes } from './plain-codes.ts'
import { daysIn, maybeIdIn, referBy, statusRows } from './plain-parts.ts'
import { given } from './table.ts'
import { untold } from './test-values.ts'
import { ROOT } from './trace.ts'

type Line = {
  readonly name: string
  readonly sizes?: number[]
  readonly lost?: string
  readonly known: number
}
const line = p.plainly<Line, object>('test/line', {
  name: p.must('n', '名称', p.words(5)),
  sizes: p.may('s', '大小', p.many(p.count, 2)),
  known: given('seven', () => 7),
  ...p.noneOf('没有这一项', 'lost'),
})
const lines = message<p.Wire, Line, object>('test/line', line.schema, line.codec)

describe('a plain table', () => {
  test('reads what it wrote, and the schema follows from its rows', () => {
    const wire = lines.write({ name: '甲', sizes: [1, 2], known: 7 }, {})
    expect(wire).toEqual({ n: '甲', s: [1, 2] })
    expect(lines.read(wire, {})).toEqual({ name: '甲', sizes: [1, 2], known: 7 })
    expect(lines.schema).toMatchObject({ required: ['n'], properties: { n: { maxLength: 5 } } })
  })
  test.each([
    [{}, '/n'],
    [{ n: '一二三四五六' }, '/n'],
    [{ n: '甲', s: [1, 2, 3] }, '/s'],
    [{ n: '甲', s: [-1] }, '/s/0'],
  ])('refuses %j at %s', (wire, pointer) => {
    const refusal = { code: 'BODY_INVALID', errors: [expect.objectContaining({ pointer })] }
    expect(() => lines.read(wire, {})).toThrow(expect.objectContaining(refusal))
  })
  test('leaves no leaf of what it writes untold, and says why one is lost', () => {
    for (const sizes of [[1], []]) {
      const canon = { name: '甲', sizes, lost: '乙', known: 7 }
      expect(untold(canon, (notes) => lines.write(canon, {}, notes))).toEqual([])
    }
    expect(line.codec.rows?.().find(({ canon: at }) => at === '/lost')).toMatchObject({ rule: '没有这一项' })
  })
})

const NONE = { DRAFT: [], PRECHECK_RETURNED: [], PRECHECK_PASSED: [], RECEIVED: [], CORRECTION_REQUIRED: [] }
const NOR = {
  ACCEPTED: [],
  NOT_ACCEPTED: [],
  IN_REVIEW: [],
  REVIEW_RETURNED: [],
  SUSPENDED: [],
  APPROVED: [],
}
const NEITHER = { DENIED: [], COMPLETED: [], VOIDED: [], WITHDRAWN: [], DELIVERED: [] }
const tables = plainCodes('shanghai', {
  status: { ...NONE, ...NOR, ...NEITHER, SUBMITTED: '1' },
  decision: { granted: ['Z', 'ZZ'], denied: 'B', forwarded: [], notAccepted: [], voided: [], withdrawn: [] },
  idType: { '111': 'SFZ' },
  applicantKind: { person: [], organisation: [] },
  subject: {
    person: [],
    organisation: [],
    enterprise: [],
    institution: [],
    agency: [],
    otherOrganisation: [],
  },
  mode: { online: [], onBehalf: [], joint: [], authorisedLocal: [] },
  handling: { committed: [], instant: [], jointHandling: [], reported: [] },
  necessity: { required: [], optional: [], deferrable: [], creditDeferrable: [] },
  way: { upload: [], licence: [], later: [], paper: [], scan: [] },
  delivery: { pickup: [], post: [], download: [], licence: [] },
  fieldType: {
    ...{ text: [], textarea: [], number: [], date: [], select: [], area: [], idcard: [], uscc: [] },
    ...{ mobile: [], phone: [] },
  },
  matterState: { active: [], suspended: [], cancelled: [] },
})

test('a table of codes says the first of a word, and reads all of them', () => {
  const { decision } = tables
  expect([decision.codeOf('granted'), decision.find('ZZ'), decision.find('X')]).toEqual([
    'Z',
    'granted',
    undefined,
  ])
  expect(() => decision.codeOf('voided')).toThrow('The code is not known')
  expect([tables.status.says('SUBMITTED'), tables.status.says('ACCEPTED')]).toEqual([true, false])
})

describe('the rows that a plain region need not write', () => {
  const rows = statusRows(tables.status, 'code', 'word')
  type Standing = Pick<RegionalCase, 'status' | 'rawStatus'>
  const standing = p.plainly<Standing, RecordContext>('test/case', rows)
  const cases = message<p.Wire, Standing, RecordContext>('test/case', standing.schema, standing.codec)

  test('a state is read with its label; one that no table knows is kept, alarmed and written as it came', () => {
    const alarms: object[] = []
    const context = { options: {}, alarms: { push: (...more: object[]) => alarms.push(...more) } }
    const known = { status: 'SUBMITTED', rawStatus: { code: '1', label: '已提交' } }
    expect(cases.read({ code: '1', word: '已提交' }, context)).toEqual(known)
    const strange = cases.read({ code: '9' }, context)
    expect(strange).toEqual({ status: 'UNKNOWN', rawStatus: { code: '9', label: '' } })
    expect(alarms).toEqual([{ table: 'shanghai/status', code: '9' }])
    expect(cases.write(strange, context)).toMatchObject({ code: '9' })
  })

  test('days are of one unit, and none where none are told', () => {
    type Limited = {
      readonly commitment: { days: number; unit: 'working' | 'calendar' | 'hour' } | undefined
    }
    const { codec } = p.plainly<Limited, object>('test/limit', { commitment: daysIn('d', '时限', 'working') })
    expect(codec.decode({ d: 5 }, {}, ROOT)).toEqual({ commitment: { days: 5, unit: 'working' } })
    expect(codec.decode({}, {}, ROOT)).toEqual({})
    expect(codec.encode({ commitment: { days: 3, unit: 'hour' } }, {}, ROOT)).toEqual({ d: 0 })
  })

  test('a document that may be missing is there with its type and number, or not at all', () => {
    const idType = codes<string>('test/idType', { '111': ['SFZ'] })
    type Held = { readonly id: IdDocument | undefined }
    const { codec } = p.plainly<Held, object>('test/held', { id: maybeIdIn('type', 'number', idType) })
    const id = { type: '111', number: '1' }
    expect(codec.decode({ type: 'SFZ', number: '1' }, {}, ROOT)).toEqual({ id })
    expect(codec.decode({ type: 'SFZ' }, {}, ROOT)).toEqual({})
    expect([codec.encode({ id }, {}, ROOT), codec.encode({ id: undefined }, {}, ROOT)]).toEqual([
      { type: 'SFZ', number: '1' },
      {},
    ])
  })

  test.each([
    [
      { item: 'A', city: '990100' },
      { code: 'A', division: '990100' },
    ],
    [{ item: 'A', city: '' }, { code: 'A' }],
    [{ item: '' }, undefined],
    ['A', undefined],
    [null, undefined],
  ])('of %j the matter is %j', (wire, found) => {
    expect(referBy('item', 'city')(wire)).toEqual(found)
  })
})
