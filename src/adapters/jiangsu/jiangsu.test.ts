import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import { GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { CallbackRequest, FiledCase, Filing } from '../kit/contract.ts'
import type { Transport } from '../kit/transport.ts'
import * as codes from './codes.ts'
import { jiangsu } from './index.ts'
import { busSignature, sm3 } from './sign.ts'
import {
  answering,
  config,
  context,
  jsonOf,
  now,
  paramsOf,
  readMatter,
  sample,
  samples,
  textOf,
} from './test-samples.ts'

describe('signing', () => {
  test.each(vectors.signing.filter((one) => one.name === 'bus-signature'))('vector $timestamp', (vector) => {
    const { timestamp = '', token = '', nonce = '', expected } = vector as Record<string, string>
    expect(busSignature(timestamp, token, nonce)).toBe(expected)
    expect(busSignature(timestamp, token, `${nonce}x`)).not.toBe(expected)
  })
  test('every sample of ours is signed as we sign', () => {
    const ours = samples.filter((one) => one.request.headers['x-tif-paasid'] === config.credentials.paasid)
    expect(ours.length).toBeGreaterThan(20)
    for (const { request } of ours)
      expect(
        busSignature(
          request.headers['x-tif-timestamp'] ?? '',
          config.credentials.tifToken,
          request.headers['x-tif-nonce'] ?? '',
        ),
      ).toBe(request.headers['x-tif-signature'])
  })
})

describe('code tables are total, and say what the contract says', () => {
  const WORDS: Readonly<Record<string, string>> = {
    LEGAL_PERSON: 'enterprise',
    NATURAL_PERSON: 'person',
    OTHER_ORG: 'otherOrganisation',
    INSTANT: 'instant',
    COMMITMENT: 'committed',
    JOINT: 'jointHandling',
    REPORT_UP: 'reported',
    WORKING_DAY: 'working',
    CALENDAR_DAY: 'calendar',
    REQUIRED: 'required',
    OPTIONAL: 'optional',
    DEFERRABLE: 'deferrable',
    ONLINE: 'online',
    PROXY_WINDOW: 'onBehalf',
    NONE: 'none',
    NATIONAL: 'national',
    CROSS_PROVINCE: 'crossProvince',
    CROSS_CITY: 'crossCity',
    CROSS_COUNTY: 'crossCounty',
    ELECTRONIC: 'download',
    POST: 'post',
    WINDOW: 'pickup',
    GRANTED: 'granted',
    DENIED: 'denied',
    ID_CARD: '111',
    USCC: '001',
    ORG_CODE: '099',
    OTHER: '999',
  }
  const TABLES: readonly (readonly [keyof typeof vectors.codes, { find: (code: unknown) => unknown }])[] = [
    ['certtype', codes.certType],
    ['applyertype', codes.applicantKind],
    ['projecttype', codes.projectType],
    ['dayunit', codes.dayUnit],
    ['necessity', codes.necessity],
    ['applyway', codes.applyWay],
    ['iscross', codes.crossScope],
    ['sendway', codes.sendWay],
    ['banjieresult', codes.decision],
  ]
  test.each(TABLES)('%s', (name, table) => {
    const rows = vectors.codes[name] as readonly { raw: string | number; canonical: string }[]
    for (const { raw, canonical } of rows.filter((one) => one.raw !== '')) {
      const word = name === 'applyway' && canonical === 'JOINT' ? 'joint' : WORDS[canonical]
      expect([raw, table.find(String(raw))]).toEqual([raw, word])
    }
    expect(table.find('no such code')).toBeUndefined()
  })
  test('status, and the national matter types', () => {
    for (const { raw, canonical } of vectors.codes.status as readonly {
      raw: number | string
      canonical: string
    }[]) {
      expect([raw, codes.status.decode(String(raw), {})]).toEqual([raw, canonical])
      expect(codes.STATUS_NAMES[String(raw)]).toBeTruthy()
    }
    for (const { raw } of vectors.codes.tasktype) expect(codes.TASK_TYPES).toContain(raw)
    expect(codes.TASK_TYPES).toHaveLength(vectors.codes.tasktype.length)
  })
  test('operations, each with its effect', () => {
    const rows = vectors.codes.operatetype as readonly { raw: string; canonical: string; label: string }[]
    expect(Object.keys(codes.OPERATIONS)).toHaveLength(rows.length)
    for (const { raw, canonical, label } of rows) {
      const known = codes.OPERATIONS[raw]
      expect([raw, known?.name]).toEqual([raw, label])
      if (known?.effect !== 'none') expect([raw, known?.effect]).toEqual([raw, canonical])
    }
  })
  test('a code that no table knows is kept, alarmed and never guessed', () => {
    const alarms: { table: string; code: string }[] = []
    expect(codes.status.decode('77', { alarms })).toBe('UNKNOWN')
    expect(codes.effectOf('88', { alarms })).toBe('unknown')
    expect(alarms.map(({ code }) => code)).toEqual(['77', '88'])
  })
})

describe('the samples of the contract', () => {
  test('the catalogue is read', async () => {
    const { link, sent } = answering('matter-list')
    const page = await link.listMatters({
      division: '320500',
      changedSince: '2025-01-01T00:00:00+08:00',
      page: 1,
      pageSize: 2,
    })
    expect(paramsOf(sent[0])).toEqual(jsonOf(sample('matter-list').request.body).params)
    expect(page).toMatchObject({ total: 18, items: [{ state: 'active' }, { state: 'active' }] })
    const matter = await readMatter()
    expect(matter).toMatchObject({
      id: 'jiangsu:320500:1ffd35f3-f48b-614e-bfbd-85bf56bc9c8f',
      name: { zh: '社会保障卡补领换领换发' },
      baseCode: '322012003000',
      implementationCode: '11320500MB1TEXT18U3322012003000',
      subjects: ['person'],
      handling: 'committed',
      commitment: { days: 15, unit: 'working' },
      statutory: { days: 30, unit: 'working' },
      modes: ['onBehalf', 'joint'],
      scope: 'crossProvince',
      deliveryModes: ['post', 'pickup'],
      fileable: true,
    })
    expect(matter.form.fields[0]).toMatchObject({ name: 'blyy', type: 'select', required: true })
    expect(matter.form.fields[0]?.options).toHaveLength(3)
    expect(matter.documents.map((one) => one.isPhoto)).toEqual([false, true])
    expect(matter.servicePoints?.[1]).toMatchObject({ division: '320583', lon: 120.981, lat: 31.385 })
  })

  test('an application is submitted member by member as in the sample', async () => {
    const matter = await readMatter()
    const wanted = jsonOf(sample('case-submit').request.body).params
    const application: Application = {
      matter: matter.id,
      division: '320500',
      sourceDivision: '310000',
      applicant: {
        kind: 'person',
        name: '张测试',
        idDocument: { type: '111', number: '320501190001010015' },
        mobile: '10000000001',
        address: '示例地址1号',
      },
      form: { blyy: '1', ylkh: '' },
      documents: [],
      mode: 'onBehalf',
      delivery: { mode: 'post', name: '张测试', mobile: '10000000001', address: '上海市示例路1号' },
      appliedAt: '2099-01-02T09:00:10+08:00',
    }
    const wire = jiangsu.dialect.application.write(application, {
      ...context,
      matter,
      sourceNumber: 'CSJ209901020000001',
      appliedAt: '2099-01-02T09:00:10+08:00',
    })
    const { link, sent } = answering('case-init', 'case-submit')
    const kept: object[] = []
    const filing: Filing = {
      division: '320500',
      matter,
      application,
      wire,
      sourceNumber: 'CSJ209901020000001',
      appliedAt: '2099-01-02T09:00:10+08:00',
      handle: {},
      file: () => Promise.reject(new Error('no file')),
      keep: async (handle) => void kept.push(handle),
      now,
    }
    const filed = await link.submit(filing)
    expect(paramsOf(sent[0])).toEqual(jsonOf(sample('case-init').request.body).params)
    // The title is ours, and the extension slot is only used where it says something.
    const { projectname: _title, extinfo: _ext, ...params } = wanted
    expect(paramsOf(sent[1])).toMatchObject(params)
    expect(filed).toMatchObject({
      caseNumber: 'JSSZ209901020004',
      status: 'SUBMITTED',
      rawStatus: { code: '12' },
    })
    expect(kept[0]).toEqual({ projectguid: '5c169abe-b050-b37d-ce01-eb5ceb594eb5' })
  })

  test('a case is read: status 30 after a step of review is IN_REVIEW', async () => {
    const { link, sent } = answering('case-query')
    const filed = {
      division: '320500',
      caseNumber: 'JSSZ209901020004',
      application: { applicant: { idDocument: { type: '111', number: '320501190001010015' } } },
      handle: {},
    } as unknown as FiledCase
    const read = await link.readCase(filed)
    expect(paramsOf(sent[0])).toEqual(jsonOf(sample('case-query').request.body).params)
    expect(read).toMatchObject({
      status: 'IN_REVIEW',
      rawStatus: { code: '30', label: '已受理' },
      sourceNumber: 'CSJ209901020000001',
      dueAt: '2099-01-23T09:03:17+08:00',
      updatedAt: '2099-01-02T09:03:18+08:00',
    })
    expect(read.steps?.map((one) => one.status)).toEqual([
      'SUBMITTED',
      'PRECHECK_PASSED',
      'RECEIVED',
      'CORRECTION_REQUIRED',
      'RECEIVED',
      'ACCEPTED',
      'IN_REVIEW',
    ])
    expect(read.result).toBeUndefined()
  })

  test('refusals and replayed nonces are told by their own class', async () => {
    const filed = {
      division: '320500',
      caseNumber: 'x',
      application: { applicant: { idDocument: { type: '111', number: '1' } } },
      handle: {},
    } as unknown as FiledCase
    await expect(answering('case-query-not-found').link.readCase(filed)).rejects.toMatchObject({
      code: 'CASE_NOT_FOUND',
    })
    const replayed: Transport = async () => ({
      status: 401,
      headers: {},
      body: Buffer.from(textOf(sample('health-replayed-nonce').response.body)),
    })
    await expect(jiangsu.connect(config, replayed, now).health('320500')).rejects.toMatchObject({
      code: 'REGION_AUTH',
      facts: { code: '1004' },
    })
  })

  test('a person’s cases, and a result with its digest', async () => {
    const list = answering('case-list')
    const page = await list.link.listCases({
      division: '320500',
      holder: { name: '张测试', idDocument: { type: '111', number: '320501190001010015' } },
      page: 1,
      pageSize: 20,
      auditNumber: 'x',
    })
    expect(paramsOf(list.sent[0])).toEqual(jsonOf(sample('case-list').request.body).params)
    expect(page.items[0]).toMatchObject({ status: 'IN_REVIEW', caseNumber: 'JSSZ209901020004' })
    const asked = jsonOf(sample('case-result').request.body).params
    const { link } = answering('case-result')
    const filed = {
      division: '320500',
      caseNumber: asked.flowsn,
      application: { applicant: { idDocument: { type: '111', number: asked.certnum } } },
      handle: {},
    } as unknown as FiledCase
    const [file] = await link.readResult(filed, {
      result: { decision: 'granted', documents: [{ ref: asked.attachguid, name: 'x' }] },
    } as never)
    expect(sm3(file?.bytes ?? Buffer.alloc(0))).toBe(jsonOf(sample('case-result').response.body).custom.sm3)
  })
})

describe('callbacks', () => {
  const { request, response } = sample('case-callback')
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const at = new Date(Number(headers['x-tif-timestamp']) * 1000)
  const callback = (more: Partial<CallbackRequest> = {}): CallbackRequest => ({
    method: 'POST',
    target: request.path,
    headers,
    body: Buffer.from(textOf(request.body)),
    ...more,
  })
  const open = (more: Partial<CallbackRequest> = {}, when = at) =>
    jiangsu.openCallback(callback(more), config, when)
  const bodyWith = (change: (params: Record<string, unknown>) => void) => {
    const body = jsonOf(request.body)
    change(body.params)
    return { body: Buffer.from(JSON.stringify(body)) }
  }
  const eventOf = (change: (params: Record<string, unknown>) => void) => {
    const opened = open(bodyWith(change))
    if (!opened.accepted || !('event' in opened.content)) throw new Error('no event')
    return opened.content.event
  }

  test('the sample is verified and read, and the answer is the contract’s', () => {
    const opened = open()
    if (!opened.accepted || !('event' in opened.content)) throw new Error('refused')
    expect(opened.content.event).toMatchObject({
      status: 'CORRECTION_REQUIRED',
      caseNumber: 'JSSZ209901020004',
      occurredAt: '2099-01-02T09:01:16+08:00',
      correction: { dueOn: '2099-01-07T09:01:14+08:00', documents: [{}, {}] },
      alarms: [],
    })
    expect(jsonOf(opened.answers.taken('x').body)).toEqual(jsonOf(response.body))
  })

  test.each<[string, Partial<CallbackRequest>, Date, number, string]>([
    ['without a header', { headers: { ...headers, 'x-tif-nonce': '' } }, at, 401, '1001'],
    ['of another application', { headers: { ...headers, 'x-tif-paasid': 'someone' } }, at, 401, '1005'],
    ['with an old clock', {}, new Date(at.getTime() + 181_000), 401, '1003'],
    [
      'signed in lower case',
      { headers: { ...headers, 'x-tif-signature': String(headers['x-tif-signature']).toLowerCase() } },
      at,
      401,
      '1002',
    ],
  ])('%s is refused', (_name, more, when, status, errcode) => {
    const opened = open(more, when)
    if (opened.accepted) throw new Error('accepted')
    expect([opened.answer.status, jsonOf(opened.answer.body).errcode]).toEqual([status, errcode])
  })

  test.each<[string, Partial<CallbackRequest>, string]>([
    ['another method', { method: 'PUT' }, '1008'],
    ['another charset', { headers: { ...headers, 'content-type': 'application/json;charset=GBK' } }, '1006'],
    ['broken JSON', { body: Buffer.from('{') }, '1006'],
    ['another frame', { body: Buffer.from('{"token":"x","params":{},"more":1}') }, '1006'],
  ])('%s is told in the bus’s shape', (_name, more, errcode) => {
    const opened = open(more)
    if (!opened.accepted || !('answer' in opened.content)) throw new Error('accepted')
    expect(jsonOf(opened.content.answer.body).errcode).toBe(errcode)
  })

  test.each(['flowsn', 'projectguid', 'areacode', 'status', 'operatetype', 'operatedate'])(
    'a missing %s is told by its name',
    (member) => {
      const opened = open(bodyWith((params) => delete params[member]))
      if (!opened.accepted || !('answer' in opened.content)) throw new Error('accepted')
      expect(jsonOf(opened.content.answer.body).custom.text).toBe(`参数格式错误:${member}`)
    },
  )

  test('trap 5: the same number means one thing as status and another as operation', () => {
    const of = (status: number, operatetype: string) =>
      eventOf((params) => Object.assign(params, { status, operatetype, buzhenginfo: '' }))
    expect(of(30, '40').status).toBe('SUSPENDED')
    expect(of(40, '51').status).toBe('DENIED')
    expect(of(50, '50').status).toBe('APPROVED')
    expect(of(30, '36').status).toBe('REVIEW_RETURNED')
    expect(of(90, '80').status).toBe('DELIVERED')
    expect(of(30, '30')).toMatchObject({ type: 'note' })
  })
  test('trap 4: a single object for a one-element list, and an empty text for none', () => {
    const one = {
      deadline: '',
      opinion: 'x',
      materiallist: { taskmaterialguid: 'g', materialname: '', opinion: '' },
    }
    const read = (info: object) =>
      eventOf((params) => Object.assign(params, { buzhenginfo: JSON.stringify(info) })).correction
    expect(read(one)?.documents).toEqual([{ id: 'g' }])
    expect(read({ ...one, materiallist: '' })?.documents).toEqual([])
  })
  test('trap 9: the area has twelve digits here, and six is refused', () => {
    const opened = open(bodyWith((params) => Object.assign(params, { areacode: '320500' })))
    expect(opened.accepted && 'answer' in opened.content).toBe(true)
  })
  test('an unknown operation within status 30 leaves the state as it was, and is alarmed', () => {
    const event = eventOf((params) =>
      Object.assign(params, { status: 30, operatetype: '99', buzhenginfo: '' }),
    )
    expect(event).toMatchObject({ type: 'note', alarms: [{ code: '99' }], step: { status: 'UNKNOWN' } })
    const known = eventOf((params) =>
      Object.assign(params, { status: 30, operatetype: '35', buzhenginfo: '' }),
    )
    expect(known.step?.status).toBe('IN_REVIEW')
  })
})

describe('round trips', () => {
  const text = (max: number) =>
    fc
      .string({ minLength: 1, maxLength: max, unit: 'grapheme' })
      .filter((one) => one.trim() !== '' && [...one].length <= max)
  const arbitrary = (matter: Matter): fc.Arbitrary<Application> =>
    fc.record({
      matter: fc.constant(matter.id),
      division: fc.constant('320500'),
      sourceDivision: fc.constantFrom('310000', '330100'),
      applicant: fc
        .record({
          name: text(50),
          type: fc.constantFrom('111', '414', '516', '999'),
          address: fc.option(text(100), { nil: undefined }),
        })
        .map(({ name, type, address }) => ({
          kind: 'person' as const,
          name,
          idDocument: { type, number: '320501190001010015' },
          mobile: '10000000001',
          ...(address ? { address } : {}),
        })),
      form: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/), text(40), { maxKeys: 5 }),
      documents: fc
        .uniqueArray(fc.constantFrom('m1', 'm2', 'm3'))
        .map((ids) => ids.map((id) => ({ id, mode: 'upload' as const, uploads: [`up_${id}`] }))),
      delivery: fc.constantFrom(
        { mode: 'download' as const },
        { mode: 'pickup' as const },
        { mode: 'post' as const, name: '甲', mobile: '10000000001', address: '示例路' },
      ),
      mode: fc.constantFrom('online' as const, 'onBehalf' as const, 'joint' as const),
      appliedAt: fc.constant('2026-03-02T09:05:00+08:00'),
    })

  test('an application comes back as it went, also for a matter of another region', async () => {
    const own = await readMatter()
    const foreign: Matter = {
      ...own,
      id: 'shanghai:310000:312099003000',
      region: 'shanghai',
      divisions: ['310000'],
    }
    for (const matter of [own, foreign])
      fc.assert(
        fc.property(arbitrary(matter), (application) => {
          const ctx = { ...context, matter, sourceNumber: 'CSJ1', appliedAt: '2026-03-02T09:05:00+08:00' }
          const wire = jiangsu.dialect.application.write(application, ctx)
          expect(jiangsu.dialect.application.read(JSON.parse(JSON.stringify(wire)), ctx)).toEqual(application)
        }),
        { numRuns: 100 },
      )
  })

  test('a matter comes back as it went', async () => {
    const matter = await readMatter()
    const wire = jiangsu.dialect.matter.write(matter, context)
    expect(jiangsu.dialect.matter.read(wire, context)).toEqual(matter)
  })

  test('every state of a case comes back, by status and operation', () => {
    const base = {
      caseNumber: 'JSSZ1',
      caseKey: '5c169abe-b050-b37d-ce01-eb5ceb594eb5',
      region: 'jiangsu' as const,
      division: '320500',
      matterCode: 'm',
      rawStatus: { code: '', label: '' },
      appliedAt: '2026-03-02T09:05:00+08:00',
      updatedAt: '2026-03-02T10:05:00+08:00',
    }
    const STATES = (vectors.codes.operatetype as readonly { canonical: string }[])
      .map((one) => one.canonical)
      .filter((state) => /^[A-Z_]+$/.test(state) && state !== 'NONE')
    expect(STATES.length).toBeGreaterThan(12)
    const denied = {
      ...base,
      status: 'DELIVERED' as const,
      result: { decision: 'denied' as const, documents: [] },
    }
    const told = jiangsu.dialect.case.read(jiangsu.dialect.case.write(denied, context), context)
    expect([told.status, told.result?.decision]).toEqual(['DELIVERED', 'denied'])
    for (const status of STATES as never[]) {
      const denied = status === 'DENIED'
      const canon = {
        ...base,
        status,
        ...(denied ? { result: { decision: 'denied' as const, documents: [] } } : {}),
      }
      const wire = jiangsu.dialect.case.write(canon, context)
      expect([status, jiangsu.dialect.case.read(wire, context).status]).toEqual([status, status])
    }
  })
})

describe('what cannot be said in Jiangsu’s words', () => {
  const refused = async (change: (application: Application) => Application, matter?: Partial<Matter>) => {
    const own = { ...(await readMatter()), ...matter }
    const application: Application = {
      matter: own.id,
      division: '320500',
      sourceDivision: '310000',
      applicant: {
        kind: 'person',
        name: '甲',
        idDocument: { type: '111', number: '320501190001010015' },
        mobile: '10000000001',
      },
      form: {},
      documents: [],
    }
    try {
      jiangsu.dialect.application.write(change(application), {
        ...context,
        matter: own,
        sourceNumber: 'CSJ1',
        appliedAt: '2026-03-02T09:05:00+08:00',
      })
    } catch (error) {
      if (error instanceof GatewayError) return [error.code, ...error.errors.map((one) => one.pointer)]
      throw error
    }
    return ['written']
  }
  test('an organisation without an agent, a person without a mobile, a mode without a code', async () => {
    const firm = {
      kind: 'organisation' as const,
      name: '乙',
      idDocument: { type: '001', number: '91320500MA1TEXT06A' },
      legalRepresentative: '甲',
    }
    expect(await refused((one) => ({ ...one, applicant: firm }))).toEqual(['CONVERSION_INCOMPLETE', '/agent'])
    expect(
      await refused(({ applicant: { mobile: _, ...rest }, ...one }) => ({ ...one, applicant: rest })),
    ).toEqual(['CONVERSION_INCOMPLETE', '/applicant/mobile'])
    expect(await refused((one) => ({ ...one, mode: 'authorisedLocal' }))).toEqual([
      'CONVERSION_INCOMPLETE',
      '/mode',
    ])
  })
  test('a required document by licence alone', async () => {
    const [material] = (await readMatter()).documents
    const licence = { id: material?.id ?? '', mode: 'licence' as const, licence: 'x' }
    expect(await refused((one) => ({ ...one, documents: [licence] }))).toEqual([
      'CONVERSION_INCOMPLETE',
      '/documents/0/mode',
    ])
    expect(await refused((one) => ({ ...one, documents: [licence] }), { region: 'zhejiang' })).toEqual([
      'written',
    ])
  })
})
