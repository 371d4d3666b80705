/** The contract's samples: what is sent is what they send, and what they answer is read. */
import { describe, expect, test } from 'vitest'
import type { Application } from '../../schemas/application.ts'
import type { FiledCase, Filing } from '../kit/contract.ts'
import type { Transport } from '../kit/transport.ts'
import { jiangsu } from './index.ts'
import { sm3 } from './sign.ts'
import {
  answering,
  config,
  context,
  jsonOf,
  now,
  paramsOf,
  readMatter,
  sample,
  textOf,
} from './test-samples.ts'

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
