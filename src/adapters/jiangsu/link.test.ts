/** The calls in their order (4.b, 4.d, 4.l), also when one is repeated or its answer was lost (1.5). */
import { describe, expect, test } from 'vitest'
import type { Application } from '../../schemas/application.ts'
import type { Correcting, FiledCase, Filing, Handle } from '../kit/contract.ts'
import { jiangsu } from './index.ts'
import { config, context, jsonOf, now, platform, readMatter, sample } from './test-samples.ts'

const PROJECT = '5c169abe-b050-b37d-ce01-eb5ceb594eb5'
const [CARD, PHOTO] = ['8754fbcb-d1be-6f73-3e7b-38763fada785', '10b678e6-559e-ceea-d21e-840c8abf0656']
const refuse = (text: string) => ({ code: 0, text })
const detail = (change: object = {}) => ({ ...jsonOf(sample('case-query').response.body).custom, ...change })
const actions = (sent: readonly { action: string }[]) => sent.map((one) => one.action)

async function filingOf(more: Partial<Filing> & { uploads?: readonly string[] } = {}) {
  const matter = more.matter ?? (await readMatter())
  const [card = 'up_card', photo = 'up_photo'] = more.uploads ?? []
  const application: Application = {
    matter: matter.id,
    division: '320500',
    sourceDivision: '310000',
    applicant: {
      kind: 'person',
      name: '张测试',
      idDocument: { type: '111', number: '320501190001010015' },
      mobile: '10000000001',
    },
    form: { blyy: '1' },
    documents: [
      { id: CARD, mode: 'upload', uploads: [card] },
      { id: PHOTO, mode: 'upload', uploads: [photo] },
    ],
    delivery: { mode: 'pickup' },
  }
  const kept: Handle[] = []
  const filing: Filing = {
    division: '320500',
    matter,
    application,
    wire: jiangsu.dialect.application.write(application, {
      ...context,
      matter,
      sourceNumber: 'CSJ1',
      appliedAt: '2099-01-02T09:00:10+08:00',
    }),
    sourceNumber: 'CSJ1',
    appliedAt: '2099-01-02T09:00:10+08:00',
    handle: {},
    file: async (id) => ({ name: `${id}.pdf`, contentType: 'application/pdf', bytes: Buffer.from('%PDF') }),
    keep: async (handle) => void kept.push(handle),
    now,
    ...more,
  }
  return { filing, kept }
}
const filed: FiledCase = {
  division: '320500',
  caseNumber: 'JSSZ1',
  application: { applicant: { idDocument: { type: '111', number: '320501190001010015' } } },
  handle: { projectguid: PROJECT },
} as unknown as FiledCase

let files = 0
const taking = {
  initProject: () => ({ projectguid: PROJECT, status: '8' }),
  upload: () => {
    files += 1
    return { attachguid: `file-${files}`, attachname: 'x.pdf', attachlength: '4' }
  },
  submitProjectByTaskguid: () => ({ projectguid: PROJECT, flowsn: 'JSSZ1', status: '12' }),
  resubmitProject: () => ({ projectguid: PROJECT, flowsn: 'JSSZ1', status: 26 }),
  cancelProject: () => ({ projectguid: PROJECT, flowsn: 'JSSZ1', status: '98' }),
  getProjectDetail: () => detail(),
}

describe('submitting', () => {
  test('begins, uploads each file, submits; each step is kept before the next', async () => {
    const { filing, kept } = await filingOf()
    const { link, sent } = platform(taking)
    expect(await link.submit(filing)).toMatchObject({
      caseNumber: 'JSSZ1',
      status: 'SUBMITTED',
      rawStatus: { code: '12', label: '外网申报已提交' },
      handle: { projectguid: PROJECT, flowsn: 'JSSZ1' },
    })
    expect(actions(sent)).toEqual(['initProject', 'upload', 'upload', 'submitProjectByTaskguid'])
    expect(kept.map((one) => Object.keys(one).length)).toEqual([1, 2, 3])
    for (const { params } of sent.filter((one) => one.action === 'upload')) {
      expect(params).toMatchObject({ projectguid: PROJECT, areacode: '320500' })
      expect(params['clientguid']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    }
    expect(sent.at(-1)?.params).toMatchObject({ projectguid: PROJECT, sourceprojectno: 'CSJ1' })
    expect(sent.at(-1)?.params).not.toHaveProperty('materiallist')
  })

  test('a repetition sends no file again that was kept, and the others under the same clientguid', async () => {
    const { filing, kept } = await filingOf()
    const first = platform({ ...taking, submitProjectByTaskguid: () => refuse('系统繁忙，请稍后再试') })
    await expect(first.link.submit(filing)).rejects.toMatchObject({ code: 'REGION_BUSY' })
    const again = platform(taking)
    const [, half = {}] = kept
    await again.link.submit({ ...filing, handle: half, isRepeated: true })
    expect(actions(again.sent)).toEqual(['initProject', 'upload', 'submitProjectByTaskguid'])
    expect(again.sent[1]?.params['clientguid']).toBe(first.sent[2]?.params['clientguid'])
  })

  test.each([8, '10'])('a case that is only begun (%s) is submitted', async (status) => {
    const { filing } = await filingOf({ isRepeated: true, handle: { projectguid: PROJECT } })
    const { link, sent } = platform({ ...taking, initProject: () => ({ projectguid: PROJECT, status }) })
    expect((await link.submit(filing)).status).toBe('SUBMITTED')
    expect(actions(sent).at(-1)).toBe('submitProjectByTaskguid')
  })

  test.each(['12', 16, '30'])(
    'a case that is at %s already is asked for, and not submitted again',
    async (status) => {
      const { filing } = await filingOf({ isRepeated: true, handle: { projectguid: PROJECT } })
      const { link, sent } = platform({ ...taking, initProject: () => ({ projectguid: PROJECT, status }) })
      expect(await link.submit(filing)).toMatchObject({
        caseNumber: 'JSSZ209901020004',
        occurredAt: '2099-01-02T09:03:18+08:00',
      })
      expect(actions(sent)).toEqual(['initProject', 'getProjectDetail'])
      expect(sent[1]?.params).toEqual({
        areacode: '320500',
        projectguid: PROJECT,
        certnum: '320501190001010015',
      })
    },
  )

  test('an upload that comes too late means that the case was submitted', async () => {
    const { filing } = await filingOf()
    const { link } = platform({ ...taking, upload: () => refuse('当前办件状态不允许上传材料') })
    expect((await link.submit(filing)).caseNumber).toBe('JSSZ209901020004')
  })

  test('any other refusal is a refusal', async () => {
    const { filing } = await filingOf()
    const { link } = platform({ ...taking, submitProjectByTaskguid: () => refuse('材料未提交齐全') })
    await expect(link.submit(filing)).rejects.toMatchObject({
      code: 'REGION_REJECTED',
      errors: [{ pointer: '/documents' }],
    })
  })

  test('a file over the limit is refused at its place, and not sent', async () => {
    const bytes = Buffer.alloc(config.options.maxFileBytes + 1)
    const { filing } = await filingOf({
      file: async (id) => ({
        name: 'x.pdf',
        contentType: 'application/pdf',
        bytes: id === 'up_photo' ? bytes : bytes.subarray(1),
      }),
    })
    const { link, sent } = platform(taking)
    await expect(link.submit(filing)).rejects.toMatchObject({
      code: 'REGION_REJECTED',
      errors: [{ pointer: '/documents/1/uploads/0' }],
    })
    expect(actions(sent)).toEqual(['initProject', 'upload'])
  })

  test('a matter over the counter without service points is handled at a centre of the city', async () => {
    const { servicePoints: _, ...matter } = await readMatter()
    const { filing } = await filingOf({ matter })
    const { link, sent } = platform({
      ...taking,
      getWindowList: () => ({ windowlist: { centerguid: 'c1' } }),
    })
    await link.submit(filing)
    expect(sent.at(-2)).toEqual({
      action: 'getWindowList',
      params: { areacode: '320500', currentpage: '0', pagesize: '1' },
    })
    expect(sent.at(-1)?.params['centerguid']).toBe('c1')
  })

  test('the service point of the matter is named where it has one, and no centre where it is online', async () => {
    const { filing } = await filingOf()
    expect(filing.wire).toMatchObject({ applyway: '20', centerguid: '078532b4-6d9e-3d4f-0657-373f0c2c9bed' })
    const online = await filingOf({ matter: { ...(await readMatter()), mode: 'online', modes: ['online'] } })
    expect(online.filing.wire).not.toHaveProperty('centerguid')
  })
})

describe('correcting', () => {
  const correcting = async (more: Partial<Correcting> = {}): Promise<Correcting> => ({
    ...(await filingOf()).filing,
    handle: { projectguid: PROJECT, [`upload:up_card@${CARD}`]: 'f1', [`upload:up_photo@${PHOTO}`]: 'f2' },
    filed,
    request: { fields: [], documents: [{ id: PHOTO }], reason: '' },
    changed: { fields: [], documents: [PHOTO] },
    note: '已重新拍摄',
    correctedAt: '2099-01-02T09:05:00+08:00',
    ...more,
  })

  test('sends the sample’s members; an unchanged form is the empty text', async () => {
    const { link, sent } = platform(taking)
    await link.correct(await correcting())
    expect(sent[1]).toEqual({
      action: 'resubmitProject',
      params: {
        ...jsonOf(sample('case-resubmit').request.body).params,
        flowsn: 'JSSZ1',
        submitdate: '2099-01-02 09:05:00',
      },
    })
    const form = await correcting({ changed: { fields: ['ylkh'], documents: [] } })
    await link.correct(form)
    expect(sent.filter((one) => one.action === 'resubmitProject')[1]?.params['formdata']).toBe('{"blyy":"1"}')
  })

  test('a corrected material is uploaded anew, even the same file; what was not corrected is not', async () => {
    const { link, sent } = platform(taking)
    const work = await correcting()
    const { handle } = await link.correct(work)
    const uploads = () => sent.filter((one) => one.action === 'upload').map((one) => one.params)
    expect(uploads().map((one) => one['taskmaterialguid'])).toEqual([PHOTO])
    await link.correct({
      ...work,
      handle,
      changed: { fields: [], documents: [CARD] },
      correctedAt: '2099-01-02T09:06:00+08:00',
    })
    expect(uploads().map((one) => one['taskmaterialguid'])).toEqual([PHOTO, CARD])
    await link.correct({ ...work, handle, correctedAt: '2099-01-02T09:07:00+08:00' })
    expect(new Set(uploads().map((one) => one['clientguid'])).size).toBe(3)
  })

  test('a new file of one correction is not sent again with the next', async () => {
    const { link, sent } = platform(taking)
    const { filing } = await filingOf({ uploads: ['up_card', 'up_new'] })
    const work = await correcting({ wire: filing.wire })
    const { handle } = await link.correct(work)
    await link.correct({ ...work, handle, changed: { fields: ['blyy'], documents: [] } })
    expect(sent.filter((one) => one.action === 'upload')).toHaveLength(1)
  })

  test('a repetition of one correction uploads nothing twice', async () => {
    const { link, sent } = platform(taking)
    const work = await correcting()
    const { handle } = await link.correct(work)
    await link.correct({ ...work, handle })
    expect(sent.filter((one) => one.action === 'upload')).toHaveLength(1)
  })

  test('the event time comes from the operations, so that a late callback of the request does not undo it', async () => {
    const { link } = platform({ ...taking, getProjectDetail: () => detail({ status: 26 }) })
    expect(await link.correct(await correcting())).toMatchObject({
      status: 'RECEIVED',
      occurredAt: '2099-01-02T09:03:18+08:00',
    })
    const silent = platform({ ...taking, getProjectDetail: () => refuse('系统繁忙，请稍后再试') })
    const told = await silent.link.correct(await correcting())
    expect(told).toMatchObject({ status: 'RECEIVED', rawStatus: { code: '26' }, caseNumber: 'JSSZ1' })
    expect(told).not.toHaveProperty('occurredAt')
  })

  test('a repetition asks first, and sends nothing when the case has moved on', async () => {
    const { link, sent } = platform(taking)
    expect(await link.correct(await correcting({ isRepeated: true }))).toMatchObject({ status: 'IN_REVIEW' })
    expect(actions(sent)).toEqual(['getProjectDetail'])
    const waiting = platform({ ...taking, getProjectDetail: () => detail({ status: 28 }) })
    await waiting.link.correct(await correcting({ isRepeated: true }))
    expect(actions(waiting.sent)).toContain('resubmitProject')
  })

  test.each<[string, number, string | undefined]>([
    ['has moved on is done', 26, undefined],
    ['still waits is refused', 28, 'STATE_CONFLICT'],
  ])('a refusal by the state of a case that %s', async (_name, status, code) => {
    const { link } = platform({
      ...taking,
      resubmitProject: () => refuse('当前办件状态不允许补正'),
      getProjectDetail: () => detail({ status }),
    })
    const done = link.correct(await correcting())
    if (code) await expect(done).rejects.toMatchObject({ code })
    else expect((await done).status).toBe('RECEIVED')
  })
})

describe('withdrawing', () => {
  const ask = { reason: '材料有误，重新申请', at: new Date('2099-01-02T09:20:00+08:00') }

  test('sends the sample’s members', async () => {
    const { link, sent } = platform(taking)
    expect(await link.withdraw(filed, ask)).toMatchObject({ status: 'WITHDRAWN', rawStatus: { code: '98' } })
    expect(sent).toEqual([
      {
        action: 'cancelProject',
        params: {
          ...jsonOf(sample('case-withdraw').request.body).params,
          flowsn: 'JSSZ1',
          projectguid: PROJECT,
        },
      },
    ])
  })

  test('a reason is cut at 200 characters', async () => {
    const { link, sent } = platform(taking)
    await link.withdraw(filed, { ...ask, reason: '𠮷'.repeat(201) })
    expect(sent[0]?.params['cancelreason']).toBe('𠮷'.repeat(200))
  })

  test('a repetition asks first, and what is withdrawn is done', async () => {
    const done = platform({ ...taking, getProjectDetail: () => detail({ status: 98 }) })
    expect(await done.link.withdraw(filed, { ...ask, isRepeated: true })).toMatchObject({
      status: 'WITHDRAWN',
    })
    expect(actions(done.sent)).toEqual(['getProjectDetail'])
    const open = platform(taking)
    await open.link.withdraw(filed, { ...ask, isRepeated: true })
    expect(actions(open.sent)).toEqual(['getProjectDetail', 'cancelProject'])
  })

  test('a suspended case is not asked to be withdrawn, unless it was resumed since', async () => {
    const suspended = { operations: [{ operatetype: '40', operatedate: '2099-01-02 09:01:00' }] }
    const held = platform({ ...taking, getProjectDetail: () => detail(suspended) })
    const own = { ...filed, status: 'SUSPENDED' } as FiledCase
    await expect(held.link.withdraw(own, ask)).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
    expect(actions(held.sent)).toEqual(['getProjectDetail'])
    const resumed = platform(taking)
    expect(await resumed.link.withdraw(own, ask)).toMatchObject({ status: 'WITHDRAWN' })
  })

  test('a refusal by the state of a case that is withdrawn already is done; any other is a refusal', async () => {
    const late = { ...taking, cancelProject: () => refuse('当前办件状态不允许撤销') }
    const done = platform({ ...late, getProjectDetail: () => detail({ status: 98 }) })
    expect(await done.link.withdraw(filed, ask)).toMatchObject({ status: 'WITHDRAWN' })
    await expect(platform(late).link.withdraw(filed, ask)).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  })
})

describe('asking', () => {
  test('a case without a number is asked for by its key, one with a number by that alone', async () => {
    const { link, sent } = platform(taking)
    await link.readCase({ ...filed, caseNumber: '' })
    await link.readCase(filed)
    const certnum = '320501190001010015'
    expect(sent.map((one) => one.params)).toEqual([
      { areacode: '320500', projectguid: PROJECT, certnum },
      { areacode: '320500', flowsn: 'JSSZ1', certnum },
    ])
  })

  test('a person’s cases: a page, a single case, none; the last operation tells 30, 40 and 90', async () => {
    const row = jsonOf(sample('case-list').response.body).custom.projectlist[0]
    const holder = { name: '', idDocument: { type: '414', number: 'E1' } }
    const asked = { division: '320500', holder, page: 3, pageSize: 20, auditNumber: '' }
    const told = async (projectlist: unknown) => {
      const { link, sent } = platform({ getMyProjectList: () => ({ totalcount: '1', projectlist }) })
      return { page: await link.listCases(asked), params: sent[0]?.params }
    }
    const one = await told({ ...row, status: '40', operatetype: '80', banjiedate: '2099-01-03 09:00:00' })
    expect(one.params).toEqual({
      areacode: '320500',
      certtype: '99',
      certnum: 'E1',
      currentpage: '2',
      pagesize: '20',
    })
    expect(one.page).toEqual({
      total: 1,
      items: [
        {
          caseNumber: row.flowsn,
          caseKey: PROJECT,
          division: '320500',
          matterCode: row.taskguid,
          title: row.projectname,
          status: 'DELIVERED',
          rawStatus: { code: '40', label: '审批不通过' },
          appliedAt: '2099-01-02T09:00:10+08:00',
          updatedAt: '2099-01-03T09:00:00+08:00',
          sourceNumber: row.sourceprojectno,
          handle: { projectguid: PROJECT, flowsn: row.flowsn },
        },
      ],
    })
    expect((await told('')).page.items).toEqual([])
    const [bare] = (await told([{ ...row, operatetype: '', sourceprojectno: '', applydate: '' }])).page.items
    expect(bare).toMatchObject({ status: 'ACCEPTED' })
    for (const member of ['appliedAt', 'updatedAt', 'sourceNumber']) expect(bare).not.toHaveProperty(member)
  })

  test('each document of a result is fetched by its own reference', async () => {
    const { custom } = jsonOf(sample('case-result').response.body)
    const { link, sent } = platform({ getProjectResultFile: () => custom })
    const documents = ['g1', 'g2'].map((ref) => ({ ref, name: 'x' }))
    const found = await link.readResult(filed, { result: { decision: 'granted', documents } } as never)
    expect(sent.map((one) => one.params['attachguid'])).toEqual(['g1', 'g2'])
    expect(sent[0]?.params).toMatchObject({ flowsn: 'JSSZ1', certnum: '320501190001010015' })
    expect(found[1]).toMatchObject({
      kind: 'result',
      name: custom.attachname,
      contentType: 'application/pdf',
    })
    expect(await link.readResult(filed, {} as never)).toEqual([])
  })

  test('the catalogue is read in pages from 0, and a matter that is no longer in use is told', async () => {
    const row = jsonOf(sample('matter-list').response.body).custom.tasklist[0]
    const { link, sent } = platform({
      getTaskList: () => ({ totalcount: '3', tasklist: { ...row, is_enable: '0' } }),
    })
    expect(await link.listMatters({ division: '320500', page: 2, pageSize: 50 })).toEqual({
      total: 3,
      items: [{ code: row.taskguid, updatedAt: '2025-01-10T08:00:00+08:00', state: 'suspended' }],
    })
    expect(sent[0]?.params).toEqual({
      areacode: '320500',
      updatedate: '',
      currentpage: '1',
      pagesize: '50',
    })
  })
})
