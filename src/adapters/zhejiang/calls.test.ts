/** What calls keep to beyond the traps: secrets are renewed once for all, limits of time, digests, pages. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Filing } from '../kit/contract.ts'
import { application } from './application.ts'
import { sharingSign } from './sign.ts'
import { ask, filed, pathsOf, pretend, SECRETS } from './test-region.ts'
import { applied, applying, moving, row, sample } from './test-vectors.ts'

/** The recorded application on its way, with its number. */
const filing: Filing = {
  division: '330100',
  matter: moving,
  application: applied,
  wire: application.write(applied, applying),
  sourceNumber: applying.sourceNumber,
  appliedAt: applying.appliedAt,
  handle: { projId: '330101990105000000004' },
  file: async () => ({ name: 'a.pdf', contentType: 'application/pdf', bytes: Buffer.from('a') }),
  keep: async () => undefined,
  now: () => new Date(),
}

test('a download whose digest is not that of its header is not handed on', async () => {
  const bytes = Buffer.from('%PDF-1.4')
  const answered = (digest: string) =>
    pretend(() => ({ headers: { 'content-type': 'application/pdf', 'x-att-digest': digest }, body: bytes }))
  const right = createHash('sha256').update(bytes).digest('hex')
  expect((await answered(right).link.download(filed(), 'oss://x')).bytes).toEqual(bytes)
  await expect(answered('0'.repeat(64)).link.download(filed(), 'oss://x')).rejects.toMatchObject({
    code: 'REGION_ANSWER_INVALID',
    facts: { reason: 'digest' },
  })
})

describe('one renewal of the secrets for all who wait', () => {
  /** Secrets that were good once: each is refused after the next was given. */
  const rolling = (endsAt: number) => {
    let given = 0
    return pretend((out) => {
      if (out.url.includes('refreshToken')) {
        given += 1
        const datas = { refreshSecret: `r${given}`, requestSecret: `s${given}`, requestSecretEndTime: endsAt }
        return { json: { code: '00', datas } }
      }
      const query = new URL(out.url).searchParams
      const good = sharingSign('FAKEAPPKEY', `s${given}`, query.get('requestTime') ?? '')
      return {
        json: { code: query.get('sign') === good && given > 1 ? '00' : '02', dataCount: 0, datas: null },
      }
    })
  }

  test('before the first call', async () => {
    const { link, sent } = rolling(4_071_258_901_000)
    await link.listMatters(ask)
    expect(pathsOf(sent)).toEqual([
      'refreshTokenByKey.htm',
      'FAKEZJ0101.htm',
      'refreshTokenBySec.htm',
      'FAKEZJ0101.htm',
    ])
  })

  test('when a secret has ended for many calls at once', async () => {
    const { link, sent } = rolling(4_071_258_901_000)
    await Promise.all(Array.from({ length: 10 }, () => link.listMatters(ask)))
    expect(pathsOf(sent).filter((one) => one?.startsWith('refreshToken'))).toEqual([
      'refreshTokenByKey.htm',
      'refreshTokenBySec.htm',
    ])
  })
})

test('a row of the listing with a state that no table knows is suspended', async () => {
  const states = ['1', '2', '3', '8', ''].map((QL_STATE) => ({ ...row('99002'), QL_STATE }))
  const { link } = pretend((out) => ({
    json: out.url.includes('refreshToken')
      ? { code: '00', datas: SECRETS }
      : { code: '00', dataCount: '5', datas: states },
  }))
  const { items } = await link.listMatters(ask)
  expect(items.map((one) => one.state)).toEqual([
    'active',
    'suspended',
    'cancelled',
    'suspended',
    'suspended',
  ])
})

test.each([
  ['COMPLETED', ['result.do']],
  ['DELIVERED', ['result.do']],
  ['APPROVED', []],
  ['WITHDRAWN', []],
])('the documents of a case that is %s', async (status, calls) => {
  const { link, sent } = pretend(() => ({ json: { success: true, data: { attachMentVOs: null } } }))
  expect(await link.readResult(filed(), { status } as never)).toEqual([])
  expect(pathsOf(sent)).toEqual(calls)
})

test('a page of a person’s cases has fifty of them at most', async () => {
  const { link, sent } = pretend(() => ({ json: { success: true, data: { total: '0', list: [] } } }))
  const holder = { name: '测试甲', idDocument: { type: '414', number: 'E12345678' } }
  for (const pageSize of [20, 50, 100])
    await link.listCases({ division: '330100', holder, page: 2, pageSize, auditNumber: 'AUDIT-1' })
  expect(sent.map((one) => JSON.parse(String(one.body)))).toEqual(
    [20, 50, 50].map((pageSize) => ({
      idType: 'PASSPORT',
      idNo: 'E12345678',
      userName: '测试甲',
      areaCode: '330101',
      pageNo: 2,
      pageSize,
      bizNo: 'AUDIT-1',
    })),
  )
})

test('a correction holds the note of the applicant, and answers the request that is open', async () => {
  const { link, sent } = pretend((out) =>
    out.method === 'GET'
      ? { json: sample('case-query', 'correction required').response.body }
      : { json: sample('apply-correct').response.body },
  )
  const before = { ...filing, handle: { projId: '330101990105000000004', projPwd: '149509' } }
  const done = await link.correct({
    ...before,
    filed: { ...before, caseNumber: '330101990105000000004', status: 'CORRECTION_REQUIRED' },
    handle: { ...before.handle, 'upload:up_1@M9900203': '["oss://x","x.pdf"]' },
    request: { fields: ['toAddress'], documents: [], reason: '' },
    changed: { fields: ['permitNo'], documents: [] },
    note: '地址已改',
    correctedAt: '2099-01-05T09:03:21+08:00',
  })
  expect(done).toMatchObject({ status: 'RECEIVED', rawStatus: { code: '02/2' } })
  expect(JSON.parse(String(sent[1]?.body))).toMatchObject({
    correctSeq: 1,
    gmtCorrect: '2099-01-05 09:03:21',
    affFormInfo: '{"permitNo":"","toAddress":"测试路2号"}',
    suffInfoList: [{ suffId: 'M9900203', attachMentVOs: [{ attPath: 'oss://x', attName: 'x.pdf' }] }],
    memo: '地址已改',
  })
})

test('an upload and a download have a minute, every other call ten seconds', async () => {
  const { link, limits, sent } = pretend((out) =>
    out.url.includes('download')
      ? { headers: { 'content-type': 'application/pdf' } }
      : { json: { success: false } },
  )
  await expect(link.health('330100')).rejects.toThrow()
  await link.download(filed(), 'oss://x')
  await expect(link.submit(filing)).rejects.toThrow()
  expect(pathsOf(sent)).toEqual(['health.do', 'download.do', 'upload.do'])
  expect(limits.map((one) => one.timeoutMs)).toEqual([10_000, 60_000, 60_000])
})

test('an upload that arrived as other bytes is not used', async () => {
  const { link, sent } = pretend(() => ({
    json: {
      success: true,
      data: { attPath: 'oss://x', attName: 'a.pdf', attSize: 1, digest: '0'.repeat(64) },
    },
  }))
  await expect(link.submit(filing)).rejects.toMatchObject({
    code: 'REGION_ANSWER_INVALID',
    facts: { reason: 'digest' },
  })
  expect(pathsOf(sent)).toEqual(['upload.do'])
})
