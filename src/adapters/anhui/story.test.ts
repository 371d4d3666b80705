/** Applications at the played region: filed, followed, corrected, withdrawn, with answers that are lost. */
import { describe, expect, test } from 'vitest'
import { simulateAnhui } from '../../sandbox/anhui/index.ts'
import type { Application } from '../../schemas/application.ts'
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
import type { Transport } from '../kit/transport.ts'
import type { AnhuiConfig } from './config.ts'
import { anhui } from './index.ts'
import { unidOf } from './numbers.ts'

const { application } = anhui.dialect
const now = () => new Date('2099-01-02T09:00:50+08:00')

/** The sandbox's Anhui over its own interface, a clock that the test turns, and callbacks that our adapter reads. */
function played() {
  let at = new Date('2099-01-02T09:00:46+08:00')
  const events: RegionalEvent[] = []
  const refused: unknown[] = []
  let lose: string | undefined
  let drop: string | undefined
  let bend: ((body: string) => string) | undefined
  const sent: string[] = []
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
    if (drop !== undefined && out.url.endsWith(drop)) {
      drop = undefined
      throw new Error('the request is lost')
    }
    sent.push(out.url.slice(out.url.lastIndexOf('/') + 1))
    const answer = await region.app.request(out.url, {
      method: out.method,
      headers: out.headers,
      ...(out.body === undefined ? {} : { body: new Uint8Array(Buffer.from(out.body)) }),
    })
    const whole = {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: bend ? Buffer.from(bend(await answer.text())) : Buffer.from(await answer.arrayBuffer()),
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
    sent,
    loseAnswerOf: (path: string) => {
      lose = path
    },
    loseRequestOf: (path: string) => {
      drop = path
    },
    /** Changes what the region answers from now on. */
    bendAnswers: (how: (body: string) => string) => {
      bend = how
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

  test('a submission that never arrived is sent again, its files are not', async () => {
    const here = played()
    const work = await filingAt(here)
    here.loseRequestOf('apasInfo')
    await expect(here.link.submit(work.filing())).rejects.toThrow('lost')
    expect(await here.link.submit(work.filing())).toMatchObject({ status: 'SUBMITTED' })
    expect(here.sent.filter((one) => one === 'materialUpload')).toHaveLength(1)
    expect(here.sent.filter((one) => one === 'apasInfo')).toHaveLength(1)
  })

  test('a number that lapsed after a submission that never arrived is replaced', async () => {
    const here = played()
    const work = await filingAt(here)
    here.loseRequestOf('apasInfo')
    await expect(here.link.submit(work.filing())).rejects.toThrow('lost')
    const first = work.kept.handle['projid']
    here.pass(25 * 3600)
    const filed = await here.link.submit(work.filing())
    expect([filed.status, filed.caseNumber === first]).toEqual(['SUBMITTED', false])
  })

  test('a duplicate of somebody else’s is no success of ours', async () => {
    const here = played()
    const { filing, kept } = await submitted(here)
    const { submitting: _mark, ...rest } = kept.handle
    kept.handle = rest
    here.bendAnswers((body) => body.replaceAll(/"unid":"[0-9a-f]{32}"/g, `"unid":"${'f'.repeat(32)}"`))
    await expect(here.link.submit(filing())).rejects.toMatchObject({ code: 'DUPLICATE_CASE' })
  })

  test('a file that arrived as another is not registered', async () => {
    const here = played()
    const work = await filingAt(here)
    here.bendAnswers((body) => body.replaceAll(/"md5":"[0-9a-f]{32}"/g, `"md5":"${'0'.repeat(32)}"`))
    await expect(here.link.submit(work.filing())).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { operation: 'material-upload', reason: 'digest' },
    })
    expect(here.sent).not.toContain('apasInfo')
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
