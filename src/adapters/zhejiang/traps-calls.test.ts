import { expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import { zhejiang } from './index.ts'
import { open } from './open.ts'
import { headersFor, queryLine, sharingSign } from './sign.ts'
import { ask, filed, pathsOf, pretend, SECRETS } from './test-region.ts'
import { config, row } from './test-vectors.ts'

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

test('trap 17: a query parameter with nothing to say is left out of a request', async () => {
  const { link, sent } = pretend((out) => ({
    json: out.url.includes('refreshToken')
      ? { code: '00', datas: SECRETS }
      : { code: '00', dataCount: 0, datas: null },
  }))
  await link.listMatters(ask)
  expect([...new URL(sent[1]?.url ?? '').searchParams.keys()]).not.toContain('UPDATE_DATE')
})
