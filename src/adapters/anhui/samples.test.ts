/** Each call equals its recorded request, byte for byte where the contract fixes the bytes, and its answer is read. */
import { describe, expect, test } from 'vitest'
import type { Application } from '../../schemas/application.ts'
import type { ApplicationContext, FiledCase, Handle } from '../kit/contract.ts'
import type { Incoming, Outgoing, Transport } from '../kit/transport.ts'
import { anhui } from './index.ts'
import { unidOf } from './numbers.ts'
import { sample, samples, someCase, vectors } from './test-vectors.ts'

const { application } = anhui.dialect

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

describe('requests equal the samples, answers are read', () => {
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
    const filed: FiledCase = {
      ...someCase(matter),
      handle: { ...someCase(matter).handle, projpwd: '004711' },
    }
    await link.readCase(filed)
    await link.readCase(filed)
    expect(stable(sent[0]).body).toContain('004711')
    expect(new Set(sent.map((one) => one.headers['S-Auth-Nonce'])).size).toBe(2)
  })
})
