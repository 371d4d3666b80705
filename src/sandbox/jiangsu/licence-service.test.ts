/** The played licence and photo service: the contract's samples byte by byte, and the order of its checks (contract 1.7, 3.4). */
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import { LICENCE, openLooks, PHOTO, pathOf, signed } from './test-looks.ts'

const QUERY = {
  zzlxdm: '',
  czzt: '张测试',
  czztdm: '320501190001010015',
  czztdmlxdm: '111',
  ywh: 'JSSZ209901020004',
  dwdm: '320500',
}
const SAMPLES = vectors.samples.flatMap(({ op, request, response }) =>
  /^(licence|photo)-/.test(op)
    ? [
        {
          op,
          request: request as { path: string; body: string; headers: Record<string, string> },
          // biome-ignore lint/suspicious/noExplicitAny: a sample's answer is read member by member.
          answer: (response as any).body,
        },
      ]
    : [],
)
const TOKEN = 'FAKE2b1e77ea49c69e7855598ed11452dcea'

/** A platform that already gave the token and found the photo of the samples, at the moment of the samples. */
async function asInTheSamples() {
  const here = await openLooks()
  const state = JSON.parse(JSON.stringify(here.region.save()))
  here.pass(280)
  state.licenceTokens[TOKEN] = here.now() + 1_000_000
  state.foundPhotos['ZPa4d29ecd2a4ed617ec1d9e84077c0be3'] = {
    yt: '3',
    ywh: 'JSSZ209901020004',
    dwdm: '320500',
    portrait: 10,
    until: here.now() + 600_000,
  }
  here.region.load(state)
  return here
}

describe('the samples of the contract', () => {
  test('are seven', () => {
    expect(SAMPLES.map(({ op }) => op)).toHaveLength(7)
  })
  test.each(SAMPLES)(
    '$op is let through, byte by byte, and answered as there',
    async ({ op, request, answer }) => {
      const here = await asInTheSamples()
      const told = await here.region.app.request(`http://js.test${request.path}`, {
        method: 'POST',
        headers: request.headers,
        body: op === 'licence-verify' ? await withOwnFile(here, request.body) : request.body,
      })
      expect([told.status, told.headers.get('content-type')]).toEqual([200, 'application/json;charset=UTF-8'])
      const body = JSON.parse(await told.text())
      expect([String(body.head.status), body.head.message]).toEqual([answer.head.status, answer.head.message])
      if (answer.data === null) {
        expect(body.data).toBeNull()
        return
      }
      const [mine, theirs] = Array.isArray(answer.data)
        ? [body.data[0], answer.data[0]]
        : [body.data, answer.data]
      if (Array.isArray(answer.data)) expect(body.data).toHaveLength(answer.data.length)
      for (const [name, value] of Object.entries(theirs)) {
        // Identifiers, files and the moment of a photo are each platform's own.
        if (/^(token|zzwj|zpnr|zpzy|pzrq|yxqz)$/.test(name))
          expect(typeof mine[name]).toMatch(/string|number/)
        else if (name === 'zpbs' && op === 'photo-query') expect(mine[name]).toMatch(/^ZP[0-9a-f]{32}$/)
        else expect([name, String(mine[name]).toLowerCase()]).toEqual([name, String(value).toLowerCase()])
      }
    },
  )
  test('are struck by faults of their own', async () => {
    const { region } = await openLooks()
    for (const { op, request } of SAMPLES)
      expect(region.operationOf('POST', request.path)).toBe(op.replace('-not-found', ''))
  })
})

/** The sample's claim with the file that this platform gives out. */
async function withOwnFile(here: Awaited<ReturnType<typeof openLooks>>, body: string): Promise<string> {
  const { zzbs, dwdm } = JSON.parse(body).data
  here.session.token = TOKEN
  const file = await here.look('zzxxxz', { zzbs, dzzzsymd: '核验', ywh: '1', dwdm })
  const data = JSON.stringify({ zzbs, zzwj: file.data.zzwj.replaceAll(/\s/g, ''), dwdm })
  return `{"head":{"sign":"${signed(data, TOKEN)}"},"data":${data}}`
}

describe('the frame', () => {
  const text = JSON.stringify(QUERY)
  test.each<
    [string, (token: string) => readonly [path: string, body: string, type?: string], number, string]
  >([
    ['an unknown operation', () => [`${LICENCE}/zzjs`, '{}'], 404, '1007'],
    ['an operation of the other service', () => [`${PHOTO}/zzcx`, '{}'], 404, '1007'],
    ['another content type', (token) => [`${LICENCE}/zzcx?token=${token}`, '{}', 'text/plain'], 400, '1006'],
    ['another charset', () => [`${LICENCE}/token`, '{}', 'application/json;charset=GBK'], 400, '1006'],
    ['broken JSON', () => [`${LICENCE}/token`, '{'], 400, '1006'],
    ['a byte order mark', () => [`${LICENCE}/token`, '\uFEFF{"head":{"sign":""},"data":{}}'], 400, '1006'],
    ['no head', () => [`${LICENCE}/token`, '{"data":{}}'], 400, '1006'],
    ['a head with more', () => [`${LICENCE}/token`, '{"head":{"sign":"","x":1},"data":{}}'], 400, '1006'],
    ['a sign that is no text', () => [`${LICENCE}/token`, '{"head":{"sign":1},"data":{}}'], 400, '1006'],
    ['a third member', () => [`${LICENCE}/token`, '{"head":{"sign":""},"data":{},"x":1}'], 400, '1006'],
    ['data that is a list', () => [`${LICENCE}/token`, '{"head":{"sign":""},"data":[]}'], 400, '1006'],
    [
      'a token at the token call',
      (token) => [`${LICENCE}/token?token=${token}`, `{"head":{"sign":""},"data":${text}}`],
      400,
      '1006',
    ],
    [
      'another query member',
      (token) => [`${LICENCE}/zzcx?token=${token}&a=1`, `{"head":{"sign":""},"data":${text}}`],
      400,
      '1006',
    ],
    ['more than twelve MiB', () => [`${LICENCE}/token`, 'x'.repeat(12 * 1024 * 1024 + 1)], 413, '1009'],
  ])('%s is refused by the bus', async (_what, make, status, errcode) => {
    const here = await openLooks()
    const [path, body, type] = make(here.session.token)
    const told = await here.send(path, body, type)
    expect([told.status, told.body.errcode]).toEqual([status, errcode])
  })
  test('a GET is refused', async () => {
    const here = await openLooks()
    const answer = await here.region.app.request(`http://js.test${LICENCE}/token`, { headers: here.bus() })
    expect([answer.status, JSON.parse(await answer.text()).errcode]).toEqual([405, '1008'])
  })
})

describe('the token', () => {
  test('is good for half an hour, and a newer one does not end it', async () => {
    const here = await openLooks()
    const first = here.session.token
    expect(first).toMatch(/^FAKE[0-9a-f]{32}$/)
    const { data } = await here.look('token', { yymc: 'FAKE_CSJ_GATEWAY' })
    expect(Number(data.yxqz)).toBe(here.now() + 1_800_000)
    here.pass(1_799)
    expect(await here.head('zzcx', QUERY)).toBe('0 成功')
    here.pass(1)
    expect(await here.head('zzcx', QUERY)).toBe('2 token无效或已过期')
    await here.logIn()
    expect(await here.head('zzcx', QUERY)).toBe('0 成功')
  })
  test.each<[string, object, string | undefined, string]>([
    ['a wrong signature, before its members', { x: 1 }, 'AAAA', '3 签名错误'],
    [
      'a signature by another user id',
      { yymc: 'FAKE_CSJ_GATEWAY' },
      signed('{"yymc":"FAKE_CSJ_GATEWAY"}', 'x'),
      '3 签名错误',
    ],
    ['an unknown member', { yymc: 'FAKE_CSJ_GATEWAY', x: '1' }, undefined, '1 参数错误:x'],
    ['no application', {}, undefined, '1 参数错误:yymc'],
    ['an application that is no text', { yymc: 1 }, undefined, '1 参数错误:yymc'],
    ['an unknown application', { yymc: 'ANOTHER' }, undefined, '3 签名错误'],
  ])('is refused for %s', async (_what, data, sign, expected) => {
    const here = await openLooks()
    expect(await here.head('token', data, sign)).toBe(expected)
    expect(here.region.refusals()).toMatchObject([{ operation: 'licence-token', status: 200 }])
  })
})

describe('the order of checks', () => {
  test('a token that is missing or unknown comes before the signature', async () => {
    const here = await openLooks()
    const body = '{"head":{"sign":""},"data":{}}'
    for (const query of ['', '?token=', '?token=FAKE0', '?token=constructor']) {
      const told = (await here.send(pathOf('zzcx') + query, body)).body
      expect([String(told.head.status), told.head.message, told.data]).toEqual([
        '2',
        'token无效或已过期',
        null,
      ])
    }
  })
  test('a signature that is wrong comes before the members', async () => {
    const here = await openLooks()
    expect(await here.head('zzcx', {}, '')).toBe('3 签名错误')
    // By the constant user id, which is for the token call alone.
    expect(await here.head('zzcx', QUERY, signed(JSON.stringify(QUERY), '1234567812345678'))).toBe(
      '3 签名错误',
    )
  })
  test('the signature is over the text as it stands, whatever its spaces and order', async () => {
    const here = await openLooks()
    const spaced = JSON.stringify(QUERY, null, 2)
    expect((await here.raw('zzcx', spaced)).head.message).toBe('成功')
    expect(
      (await here.raw('zzcx', spaced, signed(JSON.stringify(QUERY), here.session.token))).head.message,
    ).toBe('签名错误')
    const escaped = JSON.stringify(QUERY).replace('张', '\\u5f20')
    expect((await here.raw('zzcx', escaped)).head.message).toBe('成功')
  })
  test.each<[string, object, string]>([
    ['an unknown member, before a missing one', { colour: '1', czzt: '' }, '参数错误:colour'],
    [
      'a missing member, before a malformed one',
      { czztdmlxdm: undefined, zzlxdm: 'x' },
      '参数错误:czztdmlxdm',
    ],
    ['an empty member', { ywh: '' }, '参数错误:ywh'],
    ['a number', { dwdm: 320500 }, '参数错误:dwdm'],
    ['null', { zzlxdm: null }, '参数错误:zzlxdm'],
    ['a type of another length', { zzlxdm: '11100000MB1TEXT93500' }, '参数错误:zzlxdm'],
    ['a long name', { czzt: '长'.repeat(101) }, '参数错误:czzt'],
    ['a long number', { czztdm: '1'.repeat(31) }, '参数错误:czztdm'],
    ['a military card', { czztdmlxdm: '115' }, '参数错误:czztdmlxdm'],
    ['a long case number', { ywh: '1'.repeat(51) }, '参数错误:ywh'],
    ['a member, before the city', { dwdm: '310000', ywh: '1'.repeat(51) }, '参数错误:ywh'],
    [
      'another region’s city, before the number by its type',
      { dwdm: '310000', czztdm: '1' },
      '参数错误:dwdm',
    ],
    ['a county', { dwdm: '320505' }, '参数错误:dwdm'],
    ['a wrong check digit', { czztdm: '320501190001010016' }, '参数错误:czztdm'],
    [
      'a credit code with a wrong organisation part',
      { czztdmlxdm: '001', czztdm: '91320500MA1TEXT16A' },
      '参数错误:czztdm',
    ],
    ['a number of the other type', { czztdmlxdm: '001' }, '参数错误:czztdm'],
  ])('%s is refused', async (_what, more, message) => {
    const here = await openLooks()
    expect(await here.head('zzcx', { ...QUERY, ...more })).toBe(`1 ${message}`)
    expect(here.region.refusals()).toMatchObject([{ operation: 'licence-query', code: '1', message }])
    expect(JSON.stringify(here.region.refusals())).not.toContain(QUERY.czztdm)
  })
  test.each(['001', '099', '111', '114', '414', '511', '516', '999'])(
    'type %s is known',
    async (czztdmlxdm) => {
      const here = await openLooks()
      const czztdm = { '111': QUERY.czztdm, '001': '91320500MA1TEXT06A' }[czztdmlxdm] ?? 'E1'
      const told = await here.look('zzcx', { ...QUERY, czzt: '无此人', czztdm, czztdmlxdm })
      expect([String(told.head.status), told.head.message, told.data]).toEqual(['4', '未查询到', null])
    },
  )
})
