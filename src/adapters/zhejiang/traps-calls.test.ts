/** The traps of the contract's section 6 that a call can fall into, each by its name, and what else a call must keep to. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import { application } from './application.ts'
import { zhejiang } from './index.ts'
import { open } from './open.ts'
import { headersFor, queryLine, sharingSign } from './sign.ts'
import { ask, filed, pathsOf, pretend, SECRETS } from './test-region.ts'
import { applied, applying, config, moving, row } from './test-vectors.ts'

const codeOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    return error instanceof GatewayError ? error.code : String(error)
  }
  return 'nothing thrown'
}

test('trap 3: end times of secrets and totals may be strings, requests are strict', async () => {
  const { link, sent } = pretend((out) => ({
    json: out.url.includes('refreshToken')
      ? {
          code: '00',
          datas: { refreshSecret: 'r', requestSecret: 's', requestSecretEndTime: '4071258901000' },
        }
      : { code: '00', dataCount: '1', datas: row('99002') },
  }))
  for (let i = 0; i < 2; i += 1) {
    const page = await link.listMatters({ division: '330100', page: 1, pageSize: 9 })
    expect([page.total, page.items.length]).toEqual([1, 1])
  }
  // The secret was good for both calls.
  expect(pathsOf(sent)).toEqual(['refreshTokenByKey.htm', 'FAKEZJ0101.htm', 'FAKEZJ0101.htm'])
})

test('trap 10: a refused clock is corrected by the answer’s date, once', async () => {
  const skewed = { status: 401, json: { message: 'Clock skew exceeded' } }
  const headers = { 'content-type': 'application/json', date: 'Mon, 05 Jan 2099 02:00:00 GMT' }
  const { link, sent } = pretend((_out, count) =>
    count === 1 ? { ...skewed, headers } : { json: { success: true, data: {} } },
  )
  await link.health('330100')
  expect(sent.map((one) => one.headers['X-BG-DATE-TIME'])).toEqual([
    'Mon, 05 Jan 2099 01:00:00 GMT',
    'Mon, 05 Jan 2099 02:00:00 GMT',
  ])
  const stubborn = pretend(() => ({ ...skewed, headers }))
  await expect(stubborn.link.health('330100')).rejects.toMatchObject({ code: 'REGION_AUTH' })
  expect(stubborn.sent).toHaveLength(2)
})

test.each([
  [401, 'Invalid access key', 'REGION_AUTH'],
  [401, 'Invalid signature', 'REGION_AUTH'],
  [401, 'The route_id is forbidden.', 'REGION_AUTH'],
  [404, 'Not Found', 'REGION_AUTH'],
  [413, 'Request Entity Too Large', 'REGION_REJECTED'],
])('trap 10: %i %s is not repeated', async (status, message, code) => {
  const { link, sent } = pretend(() => ({ status, json: { message } }))
  await expect(link.health('330100')).rejects.toMatchObject({ code, facts: { message } })
  expect(sent).toHaveLength(1)
})

test('trap 11: the MD5 stands in the query that the HMAC covers', async () => {
  const { link, sent } = pretend((out) => ({
    json: out.url.includes('refreshToken')
      ? { code: '00', datas: SECRETS }
      : { code: '00', dataCount: 0, datas: null },
  }))
  expect((await link.listMatters(ask)).items).toEqual([])
  const [, data] = sent
  const url = new URL(data?.url ?? '')
  const query = Object.fromEntries(url.searchParams)
  expect(query['sign']).toBe(sharingSign('FAKEAPPKEY', 's1', query['requestTime'] ?? ''))
  expect(data?.headers).toMatchObject(
    headersFor('GET', url.pathname, queryLine(query), config.credentials, new Date('2099-01-05T01:00:00Z')),
  )
})

test.each([
  ['02', 'an ended secret is renewed by the second stage', 'refreshTokenBySec.htm'],
  ['01', 'a wrong signature begins with the first stage', 'refreshTokenByKey.htm'],
])('trap 11: %s, %s, once', async (code, _name, stage) => {
  const { link, sent } = pretend((out) => ({
    json: out.url.includes('refreshToken') ? { code: '00', datas: SECRETS } : { code, datas: null },
  }))
  await expect(link.listMatters(ask)).rejects.toMatchObject({ code: 'REGION_AUTH', facts: { code } })
  expect(pathsOf(sent)).toEqual(['refreshTokenByKey.htm', 'FAKEZJ0101.htm', stage, 'FAKEZJ0101.htm'])
})

test.each([
  ['ends later', '4071262600000', 12],
  ['ends sooner', '4071258600000', 7],
])(
  'trap 11: a request secret that %s is used for its time, twelve minutes at most',
  async (_name, end, minutes) => {
    let now = Date.parse('2099-01-05T01:00:00Z')
    const paths: string[] = []
    const link = zhejiang.connect(
      config,
      async ({ url }) => {
        paths.push(new URL(url).pathname.split('/').at(-1) ?? '')
        const datas = { ...SECRETS, requestSecretEndTime: end }
        const json = url.includes('refreshToken')
          ? { code: '00', datas }
          : { code: '00', dataCount: 0, datas: null }
        return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(json)) }
      },
      () => new Date(now),
    )
    await link.listMatters(ask)
    now += minutes * 60_000 - 1
    await link.listMatters(ask)
    expect(paths).toEqual(['refreshTokenByKey.htm', 'FAKEZJ0101.htm', 'FAKEZJ0101.htm'])
    now += 1
    await link.listMatters(ask)
    expect(paths.slice(3)).toEqual(['refreshTokenBySec.htm', 'FAKEZJ0101.htm'])
  },
)

test('trap 11: a refused second stage is followed by the first, any other failure is not', async () => {
  const failing = (code: string) =>
    pretend((out) => {
      if (out.url.includes('BySec')) return { json: { code, datas: null } }
      // The first secret ends at once.
      if (out.url.includes('ByKey'))
        return { json: { code: '00', datas: { ...SECRETS, requestSecretEndTime: 0 } } }
      return { json: { code: '00', dataCount: 0, datas: [] } }
    })
  const refused = failing('02')
  await refused.link.listMatters(ask)
  await refused.link.listMatters(ask)
  expect(pathsOf(refused.sent).slice(2)).toEqual([
    'refreshTokenBySec.htm',
    'refreshTokenByKey.htm',
    'FAKEZJ0101.htm',
  ])
  const busy = failing('99')
  await busy.link.listMatters(ask)
  await expect(busy.link.listMatters(ask)).rejects.toMatchObject({ code: 'REGION_BUSY' })
  expect(pathsOf(busy.sent).slice(2)).toEqual(['refreshTokenBySec.htm'])
})

test('trap 11: a refused request time is corrected by the answer’s date, once', async () => {
  const { link, sent } = pretend((out, count) => ({
    headers: { 'content-type': 'application/json', date: 'Mon, 05 Jan 2099 01:10:00 GMT' },
    json: out.url.includes('refreshToken')
      ? { code: '00', datas: SECRETS }
      : { code: count === 2 ? '05' : '00', dataCount: 0, datas: null },
  }))
  await link.listMatters(ask)
  expect(pathsOf(sent)).toEqual(['refreshTokenByKey.htm', 'FAKEZJ0101.htm', 'FAKEZJ0101.htm'])
  expect(new URL(sent[2]?.url ?? '').searchParams.get('requestTime')).toBe(
    String(Date.parse('2099-01-05T01:10:00Z')),
  )
})

test('trap 12: a failure comes with HTTP 200, and success is a boolean', async () => {
  expect(codeOf(() => open({ success: 'true', data: {} }, 'op'))).toBe('REGION_REJECTED')
  expect(open({ success: true, errorCode: null, data: 5 }, 'op')).toBe(5)
  const { link } = pretend(() => ({ json: { success: false, errorCode: 'C-ATTACH-NOT-EXIST', data: null } }))
  await expect(link.download(filed(), 'oss://x')).rejects.toMatchObject({
    facts: { code: 'C-ATTACH-NOT-EXIST' },
  })
  const gone = pretend(() => ({ status: 502, headers: {}, body: Buffer.from('<html>') }))
  await expect(gone.link.download(filed(), 'oss://x')).rejects.toMatchObject({ code: 'REGION_UNAVAILABLE' })
})

test.each(['application/json', 'Application/JSON; charset=UTF-8'])(
  'trap 12: a failed download is known by its content type, %s',
  async (medium) => {
    const { link } = pretend(() => ({
      headers: { 'content-type': medium },
      json: { success: false, errorCode: 'C-AFFAIR-PROJ-NOT-EXIST', data: null },
    }))
    await expect(link.download(filed(), 'oss://x')).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' })
  },
)

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

test('trap 17: a query parameter with nothing to say is left out of a request', async () => {
  const { link, sent } = pretend((out) => ({
    json: out.url.includes('refreshToken')
      ? { code: '00', datas: SECRETS }
      : { code: '00', dataCount: 0, datas: null },
  }))
  await link.listMatters(ask)
  expect([...new URL(sent[1]?.url ?? '').searchParams.keys()]).not.toContain('UPDATE_DATE')
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

test('an upload and a download have a minute, every other call ten seconds', async () => {
  const { link, limits, sent } = pretend((out) =>
    out.url.includes('download')
      ? { headers: { 'content-type': 'application/pdf' } }
      : { json: { success: false } },
  )
  await expect(link.health('330100')).rejects.toThrow()
  await link.download(filed(), 'oss://x')
  await expect(
    link.submit({
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
    }),
  ).rejects.toThrow()
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
  await expect(
    link.submit({
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
    }),
  ).rejects.toMatchObject({ code: 'REGION_ANSWER_INVALID', facts: { reason: 'digest' } })
  expect(pathsOf(sent)).toEqual(['upload.do'])
})
