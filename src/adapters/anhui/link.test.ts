import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/ah.json' with { type: 'json' }
import { simulateAnhui } from '../../sandbox/anhui/index.ts'
import type { Application } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import type {
  ApplicationContext,
  Correcting,
  FileContent,
  FiledCase,
  Filing,
  Handle,
  RegionalEvent,
  RegionLink,
} from '../kit/contract.ts'
import type { Incoming, Outgoing, Transport } from '../kit/transport.ts'
import type { AnhuiConfig } from './config.ts'
import { anhui } from './index.ts'
import { unidOf } from './numbers.ts'

const { application } = anhui.dialect
const samples = vectors.samples as unknown as readonly {
  op: string
  note?: string
  request: {
    method: string
    path: string
    headers?: Record<string, string>
    body?: unknown
    form?: Record<string, string>
  }
  response: { status: number; body: unknown }
}[]
const sample = (op: string) => {
  const found = samples.find((one) => one.op === op)
  if (!found) throw new Error(op)
  return found
}
const now = () => new Date('2099-01-02T09:00:50+08:00')

/** A link whose transport answers these operations with their samples, and keeps what was sent. */
function answering(...ops: readonly string[]) {
  const sent: Outgoing[] = []
  const transport: Transport = async (out) => {
    sent.push(out)
    const found = samples.find((one) => ops.includes(one.op) && out.url.endsWith(one.request.path))
    return answerOf(found?.response.body ?? { result: '09' })
  }
  return { link: anhui.connect(vectors.config, transport, now), sent }
}
const answerOf = (body: unknown, status = 200, headers = {}): Incoming => ({
  status,
  headers,
  body: Buffer.from(JSON.stringify(body)),
})

/** What of a request is the same in every attempt. */
const stable = (out: Outgoing | undefined) => ({
  method: out?.method,
  path: out?.url.replace(vectors.config.baseUrl, ''),
  body: String(out?.body ?? ''),
  group: out?.headers['S-Auth-GroupId'],
  area: out?.headers['S-Area-Code'],
})
const formOf = (op: string) => new URLSearchParams(sample(op).request.form ?? {}).toString()

const handle: Handle = {
  unid: '0123456789abcdef0123456789abcdef',
  projid: 'AH340100209901020001',
  projpwd: '094487',
  'upload:up_1@M099902001':
    '["/zzwk/file/ed6edd4a34d5cd9d3db5236b97398097.jpg","身份证.jpg","ea13b60e4b8add96"]',
}

describe('requests equal the samples, answers are read', () => {
  const someCase = (matter: Matter): FiledCase => ({
    division: '340100',
    caseNumber: 'AH340100209901020001',
    matter,
    application: {} as Application,
    sourceNumber: 'CSJ20990102AAAAAAAAAAAA',
    appliedAt: '2099-01-02T09:00:00+08:00',
    status: 'SUBMITTED',
    handle,
  })
  const readProof = () => {
    const made = answering('matter-detail', 'material-list')
    return made.link
      .readMatter({ division: '340100', code: '3401000000000099902' })
      .then((matter) => ({ ...made, matter }))
  }

  test('health', async () => {
    const { link, sent } = answering('health')
    await link.health('340100')
    expect(stable(sent[0])).toMatchObject({
      method: 'GET',
      path: sample('health').request.path,
      group: 'fakegroupah01',
    })
    expect(sent[0]?.headers['S-Content-MD5']).toBeUndefined()
  })
  test('matter-list', async () => {
    const { link, sent } = answering('matter-list')
    const page = await link.listMatters({ division: '340100', page: 1, pageSize: 2 })
    expect(JSON.parse(stable(sent[0]).body)).toEqual(sample('matter-list').request.body)
    expect(page).toMatchObject({ total: 15, items: [{ code: '3401000000000099901', state: 'active' }, {}] })
    await link.listMatters({
      division: '340100',
      page: 2,
      pageSize: 500,
      changedSince: '2025-02-01T00:00:00+08:00',
    })
    expect(JSON.parse(stable(sent[1]).body)).toEqual({
      areaCode: '340100000000',
      updateTime: '2025-02-01 00:00:00',
      pageNum: 2,
      pageSize: 100,
    })
  })
  test('matter-detail and material-list', async () => {
    const { sent, matter } = await readProof()
    expect(JSON.parse(stable(sent[0]).body)).toEqual(sample('matter-detail').request.body)
    expect(stable(sent[1])).toMatchObject({ area: '340100000000', group: 'fakegroupah03' })
    expect(JSON.parse(stable(sent[1]).body)).toEqual(sample('material-list').request.body)
    expect(matter.documents).toHaveLength(2)
  })
  test('case-query', async () => {
    const { link, sent } = answering('case-query')
    const { matter } = await readProof()
    const found = await link.readCase(someCase(matter))
    expect(stable(sent[0]).body).toBe(formOf('case-query'))
    expect(found).toMatchObject({ status: 'CORRECTION_REQUIRED', updatedAt: '2099-01-02T09:00:50+08:00' })
  })
  test('case-list', async () => {
    const { link, sent } = answering('case-list')
    const holder = { name: '测试甲', idDocument: { type: '111', number: '34010319000101001X' } }
    const page = await link.listCases({ division: '340100', holder, page: 1, pageSize: 2, auditNumber: 'a' })
    expect(stable(sent[0]).body).toBe(formOf('case-list'))
    expect(page).toMatchObject({
      total: 4,
      items: [
        { status: 'DELIVERED', division: '340100', handle: { projpwd: '094487' } },
        { appliedAt: '2024-09-20T10:00:00+08:00', handle: { projid: 'AH340100202409200001' } },
      ],
    })
    expect(page.items[1]?.handle).not.toHaveProperty('projpwd')
  })
  test('case-withdraw', async () => {
    const { link, sent } = answering('case-withdraw')
    const { matter } = await readProof()
    const filed: FiledCase = {
      ...someCase({ ...matter, regional: { code: '3401000000000099905' } }),
      caseNumber: 'AH340100209901020002',
      handle: {
        unid: 'fedcba9876543210fedcba9876543210',
        projid: 'AH340100209901020002',
        projpwd: '027256',
      },
    }
    const at = new Date('2099-01-02T10:00:00+08:00')
    const done = await link.withdraw(filed, { reason: '申请人要求撤回', at })
    expect(stable(sent[0]).body).toBe(formOf('case-withdraw'))
    expect(done).toMatchObject({ status: 'WITHDRAWN', rawStatus: { code: '22' } })
  })
  test('result-download', async () => {
    const { link, sent } = answering('result-download', 'case-query')
    const { matter } = await readProof()
    const current = await link.readCase(someCase(matter))
    expect(await link.readResult(someCase(matter), current)).toEqual([])
    const files = await link.readResult(someCase(matter), { ...current, status: 'DELIVERED' })
    expect(stable(sent[1]).body).toBe(formOf('result-download'))
    expect(files.map((one) => [one.kind, one.name, one.contentType, one.bytes.length])).toEqual([
      ['result', '户籍事项证明.pdf', 'application/pdf', 561],
      ['result', '送达回证.pdf', 'application/pdf', 561],
    ])
  })
  test('material-download', async () => {
    const { link, sent } = answering('material-download')
    const { matter } = await readProof()
    const filed = someCase(matter)
    const file = await link.download(filed, '/zzwk/file/ed6edd4a34d5cd9d3db5236b97398097.jpg')
    expect(JSON.parse(stable(sent[0]).body)).toEqual(sample('material-download').request.body)
    expect([file.name, String(file.bytes)]).toEqual(['身份证.jpg', 'FAKE-JPEG'])
    await expect(link.download(filed, '/zzwk/file/other.jpg')).rejects.toMatchObject({
      code: 'UPLOAD_NOT_FOUND',
    })
  })
  test('take-number, material-upload and apply-submit', async () => {
    const { link, sent } = answering('take-number', 'material-upload', 'apply-submit')
    const { matter } = await readProof()
    const canon: Application = {
      matter: matter.id,
      division: '340100',
      sourceDivision: '310000',
      applicant: {
        kind: 'person',
        name: '测试甲',
        idDocument: { type: '111', number: '34010319000101001X' },
        mobile: '10000000001',
        address: '示例路1号',
      },
      form: { ZM_TYPE: '3', ZM_REASON: '办理继承公证', TAKE_MODE: '1' },
      documents: [{ id: 'M099902001', mode: 'upload', uploads: ['up_1'] }],
      appliedAt: '2099-01-02T09:00:00+08:00',
    }
    const context: ApplicationContext = {
      matter,
      options: vectors.config.options as unknown as Record<string, unknown>,
      sourceNumber: 'CSJ20990102AAAAAAAAAAAA',
      appliedAt: '2099-01-02T09:00:00+08:00',
    }
    const kept: Handle[] = []
    const filed = await link.submit({
      division: '340100',
      matter,
      application: canon,
      wire: application.write(canon, context),
      sourceNumber: context.sourceNumber,
      appliedAt: context.appliedAt,
      handle: {},
      file: async () => ({ name: '身份证.jpg', contentType: 'image/jpeg', bytes: Buffer.from('FAKE-JPEG') }),
      keep: async (one) => void kept.push(one),
      now,
    })
    // The gateway's own key stands where the sample has its.
    const unid = unidOf(context.sourceNumber)
    const ours = (text: string) => text.replaceAll('0123456789abcdef0123456789abcdef', unid)
    expect(stable(sent[0]).body).toBe(ours(formOf('take-number')))
    expect(stable(sent[1])).toMatchObject({ area: '340100000000', group: 'fakegroupah03' })
    const upload = stable(sent[1]).body
    for (const told of [unid, 'M099902001', '居民身份证', 'filename="身份证.jpg"', 'FAKE-JPEG'])
      expect(upload).toContain(told)
    expect(stable(sent[2]).body).toBe(ours(formOf('apply-submit')))
    expect(filed).toMatchObject({ caseNumber: 'AH340100209901020001', status: 'SUBMITTED' })
    expect(kept.map((one) => Object.keys(one).length)).toEqual([3, 4, 5])
  })
  test('trap 10: the password keeps its leading noughts, and every attempt has a new nonce', async () => {
    const { link, sent } = answering('case-query')
    const { matter } = await readProof()
    const filed: FiledCase = { ...someCase(matter), handle: { ...handle, projpwd: '004711' } }
    await link.readCase(filed)
    await link.readCase(filed)
    expect(stable(sent[0]).body).toContain('004711')
    expect(new Set(sent.map((one) => one.headers['S-Auth-Nonce'])).size).toBe(2)
  })
})

describe('the front’s refusals', () => {
  const front = (code: string, status = 401, headers = {}) =>
    answerOf({ code, message: 'x', requestId: 'r' }, status, headers)
  const well = () => answerOf({ result: '01', resultmsg: 'ok', data: {} })
  const asking = (...answers: readonly (() => Incoming)[]) => {
    const sent: Outgoing[] = []
    const transport: Transport = async (out) => {
      sent.push(out)
      return (answers[sent.length - 1] ?? well)()
    }
    return { run: () => anhui.connect(vectors.config, transport, now).health('340100'), sent }
  }
  test('another clock is taken over once', async () => {
    const date = new Date(now().getTime() + 900_000).toUTCString()
    const { run, sent } = asking(() => front('10002', 401, { date }))
    await run()
    const [first, second] = sent.map((one) => Number(one.headers['S-Auth-Timestamp']))
    expect((second ?? 0) - (first ?? 0)).toBe(900_000)
    const again = asking(
      () => front('10002', 401, { date }),
      () => front('10002', 401, { date }),
    )
    await expect(again.run()).rejects.toMatchObject({ code: 'REGION_AUTH', facts: { code: '10002' } })
  })
  test('a nonce that was there before is replaced once', async () => {
    const { run, sent } = asking(() => front('10004'))
    await run()
    expect(new Set(sent.map((one) => one.headers['S-Auth-Nonce'])).size).toBe(2)
  })
  test.each(['10001', '10003', '10005', '10006', '10007', '10008'])('%s is not repeated', async (code) => {
    const { run, sent } = asking(() => front(code))
    await expect(run()).rejects.toMatchObject({ code: 'REGION_AUTH', facts: { code } })
    expect(sent).toHaveLength(1)
  })
  test('a fault inside the platform is no answer', async () => {
    await expect(asking(() => front('10500', 500)).run()).rejects.toMatchObject({
      code: 'REGION_UNAVAILABLE',
    })
    await expect(
      asking(() => answerOf({ result: '09', resultmsg: '系统异常', data: null })).run(),
    ).rejects.toMatchObject({ code: 'REGION_UNAVAILABLE' })
  })
  test('a prefix of the base address is signed as well', async () => {
    const sent: Outgoing[] = []
    const config = { ...vectors.config, baseUrl: 'http://ah.test/front' }
    const link = anhui.connect(
      config,
      async (out) => {
        sent.push(out)
        return well()
      },
      now,
    )
    await link.health('340100')
    expect(sent[0]?.url).toBe(`http://ah.test/front${sample('health').request.path}`)
  })
})

/** The sandbox's Anhui over its own interface, a clock that the test turns, and callbacks that our adapter reads. */
function played() {
  let at = new Date('2099-01-02T09:00:46+08:00')
  const events: RegionalEvent[] = []
  const refused: unknown[] = []
  let lose: string | undefined
  const region = simulateAnhui({
    now: () => at,
    baseUrl: 'http://ah.test',
    gatewayUrl: 'http://127.0.0.1:8080',
    post: async (url, headers, body) => {
      const { pathname, search } = new URL(url)
      const opened = anhui.openCallback(
        {
          method: 'POST',
          target: pathname + search,
          headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k.toLowerCase(), v])),
          body: Buffer.from(body),
        },
        config,
        at,
      )
      if (!opened.accepted || !('event' in opened.content)) {
        refused.push(opened)
        return { status: 401, body: '' }
      }
      events.push(opened.content.event)
      return opened.answers.taken(opened.content.event.caseNumber)
    },
  })
  const config = region.config as unknown as AnhuiConfig
  const transport: Transport = async (out) => {
    const answer = await region.app.request(out.url, {
      method: out.method,
      headers: out.headers,
      ...(out.body === undefined ? {} : { body: new Uint8Array(Buffer.from(out.body)) }),
    })
    const whole = {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    }
    if (lose !== undefined && out.url.endsWith(lose)) {
      lose = undefined
      throw new Error('the answer is lost')
    }
    return whole
  }
  const move = async (number: string, to: RegionalEvent['status'], materials?: readonly string[]) => {
    at = new Date(at.getTime() + 5_000)
    region.advance(number, { to, ...(materials ? { materials } : {}) })
    await region.sendCallbacks()
  }
  return {
    region,
    events,
    refused,
    move,
    config,
    link: anhui.connect(config, transport, () => at),
    pass: (seconds: number) => {
      at = new Date(at.getTime() + seconds * 1000)
    },
    loseAnswerOf: (path: string) => {
      lose = path
    },
  }
}
type Played = ReturnType<typeof played>

/** A licence of the first test person: the identity card of the licence samples. */
const LICENCE = [
  '11100001',
  '1.2.156.3005.2.11340000MB1FAKE98T001.11340100MB1FAKE125.000000001.001.D',
] as const

const PHOTO: FileContent = { name: '身份证.jpg', contentType: 'image/jpeg', bytes: Buffer.from('FAKE-JPEG') }
const BETTER: FileContent = { ...PHOTO, name: '身份证2.jpg', bytes: Buffer.from('BETTER-JPEG') }
const FILES: Readonly<Record<string, FileContent>> = { up_1: PHOTO, up_2: BETTER }

/** An application at the played region, with the handle as the gateway would keep it. */
async function filingAt(here: Played, source = 'CSJ20990102AAAAAAAAAAAA') {
  const matter = await here.link.readMatter({ division: '340100', code: '3401000000000099902' })
  const canon: Application = {
    matter: matter.id,
    division: '340100',
    sourceDivision: '310000',
    applicant: {
      kind: 'person',
      name: '测试甲',
      idDocument: { type: '111', number: '34010319000101001X' },
      mobile: '10000000001',
    },
    form: { ZM_TYPE: '3', ZM_REASON: '办理继承公证 <&>', TAKE_MODE: '1' },
    documents: [
      { id: 'M099902001', mode: 'upload', uploads: ['up_1'] },
      { id: 'M099902002', mode: 'later' },
    ],
    appliedAt: '2099-01-02T09:00:00+08:00',
  }
  const context: ApplicationContext = {
    matter,
    options: here.config.options as unknown as Record<string, unknown>,
    sourceNumber: source,
    appliedAt: '2099-01-02T09:00:00+08:00',
  }
  const kept = { handle: {} as Handle }
  const filing = (changed: Application = canon): Filing => ({
    division: '340100',
    matter,
    application: changed,
    wire: application.write(changed, context),
    sourceNumber: source,
    appliedAt: context.appliedAt,
    handle: kept.handle,
    file: async (id) => FILES[id] ?? PHOTO,
    keep: async (one) => {
      kept.handle = one
    },
    now,
  })
  const filedCase = (caseNumber: string, status: FiledCase['status']): FiledCase => ({
    division: '340100',
    caseNumber,
    matter,
    application: canon,
    sourceNumber: source,
    appliedAt: context.appliedAt,
    status,
    handle: kept.handle,
  })
  const correcting = (caseNumber: string, correctedAt: string): Correcting => {
    const changed: Application = {
      ...canon,
      documents: [{ id: 'M099902001', mode: 'upload', uploads: ['up_2'] }, ...canon.documents.slice(1)],
    }
    return {
      ...filing(changed),
      filed: filedCase(caseNumber, 'CORRECTION_REQUIRED'),
      request: { fields: [], documents: [], reason: '' },
      changed: { fields: [], documents: ['M099902001'] },
      note: '已补正',
      correctedAt,
    }
  }
  return { kept, filing, filedCase, correcting }
}

const submitted = async (here: Played) => {
  const work = await filingAt(here)
  const filed = await here.link.submit(work.filing())
  work.kept.handle = filed.handle
  return { ...work, filed }
}

describe('against the played region', () => {
  test('every matter of a city is listed, and read as it says', async () => {
    const { link } = played()
    const rows: string[] = []
    for (let page = 1; ; page += 1) {
      const { items, total } = await link.listMatters({ division: '340100', page, pageSize: 6 })
      rows.push(...items.map((one) => one.code))
      if (rows.length >= total) break
    }
    expect(new Set(rows).size).toBe(15)
    const matters = await Promise.all(rows.map((code) => link.readMatter({ division: '340100', code })))
    expect(matters.filter((one) => one.fileable)).toHaveLength(14)
    const tombstones = await link.listMatters({
      division: '340100',
      page: 1,
      pageSize: 100,
      changedSince: '2019-01-01T00:00:00+08:00',
    })
    expect(tombstones.items.filter((one) => one.state === 'cancelled')).toHaveLength(1)
  })

  test('one application goes from filing over a correction to delivery', async () => {
    const here = played()
    const { kept, filed, filedCase, correcting } = await submitted(here)
    const number = filed.caseNumber
    expect(number).toMatch(/^AH340100\d{12}$/)
    expect(filed).toMatchObject({ status: 'SUBMITTED', rawStatus: { code: '01', label: '待预审' } })

    await here.move(number, 'RECEIVED')
    await here.move(number, 'CORRECTION_REQUIRED', ['M099902001'])
    const asked = await here.link.readCase(filedCase(number, 'CORRECTION_REQUIRED'))
    expect(asked.correction?.documents.map((one) => one.id)).toEqual(['M099902001'])
    expect(here.events.at(-1)?.correction?.documents.map((one) => one.id)).toEqual(['M099902001'])

    const corrected = await here.link.correct(correcting(number, '2099-01-02T10:00:00+08:00'))
    expect(corrected).toMatchObject({ status: 'RECEIVED', caseNumber: number })
    kept.handle = corrected.handle

    for (const to of ['ACCEPTED', 'IN_REVIEW', 'APPROVED', 'COMPLETED', 'DELIVERED'] as const)
      await here.move(number, to)
    expect(here.refused).toEqual([])
    expect(here.events.map((one) => one.status)).toEqual([
      'RECEIVED',
      'CORRECTION_REQUIRED',
      'ACCEPTED',
      'IN_REVIEW',
      'APPROVED',
      'COMPLETED',
      'DELIVERED',
    ])
    expect(here.events.every((one) => one.caseKey === unidOf('CSJ20990102AAAAAAAAAAAA'))).toBe(true)
    expect(here.events.flatMap((one) => one.alarms)).toEqual([])

    const done = await here.link.readCase(filedCase(number, 'DELIVERED'))
    expect(done).toMatchObject({ status: 'DELIVERED', result: { decision: 'granted' } })
    expect(done.steps?.map((one) => one.status).slice(-2)).toEqual(['COMPLETED', 'DELIVERED'])
    const files = await here.link.readResult(filedCase(number, 'DELIVERED'), done)
    expect(files[0]?.bytes.toString('latin1')).toMatch(/^%PDF/)
    const [url] = JSON.parse(kept.handle['upload:up_2@M099902001'] ?? '[]') as string[]
    const back = await here.link.download(filedCase(number, 'DELIVERED'), url ?? '')
    expect(String(back.bytes)).toBe('BETTER-JPEG')
    const holder = { name: '测试甲', idDocument: { type: '111', number: '34010319000101001X' } }
    const list = await here.link.listCases({
      division: '340100',
      holder,
      page: 1,
      pageSize: 50,
      auditNumber: '1',
    })
    expect(list.items[0]).toMatchObject({ caseNumber: number, status: 'DELIVERED' })
  })

  test.each(['projIdFeedback', 'materialUpload', 'apasInfo'])(
    'an answer to %s that is lost leaves one case, one number and one file',
    async (path) => {
      const here = played()
      const before = here.region.cases().length
      const work = await filingAt(here)
      here.loseAnswerOf(path)
      await expect(here.link.submit(work.filing())).rejects.toThrow('lost')
      const filed = await here.link.submit(work.filing())
      expect(filed.status).toBe('SUBMITTED')
      expect(here.region.cases()).toHaveLength(before + 1)
      expect(here.region.refusals()).toEqual([])
    },
  )

  test('a repetition after the case moved on answers with its present state, and sends nothing', async () => {
    const here = played()
    const work = await filingAt(here)
    here.loseAnswerOf('apasInfo')
    await expect(here.link.submit(work.filing())).rejects.toThrow('lost')
    const [unid] = here.region.cases().filter((one) => one.sourceNumber === unidOf('CSJ20990102AAAAAAAAAAAA'))
    await here.move(unid?.number ?? '', 'PRECHECK_RETURNED')
    const filed = await here.link.submit(work.filing())
    expect(filed).toMatchObject({ status: 'PRECHECK_RETURNED', occurredAt: expect.any(String) })
  })

  test('a duplicate without a mark of ours counts as success', async () => {
    const here = played()
    const { filing, filed, kept } = await submitted(here)
    const { submitting: _mark, ...rest } = kept.handle
    kept.handle = rest
    expect(await here.link.submit(filing())).toMatchObject({
      caseNumber: filed.caseNumber,
      status: 'SUBMITTED',
    })
  })

  test('a number that lapsed unused is replaced, and its files are sent anew', async () => {
    const here = played()
    const work = await filingAt(here)
    here.loseAnswerOf('materialUpload')
    await expect(here.link.submit(work.filing())).rejects.toThrow('lost')
    const first = work.kept.handle['projid']
    here.pass(25 * 3600)
    const filed = await here.link.submit(work.filing())
    expect(filed.caseNumber).not.toBe(first)
    expect(filed.status).toBe('SUBMITTED')
  })

  test('a correction whose answer was lost is answered once', async () => {
    const here = played()
    const { filed, correcting } = await submitted(here)
    const number = filed.caseNumber
    const when = '2099-01-02T10:00:00+08:00'
    await here.move(number, 'RECEIVED')
    await here.move(number, 'CORRECTION_REQUIRED', ['M099902001'])
    const repeated = () => ({ ...correcting(number, when), isRepeated: true as const })
    here.loseAnswerOf('apasInfo')
    await expect(here.link.correct(correcting(number, when))).rejects.toThrow('lost')
    expect(await here.link.correct(repeated())).toMatchObject({ status: 'RECEIVED' })
    // The region asks once more before the gateway hears of it: the old answer is not sent for the new question.
    await here.move(number, 'CORRECTION_REQUIRED', ['M099902001'])
    expect(await here.link.correct(repeated())).toMatchObject({ status: 'CORRECTION_REQUIRED' })
    expect(await here.link.correct(correcting(number, '2099-01-02T11:00:00+08:00'))).toMatchObject({
      status: 'RECEIVED',
    })
    await expect(here.link.correct(correcting(number, '2099-01-02T12:00:00+08:00'))).rejects.toMatchObject({
      code: 'STATE_CONFLICT',
    })
  })

  test('two corrections of one second are two', async () => {
    const here = played()
    const { filed, correcting, kept } = await submitted(here)
    const number = filed.caseNumber
    for (const round of [1, 2]) {
      await here.move(number, 'PRECHECK_RETURNED', ['M099902001'])
      const corrected = await here.link.correct(correcting(number, '2099-01-02T10:00:00+08:00'))
      expect([round, corrected.status]).toEqual([round, 'SUBMITTED'])
      kept.handle = corrected.handle
    }
  })

  test('a returned pre-check is answered too, and goes back to it', async () => {
    const here = played()
    const { filed, correcting } = await submitted(here)
    await here.move(filed.caseNumber, 'PRECHECK_RETURNED', ['M099902001'])
    expect(await here.link.correct(correcting(filed.caseNumber, '2099-01-02T10:00:00+08:00'))).toMatchObject({
      status: 'SUBMITTED',
    })
  })

  test('a withdrawal is done once, and not after the end', async () => {
    const here = played()
    const { filed, filedCase } = await submitted(here)
    const ask = { reason: '申请人要求撤回', at: new Date('2099-01-02T10:00:00+08:00') }
    const withdraw = (): ReturnType<RegionLink['withdraw']> =>
      here.link.withdraw(filedCase(filed.caseNumber, 'SUBMITTED'), ask)
    expect(await withdraw()).toMatchObject({ status: 'WITHDRAWN' })
    expect(await withdraw()).toMatchObject({ status: 'WITHDRAWN' })
    const other = await filingAt(here, 'CSJ20990102BBBBBBBBBBBB')
    const second = await here.link.submit(other.filing())
    other.kept.handle = second.handle
    await here.move(second.caseNumber, 'NOT_ACCEPTED')
    await expect(
      here.link.withdraw(other.filedCase(second.caseNumber, 'NOT_ACCEPTED'), ask),
    ).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
    const current = await here.link.readCase(other.filedCase(second.caseNumber, 'NOT_ACCEPTED'))
    const files = await here.link.readResult(other.filedCase(second.caseNumber, 'NOT_ACCEPTED'), current)
    expect(files[0]?.kind).toBe('notAcceptedNotice')
  })

  test('a licence stands for a document', async () => {
    const here = played()
    const work = await filingAt(here)
    const { application: canon } = work.filing()
    const [, licence] = LICENCE
    const documents: Application['documents'] = [{ id: 'M099902001', mode: 'licence', licence }]
    expect(await here.link.submit(work.filing({ ...canon, documents }))).toMatchObject({
      status: 'SUBMITTED',
    })
  })

  test('a firm files through its agent, and gets its matter’s own hours and lists', async () => {
    const here = played()
    const matter = await here.link.readMatter({ division: '340100', code: '3401000000000099912' })
    const canon: Application = {
      matter: matter.id,
      division: '340100',
      sourceDivision: '320500',
      applicant: {
        kind: 'organisation',
        name: '芜湖示例制造有限公司',
        idDocument: { type: '001', number: '91340200MA2FAKE100' },
        legalRepresentative: '测试乙',
      },
      agent: {
        name: '测试丙',
        idDocument: { type: '111', number: '341302190204050033' },
        mobile: '10000000003',
      },
      form: { COMPANY_NAME: '示例公司', REG_CAPITAL: '100.50', BIZ_SCOPE: '示例', COMPANY_ADDR: '示例路1号' },
      documents: [
        { id: 'M099912001', mode: 'upload', uploads: ['up_1'] },
        { id: 'M099912002', mode: 'scan', uploads: ['up_1', 'up_2'] },
      ],
    }
    const source = { sourceNumber: 'CSJ20990102CCCCCCCCCCCC', appliedAt: '2099-01-02T09:00:00+08:00' }
    const context = { matter, options: here.config.options as unknown as Record<string, unknown>, ...source }
    const pdf: FileContent = {
      name: '章程.pdf',
      contentType: 'application/pdf',
      bytes: Buffer.from('%PDF-1'),
    }
    const filed = await here.link.submit({
      division: '340100',
      matter,
      application: canon,
      wire: application.write(canon, context),
      ...source,
      handle: {},
      file: async (id) => ({ ...pdf, bytes: Buffer.from(`%PDF-${id}`) }),
      keep: async () => undefined,
      now,
    })
    expect(filed.status).toBe('SUBMITTED')
    // One upload in two materials has a reference in each.
    expect(Object.keys(filed.handle).filter((key) => key.startsWith('upload:'))).toHaveLength(3)
  })

  test('a refusal names its place in the application', async () => {
    const here = played()
    const work = await filingAt(here)
    const filing = work.filing()
    const wire = structuredClone(filing.wire) as {
      formXml: { RECORD: { FORMDATA: Record<string, string> } }
    }
    wire.formXml.RECORD.FORMDATA['ZM_TYPE'] = '9'
    await expect(here.link.submit({ ...filing, wire })).rejects.toMatchObject({
      code: 'REGION_REJECTED',
      facts: { region: 'anhui', operation: 'apply-submit', code: '02', member: 'ZM_TYPE' },
      errors: [{ pointer: '/form/ZM_TYPE' }],
    })
  })

  test('a wrong secret is refused by the front', async () => {
    const here = played()
    const config = {
      ...here.config,
      credentials: { ...here.config.credentials, appSecret: 'x' },
    }
    const link = anhui.connect(
      config,
      async (out) => {
        const answer = await here.region.app.request(out.url, { method: out.method, headers: out.headers })
        return {
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          body: Buffer.from(await answer.arrayBuffer()),
        }
      },
      () => new Date('2099-01-02T09:00:46+08:00'),
    )
    await expect(link.health('340100')).rejects.toMatchObject({
      code: 'REGION_AUTH',
      facts: { code: '10003' },
    })
  })
})
