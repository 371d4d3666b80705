import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/sh.json' with { type: 'json' }
import { GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import type { ApplicationContext } from '../kit/contract.ts'
import { close, reading } from '../kit/ledger.ts'
import { leaves, type Note } from '../kit/table.ts'
import { application } from './application.ts'
import { division, nine, regionCode } from './areas.ts'
import { openCallback } from './callback.ts'
import { caseMessage } from './case.ts'
import * as tables from './codes.ts'
import type { ShanghaiConfig } from './config.ts'
import { shanghai } from './index.ts'
import { matter } from './matter.ts'
import { open } from './open.ts'
import { callbackText, signCallback, sm3 } from './sign.ts'

const config = vectors.config as ShanghaiConfig
const context = { options: config.options as Record<string, unknown> }
const sample = (op: string) =>
  vectors.samples.find((one) => one.op === op) as unknown as {
    request: { body: unknown }
    response: { body: unknown }
  }
const row = (code: string) => {
  const found = vectors.catalogue.find((one) => one.itemCode === code)
  if (!found) throw new Error(code)
  const { detail, form, materials, servicePoints, ...rest } = found as unknown as Record<string, object>
  return { ...rest, ...detail, molder: JSON.stringify(form), stuffs: materials, areas: servicePoints }
}
const proof = matter.read(row('312099003000'), context)
const applying: ApplicationContext = {
  matter: proof,
  options: config.options as Record<string, unknown>,
  sourceNumber: 'CSJ20260302AAAAAAAAAAAA',
  appliedAt: '2026-03-02T09:05:00+08:00',
}

describe('signatures', () => {
  test.each(vectors.signing.filter((one) => one.kind === 'callback'))('$name', (vector) => {
    const { secret, path, timestamp, nonce, body, signature, valid } = vector as unknown as Record<
      string,
      string
    > & { valid?: boolean }
    const made = signCallback(
      secret as string,
      callbackText(path as string, timestamp as string, nonce as string, Buffer.from(body as string)),
    )
    if (valid === false) expect(made).not.toBe(signature)
    else expect(made).toBe(signature)
  })
  test('sm3 of a text', () => {
    const vector = vectors.signing.find((one) => one.kind === 'sm3') as unknown as Record<string, string>
    expect(Object.values(vector)).toContain(
      sm3(Object.values(vector).find((value) => value === 'abc') ?? 'abc'),
    )
  })
})

describe('code tables are total', () => {
  const ID: Record<string, string> = {
    ID_CARD: '111',
    USCC: '001',
    PASSPORT: '414',
    HK_MACAO_PERMIT: '516',
    TAIWAN_PERMIT: '511',
    OFFICER_CARD: '114',
    OTHER: '999',
  }
  const WORDS: Record<string, Record<string, string>> = {
    certType: ID,
    applicantKind: {
      PERSON: 'person',
      ENTERPRISE: 'enterprise',
      INSTITUTION: 'institution',
      AGENCY: 'agency',
      OTHER: 'otherOrganisation',
    },
    caseType: { IMMEDIATE: 'instant', COMMITMENT: 'committed', JOINT: 'jointHandling', REPORTED: 'reported' },
    dayUnit: { WORKING_DAY: 'working', CALENDAR_DAY: 'calendar' },
    stuffType: { CERTIFICATE: 'certificate', FORM: 'form', OTHER: 'other' },
    stuffForm: { PAPER: 'paper', ELECTRONIC: 'electronic', BOTH: 'both' },
    necessity: { REQUIRED: 'required', OPTIONAL: 'optional', DEFERRABLE: 'deferrable' },
    deliveryMode: { PICKUP: 'pickup', POST: 'post', DOWNLOAD: 'download', E_LICENCE: 'licence' },
    crossScope: {
      NONE: 'none',
      NATIONAL: 'national',
      CROSS_PROVINCE: 'crossProvince',
      CROSS_CITY: 'crossCity',
      CROSS_COUNTY: 'crossCounty',
    },
    handleMode: {
      ONLINE: 'online',
      COLLECT_ELSEWHERE: 'onBehalf',
      MULTI_PLACE: 'joint',
      AUTHORISED_LOCAL: 'authorisedLocal',
    },
    itemStatus: { ACTIVE: 'active', SUSPENDED: 'suspended', CANCELLED: 'cancelled' },
    submitType: {
      NEW: 'new',
      CHANGE: 'change',
      EXTEND: 'extend',
      CORRECTION: 'correction',
      CANCEL: 'cancel',
      TRANSFER: 'transfer',
      REVOKE: 'revoke',
      OTHER: 'other',
    },
    decision: { GRANTED: 'granted', REFUSED: 'denied' },
    documentType: {
      RESULT: 'result',
      DENIAL: 'denial',
      CORRECTION_NOTICE: 'correctionNotice',
      NOT_ACCEPTED_NOTICE: 'notAcceptedNotice',
    },
  }
  test.each(Object.keys(WORDS))('%s', (name) => {
    const rows = (vectors.codes as Record<string, { raw: string; canonical: string }[]>)[name] ?? []
    expect(rows.length).toBeGreaterThan(1)
    const table = (
      tables as unknown as Record<
        string,
        { find: (raw: string) => string | undefined; table: Record<string, readonly string[]> }
      >
    )[name]
    for (const { raw, canonical } of rows)
      expect([raw, table?.find(raw)]).toEqual([raw, WORDS[name]?.[canonical]])
    expect(Object.values(table?.table ?? {}).flat()).toHaveLength(rows.length)
  })
  test('itemType is the national code', () => {
    for (const { raw, canonical } of vectors.codes.itemType) expect(tables.itemType.find(raw)).toBe(canonical)
  })
  test('status, with all its synonyms', () => {
    for (const { raw, canonical } of vectors.codes.status)
      expect(tables.status.decode(raw, {})).toBe(canonical)
    expect(tables.status.codes).toHaveLength(vectors.codes.status.length)
    for (const { raw, canonical, primary } of vectors.codes.status)
      if (primary) expect(tables.status.encode(canonical as never)).toBe(raw)
  })
  test('an unknown status is UNKNOWN, kept and alarmed, never guessed', () => {
    const alarms: { table: string; code: string }[] = []
    expect(tables.status.decode('挂起', { alarms })).toBe('UNKNOWN')
    expect(alarms).toEqual([{ table: 'shanghai/status', code: '挂起' }])
  })
})

describe('matters', () => {
  test.each(vectors.catalogue.map((one) => one.itemCode))(
    '%s is read, and read back from what is written',
    (code) => {
      const canon = matter.read(row(code), context)
      expect(canon).toMatchObject({
        id: `shanghai:310000:${code}`,
        region: 'shanghai',
        divisions: ['310000'],
        regional: { code },
      })
      const again = matter.read(matter.write(canon, context), context)
      expect(again).toEqual(canon)
    },
  )
  test('trap 16: a suspended or cancelled matter stays, and cannot be filed', () => {
    expect(matter.read(row('312099016000'), context)).toMatchObject({ state: 'suspended', fileable: false })
    expect(matter.read(row('312099017000'), context)).toMatchObject({ state: 'cancelled', fileable: false })
  })
  test('trap 10: a single object for a one-element list is read, numbers as strings too', () => {
    const single = row('312099004000') as unknown as { stuffs: unknown[] }
    const [only] = single.stuffs
    const canon = matter.read({ ...single, stuffs: only, promiseDays: '3' }, context)
    expect(canon.documents).toHaveLength(1)
    expect(canon.commitment).toEqual({ days: 3, unit: 'working' })
  })
  test('trap 2: the form stands in a string', () => {
    expect(proof.form.fields.map((field) => [field.name, field.type, field.required])).toEqual([
      ['zmsx', 'select', true],
      ['zmnr', 'textarea', true],
      ['lqfs', 'select', true],
    ])
    expect(proof.form.fields[0]?.options?.[2]).toEqual({ value: '3', label: { zh: '曾经同户人员亲属关系' } })
  })
})

describe('applications', () => {
  const saved = sample('apply-save').request.body as Record<string, unknown>
  test('the sample is read whole: every leaf is in the ledger', () => {
    const notes: Note[] = []
    const canon = application.read(saved, applying, notes)
    expect(canon).toMatchObject({
      matter: proof.id,
      sourceDivision: '320500',
      applicant: { kind: 'person', name: '测试甲', idDocument: { type: '111' } },
      form: { zmsx: '3', lqfs: '2' },
      delivery: { mode: 'post' },
      documents: [{ id: '003CL01', mode: 'licence' }],
    })
    const ledger = close(saved, reading(notes), 'unmentioned')
    const told = new Set(ledger.entries.flatMap((entry) => entry.source))
    expect(leaves(saved).filter((leaf) => !told.has(leaf))).toEqual([])
    expect(
      ledger.entries.filter((entry) => entry.rule === 'unmentioned').map((entry) => entry.source),
    ).toEqual([])
  })
  test('what is written equals the sample where the gateway has no numbers of its own', () => {
    const canon = application.read(saved, applying)
    const wire = application.write(canon, applying) as Record<string, unknown>
    const { accessToken: _token, applyNo: _number, userId: _user, extInfo: _ext, ...expected } = saved
    expect(wire).toMatchObject(expected)
    expect(wire['extInfo']).toMatchObject({
      sourceRegion: '320500',
      handleMode: '全程网办',
      delivery: { lqfs: '邮寄' },
    })
  })
  test('trap 13: the acting person is the agent, the applicant the firm', () => {
    const canon: Application = {
      matter: proof.id,
      division: '310000',
      sourceDivision: '320500',
      applicant: {
        kind: 'organisation',
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
    expect(application.write(canon, applying)).toMatchObject({
      targetType: '企业',
      targetNo: '91320500MA1TEXT145',
      username: '测试乙',
      licenseType: '居民身份证',
      licenseNo: '320102190102020022',
      mobile: '10000000001',
    })
    expect(() => application.write({ ...canon, agent: null }, applying)).toThrow(GatewayError)
  })
  const forms = fc.dictionary(fc.constantFrom('zmsx', 'zmnr', 'lqfs'), fc.string({ maxLength: 50 }))
  const text = fc
    .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
    .filter((one) => [...one].length <= 40)
  const person = fc.record(
    {
      kind: fc.constant('person' as const),
      name: text,
      idDocument: fc.constant({ type: '111', number: '310101190001010011' }),
      mobile: fc.constant('10000000000'),
    },
    { noNullPrototype: true },
  )
  const any = fc.record(
    {
      matter: fc.constant(proof.id),
      division: fc.constant('310000'),
      sourceDivision: fc.constantFrom('320500', '340100', '330100'),
      applicant: person,
      form: forms,
      documents: fc.constantFrom<Application['documents']>(
        [],
        [{ id: '003CL02', mode: 'upload', uploads: ['up_1', 'up_2'] }],
        [{ id: '003CL01', mode: 'licence', licence: '85ff54b4a84c46452b9531daa0724858' }],
      ),
      delivery: fc.constantFrom<NonNullable<Application['delivery']>>(
        { mode: 'pickup' },
        { mode: 'post', name: '甲', mobile: '10000000000', address: '示例路' },
      ),
      mode: fc.constantFrom('online' as const, 'joint' as const),
      appliedAt: fc.constant('2026-03-02T09:05:00+08:00'),
    },
    { noNullPrototype: true },
  )
  test('reading what was written gives the same application', () => {
    fc.assert(
      fc.property(
        any,
        (canon) => void expect(application.read(application.write(canon, applying), applying)).toEqual(canon),
      ),
    )
  })
})

describe('cases', () => {
  const told = {
    ...(sample('case-query').response.body as { data: object }).data,
    processes: (sample('case-process').response.body as { data: { processes: unknown } }).data.processes,
  }
  test('the sample is read: trap 7, status counts and result is no state', () => {
    const canon = caseMessage.read(told, context)
    expect(canon).toMatchObject({
      status: 'CORRECTION_REQUIRED',
      rawStatus: { code: '补正' },
      correction: { documents: [{ id: '003CL02' }], dueOn: '2026-03-07T09:15:00+08:00' },
    })
    expect(canon.steps?.map((step) => step.status)).toEqual([
      'DRAFT',
      'SUBMITTED',
      'PRECHECK_PASSED',
      'RECEIVED',
      'CORRECTION_REQUIRED',
      'RECEIVED',
      'ACCEPTED',
      'IN_REVIEW',
      'APPROVED',
      'COMPLETED',
    ])
  })
  test('reading what was written gives the same case', () => {
    const canon = caseMessage.read(told, context)
    expect(caseMessage.read(caseMessage.write(canon, context), context)).toEqual(canon)
  })
  test('a status that nobody knows does not lose the case', () => {
    expect(caseMessage.read({ ...told, status: '新状态' }, context)).toMatchObject({
      status: 'UNKNOWN',
      rawStatus: { code: '新状态' },
    })
  })
})

describe('callbacks', () => {
  const callbacks = vectors.samples.filter((one) => one.op === 'callback') as unknown as {
    event: string
    request: { path: string; headers: Record<string, string>; body: unknown }
  }[]
  const signed = (body: string, headers: Record<string, string> = {}, at = 1_772_414_100_000) => {
    const nonce = 'abcdef0123456789'
    const own = {
      'x-sh-timestamp': String(at),
      'x-sh-nonce': nonce,
      'x-sh-signature': signCallback(
        config.credentials.callbackSecret,
        callbackText('/sh/callback/applyFk', String(at), nonce, Buffer.from(body)),
      ),
      ...headers,
    }
    return openCallback(
      { method: 'POST', target: '/sh/callback/applyFk', headers: own, body: Buffer.from(body) },
      config,
      new Date(at),
    )
  }
  test.each(callbacks)('$event of the story is read', ({ event, request }) => {
    const opened = signed(JSON.stringify(request.body))
    expect(opened).toMatchObject({
      accepted: true,
      content: { event: { status: event, caseNumber: 'CSJ202603020000001' } },
    })
  })
  test('trap 17: the raw bytes are signed, and a retry keeps its event id', () => {
    const body = JSON.stringify(callbacks[0]?.request.body, null, 2)
    expect(signed(body)).toMatchObject({ accepted: true })
    expect(signed(body, { 'x-sh-signature': 'f'.repeat(64) })).toMatchObject({
      accepted: false,
      answer: { status: 401 },
    })
  })
  test.each([
    ['a missing header', { 'x-sh-nonce': '' }, 0, 'SIGN_INVALID'],
    ['an old clock', {}, 301_000, 'TIMESTAMP_INVALID'],
  ])('refuses %s', (_name, headers, late, code) => {
    const at = 1_772_414_100_000
    const opened = openCallback(
      {
        method: 'POST',
        target: '/sh/callback/applyFk',
        headers: {
          'x-sh-timestamp': String(at),
          'x-sh-nonce': 'abcdef0123456789',
          'x-sh-signature': 'a'.repeat(64),
          ...headers,
        },
        body: Buffer.from('{}'),
      },
      config,
      new Date(at + late),
    )
    expect(opened).toMatchObject({ accepted: false })
    if (!opened.accepted) expect(JSON.parse(opened.answer.body)).toMatchObject({ errorCode: code })
  })
  test('a bad member is named, an unknown word is not refused', () => {
    const body = structuredClone(callbacks[0]?.request.body) as { data: Record<string, unknown> }
    expect(signed(JSON.stringify({ ...body, data: { ...body.data, opTime: '' } }))).toMatchObject({
      content: { answer: { body: expect.stringContaining('参数错误:opTime') } },
    })
    expect(signed(JSON.stringify({ ...body, data: { ...body.data, status: '飞走了' } }))).toMatchObject({
      content: { event: { status: 'UNKNOWN', alarms: [{ code: '飞走了' }] } },
    })
  })
})

test('trap 11: four widths of an area code', () => {
  expect([division('SH00SH'), division('320500000'), division('310118000000'), division('310118')]).toEqual([
    '310000',
    '320500',
    '310118',
    '310118',
  ])
  expect([
    regionCode.encode('310000', {}, { wire: '', canon: '', notes: undefined }),
    nine.encode('320500', {}, { wire: '', canon: '', notes: undefined }),
  ]).toEqual(['SH00SH', '320500000'])
  expect(() => division('31')).toThrow(GatewayError)
})

test('trap 8 and 9: a failure comes with HTTP 200, and errorCode decides', () => {
  const failure = (body: object) => {
    try {
      open(body as Record<string, unknown>, 'apply-submit')
      return 'opened'
    } catch (error) {
      return error instanceof GatewayError ? [error.code, error.errors[0]?.pointer] : error
    }
  }
  expect(failure({ isSuccess: true, code: '500', data: {} })).toBe('opened')
  expect(
    failure({ isSuccess: false, code: '500', errorCode: 'PARAM_ERROR', msg: '参数错误:info.zmsx' }),
  ).toEqual(['REGION_REJECTED', '/form/zmsx'])
  expect(failure({ isSuccess: false, code: 500, errorCode: 'DUPLICATE_APPLY', msg: '' })).toEqual([
    'DUPLICATE_CASE',
    undefined,
  ])
  expect(failure({ isSuccess: false, msg: '未知' })).toEqual(['REGION_REJECTED', undefined])
  expect(failure({ isSuccess: 'true' })).toEqual(['REGION_REJECTED', undefined])
})

test('the configuration of the contract fits, and one without a secret does not', () => {
  expect(shanghai.callbackPaths(vectors.config as never)).toEqual(['/sh/callback/applyFk'])
})
