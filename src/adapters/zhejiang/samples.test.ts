import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { validator } from '../../schemas/validate.ts'
import type { Filing, Handle } from '../kit/contract.ts'
import { application } from './application.ts'
import { ZhejiangConfig } from './config.ts'
import { zhejiang } from './index.ts'
import { replay } from './test-replay.ts'
import { applied, applying, config, moving, type Sample, sample, samples, vectors } from './test-vectors.ts'

const FILE = Buffer.alloc(40, 65)
const digest = createHash('sha256').update(FILE).digest('hex')
/** The recorded upload answered for our own bytes. */
const uploaded = (attPath: string) => ({
  success: true,
  data: { attPath, attName: '毕业证书.pdf', attSize: '40', digest },
})

const kept: Handle[] = []
const filing = (handle: Handle = {}): Filing => ({
  division: '330100',
  matter: moving,
  application: applied,
  wire: application.write(applied, applying),
  sourceNumber: applying.sourceNumber,
  appliedAt: applying.appliedAt,
  handle,
  file: async () => ({ name: '毕业证书.pdf', contentType: 'application/pdf', bytes: FILE }),
  keep: async (given) => void kept.push(given),
  now: () => new Date(),
})
const filed = (handle: Handle) => ({
  ...filing(handle),
  caseNumber: handle['projId'] ?? '',
  status: 'SUBMITTED' as const,
})
const HANDLE = { projId: '330101990105000000004', projPwd: '149509' }
const pathIn = (one: Sample) =>
  (one.request.body as { suffInfoList: { attachMentVOs: { attPath: string }[] }[] }).suffInfoList.at(-1)
    ?.attachMentVOs[0]?.attPath ?? ''

test('the configuration of the contract fits, and one without a secret does not', () => {
  const check = validator(ZhejiangConfig)
  expect(check(vectors.config)).toBeUndefined()
  const { secretKey: _gone, ...credentials } = vectors.config.credentials
  expect(check({ ...vectors.config, credentials })).toMatchObject([
    { pointer: '/credentials/secretKey', code: 'MISSING' },
  ])
  expect(zhejiang.callbackPaths(config)).toEqual([
    '/zj/callback/accept',
    '/zj/callback/handler',
    '/zj/callback/finish',
  ])
})

test.each<readonly [string, object]>([
  ['/options/icCodes/matter', { icCodes: { ...vectors.config.options.icCodes, matter: 'IC1' } }],
  ['/options/icCodes/case', { icCodes: { ...vectors.config.options.icCodes, case: '33000020990101000002' } }],
  ['/options/cityAreaSuffix', { cityAreaSuffix: '1' }],
  ['/options/callbackPath', { callbackPath: 'zj/callback' }],
  ['/options/clockSkewSeconds', { clockSkewSeconds: 0 }],
])('a configuration with another %s is named', (pointer, changes) => {
  const options = { ...vectors.config.options, ...changes }
  expect(validator(ZhejiangConfig)({ ...vectors.config, options })).toMatchObject([{ pointer }])
})

test('every recorded operation is spoken, or is one of those that are not spoken yet', () => {
  const later = [
    // One operation, recorded for a person and for an organisation.
    'sso-userinfo-legal',
  ]
  const recorded = new Set(samples.map((one) => one.op))
  expect([...recorded].filter((op) => !later.includes(op)).toSorted()).toEqual(
    Object.keys(zhejiang.marks).toSorted(),
  )
})

describe('recorded calls are made to the letter', () => {
  test('both stages of the secrets, then the catalogue', async () => {
    const [byKey, bySecret] = samples
    const { link, left } = replay([
      [byKey],
      [undefined, { code: '02', msg: '密钥已过期', datas: null }],
      [bySecret],
      [sample('matter-list')],
      [sample('matter-detail')],
    ])
    const page = await link.listMatters({
      division: '330100',
      changedSince: '2024-01-01T00:00:00+08:00',
      page: 1,
      pageSize: 2,
    })
    expect(page).toEqual({
      total: 16,
      items: [
        { code: '33010100000000099001', updatedAt: '2024-01-01T08:00:00+08:00', state: 'active' },
        { code: '33010100000000099002', updatedAt: '2024-01-12T08:00:00+08:00', state: 'active' },
      ],
    })
    expect(await link.readMatter({ division: '330100', code: '33010100000000099002' })).toEqual(moving)
    expect(left).toEqual([])
  })

  test('number, upload, submission', async () => {
    kept.length = 0
    const submit = sample('apply-submit')
    const { link, left } = replay([
      [sample('projid-get')],
      [sample('material-upload'), uploaded(pathIn(submit))],
      [submit],
    ])
    const upload = { 'upload:up_1@M9900203': JSON.stringify([pathIn(submit), '毕业证书.pdf']) }
    expect(await link.submit(filing())).toEqual({
      caseNumber: HANDLE.projId,
      handle: { ...HANDLE, ...upload },
      status: 'SUBMITTED',
      rawStatus: { code: '01/0', label: '已提交待预审' },
    })
    // What a repetition needs was kept before the call that depends on it.
    expect(kept).toEqual([{ projId: HANDLE.projId }, { projId: HANDLE.projId, ...upload }])
    expect(left).toEqual([])
  })

  test('status, upload, correction: changed and requested fields alone', async () => {
    const correct = sample('apply-correct')
    const { link, left } = replay([
      [sample('case-query', 'correction required')],
      [undefined, uploaded(pathIn(correct))],
      [correct],
    ])
    const corrected = { ...applied, form: { ...applied.form, toAddress: '测试路2号201室' } }
    const answered = await link.correct({
      ...filing(HANDLE),
      wire: application.write(corrected, applying),
      application: corrected,
      filed: filed(HANDLE),
      request: { fields: [], documents: [], reason: '' },
      changed: { fields: [], documents: [] },
      note: '',
      correctedAt: '2099-01-05T09:03:21+08:00',
    })
    expect(answered).toMatchObject({ status: 'RECEIVED', rawStatus: { code: '02/2' } })
    expect(answered.handle).not.toHaveProperty('correcting')
    expect(left).toEqual([])
  })

  test('the concluded case and its document', async () => {
    const { link, left } = replay([
      [samples.findLast((one) => one.op === 'case-query')],
      [sample('case-result')],
      [sample('material-download')],
    ])
    const current = await link.readCase(filed(HANDLE))
    expect(current).toMatchObject({
      status: 'COMPLETED',
      result: { decision: 'granted', number: '浙测〔2099〕000004号', text: '准予许可' },
      acceptedAt: '2099-01-05T09:04:22+08:00',
      dueAt: '2099-01-10T09:04:22+08:00',
      completedAt: '2099-01-05T09:08:22+08:00',
    })
    const documents = await link.readResult(filed(HANDLE), current)
    expect(documents).toMatchObject([
      { kind: 'result', name: '大中专学生毕业户口迁移结果.pdf', contentType: 'application/pdf' },
    ])
    expect(documents[0]?.bytes).toHaveLength(576)
    expect(left).toEqual([])
  })

  test('a document whose digest differs is not handed on', async () => {
    const { link } = replay([
      [sample('case-result')],
      [sample('material-download'), { success: true, data: 'another text' }],
    ])
    await expect(link.readResult(filed(HANDLE), { status: 'COMPLETED' } as never)).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { reason: 'digest' },
    })
  })

  test('a failed download', async () => {
    const { link } = replay([[sample('material-download', 'failure, HTTP 200')]])
    await expect(link.download(filed(HANDLE), 'oss://fake/none')).rejects.toMatchObject({
      code: 'REGION_REJECTED',
      facts: { code: 'C-ATTACH-NOT-EXIST' },
    })
  })

  test('health, a person’s cases, withdrawal', async () => {
    const { link, left } = replay([[sample('health')], [sample('case-list')], [sample('case-withdraw')]])
    await link.health('330100')
    const listed = await link.listCases({
      division: '330100',
      holder: { name: '测试甲', idDocument: { type: '111', number: '33010619010203101X' } },
      page: 1,
      pageSize: 2,
      auditNumber: 'AUDIT20990105001',
    })
    expect(listed.total).toBe(3)
    expect(listed.items[0]).toMatchObject({
      caseNumber: HANDLE.projId,
      division: '330100',
      sourceNumber: 'CSJ209901050000001',
      handle: HANDLE,
    })
    const other = { projId: '330101990105000000005', projPwd: '111762' }
    const done = await link.withdraw(filed(other), {
      reason: '不再需要办理',
      at: new Date('2099-01-05T01:09:33Z'),
    })
    expect(done).toMatchObject({ status: 'WITHDRAWN', rawStatus: { code: '04/3' } })
    expect(left).toEqual([])
  })

  test.each([
    ['same number, other content: refused', 'DUPLICATE_CASE', []],
    ['member error', 'REGION_REJECTED', ['/applicant/legalRepresentative']],
  ])('a submission refused: %s', async (note, code, pointers) => {
    const { link } = replay([
      [undefined, sample('apply-submit', note).response.body],
      // A duplicate is looked for among the applicant's cases; here it is none of ours.
      [undefined, { success: true, data: { total: 0, pageNo: 1, pageSize: 50, list: null } }],
    ])
    const handle = { ...HANDLE, 'upload:up_1@M9900203': '["oss://x","x.pdf"]' }
    await expect(link.submit(filing(handle))).rejects.toMatchObject({
      code,
      errors: pointers.map((pointer) => ({ pointer })),
    })
  })
})
