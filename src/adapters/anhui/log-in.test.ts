/** Anhui's log-in: to the letter of the recorded calls, levels and certificates. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Alarm } from '../kit/codes.ts'
import { levelOf } from '../kit/log-in.ts'
import type { Outgoing } from '../kit/transport.ts'
import { authLevel, certType } from './codes.ts'
import { anhui } from './index.ts'
import { signature } from './sign.ts'
import { CAS, cas, legal, logInAt, person, RETURN_TO, told, xml } from './test-log-in.ts'
import { sample, vectors } from './test-vectors.ts'

const { config } = vectors
const pathOf = (out: Outgoing | undefined) => out?.url.replace(config.baseUrl, '')
const without = (changes: { credentials?: object; options?: object }) =>
  anhui.logIn?.(
    {
      ...config,
      credentials: { ...config.credentials, ...changes.credentials },
      options: { ...config.options, ...changes.options },
    },
    async () => ({}) as never,
    () => new Date(),
  )

describe('the addresses', () => {
  test('are those of the sample, whose query of its own is encoded whole', () => {
    const { link } = logInAt([])
    expect(link.address({ returnTo: RETURN_TO, kind: 'person' })).toBe(
      config.options.ssoBaseUrl + sample('sso-login').request.path,
    )
    expect(link.logOutAddress).toBeUndefined()
  })

  test('bring a ticket back behind what stood there', () => {
    const { link } = logInAt([])
    const { headers } = sample('sso-login').response as unknown as { headers: { Location: string } }
    expect(link.ticketIn(new URL(headers.Location).searchParams)).toBe(
      'ST-1-1e342a90aa38bcf955ddfc259bdd4599-ahzwfw',
    )
    expect(link.ticketIn(new URLSearchParams('ticket=ours&ticket=theirs'))).toBe('theirs')
    expect(link.ticketIn(new URLSearchParams('ticket='))).toBeUndefined()
    expect(link.ticketIn(new URLSearchParams('state=s1'))).toBeUndefined()
  })

  test.each([
    ['ssoAppCode', { credentials: { ssoAppCode: undefined } }],
    ['ssoBaseUrl', { options: { ssoBaseUrl: undefined } }],
    ['ssoService', { options: { ssoService: undefined } }],
    ['the group', { options: { groups: { ...config.options.groups, uccp: undefined } } }],
    ['the path of the sign-on', { options: { paths: { ...config.options.paths, sso: undefined } } }],
    ['the path of the users', { options: { paths: { ...config.options.paths, user: undefined } } }],
  ])('are not offered without %s', (_, changes) => {
    expect(without(changes)).toBeUndefined()
  })
})

describe('the recorded calls', () => {
  test('are made to the letter: the exchange without a signature, the user with the known answer’s recipe', async () => {
    const { link, sent } = logInAt([xml(CAS), person({})])
    const account = await link.identify({
      ticket: 'ST-1-1e342a90aa38bcf955ddfc259bdd4599-ahzwfw',
      returnTo: RETURN_TO,
    })
    expect(sent.map((out) => [out.method, pathOf(out)])).toEqual(
      [sample('sso-exchange'), sample('sso-userinfo')].map(({ request }) => [request.method, request.path]),
    )
    expect(Object.keys(sent[0]?.headers ?? {}).filter((name) => /^s-/i.test(name))).toEqual([])
    const headers = sent[1]?.headers ?? {}
    expect(headers['S-Auth-GroupId']).toBe('fakegroupah05')
    expect(headers['S-Auth-Signature']).toBe(
      signature(config.credentials.appSecret, {
        target: sample('sso-userinfo').request.path,
        nonce: headers['S-Auth-Nonce'] ?? '',
        timestamp: headers['S-Auth-Timestamp'] ?? '',
        appId: config.credentials.appId,
        contentMd5: '',
      }),
    )
    expect(account).toEqual({
      subject: 'ahperson0001',
      kind: 'person',
      level: 3,
      rawLevel: '3',
      person: {
        name: '测试甲',
        idDocument: { type: '111', number: '34010319000101001X' },
        mobile: '10000000001',
      },
      homeDivision: '340100',
    })
  })

  test('a legal person is read at its own path, with agent and representative', async () => {
    const { link, sent } = logInAt([cas('2', 'ahlegal00002'), legal({})])
    const account = await link.identify({ ticket: 'ST-1', returnTo: RETURN_TO })
    expect(pathOf(sent[1])).toMatch(
      /^\/uccp-user\/legal\/info\?userId=ahlegal00002&access_token=[0-9a-f]{32}$/,
    )
    expect(account).toEqual({
      subject: 'ahlegal00002',
      kind: 'organisation',
      level: 2,
      rawLevel: '2',
      person: {
        name: '测试丙',
        idDocument: { type: '111', number: '341302190204050033' },
        mobile: '10000000003',
      },
      organisation: {
        name: '芜湖示例制造有限公司',
        idDocument: { type: '001', number: '91340200MA2FAKE100' },
        legalRepresentative: { name: '测试乙', idDocument: { type: '111', number: '340202190102030027' } },
      },
      homeDivision: '340200',
    })
  })

  test('a token of the 皖事通 app is no ticket: it is asked about in one signed call', async () => {
    const recorded = sample('sso-apptoken')
    const { link, sent } = logInAt([{ json: recorded.response.body }])
    const account = await link.identify({ ticket: recorded.request.form?.['token'] ?? '' })
    expect(
      sent.map((out) => [out.method, pathOf(out), String(out.body), out.headers['Content-Type']]),
    ).toEqual([
      [
        'POST',
        recorded.request.path,
        new URLSearchParams(recorded.request.form).toString(),
        'application/x-www-form-urlencoded',
      ],
    ])
    expect(sent[0]?.headers['S-Auth-GroupId']).toBe('fakegroupah05')
    expect(account).toMatchObject({ subject: 'ahperson0002', level: 2, person: { name: '测试乙' } })
  })

  test('a ticket that another system brings was made for the configured address', async () => {
    const { link, sent } = logInAt([xml(CAS), person({})])
    await link.identify({ ticket: 'ST-9' })
    expect(new URL(sent[0]?.url ?? '').searchParams.get('service')).toBe(config.options.ssoService)
  })

  test('a path in the base address comes first', async () => {
    const { link, sent } = logInAt([xml(CAS), person({})], { ...config, baseUrl: 'http://ah.test/in' })
    await link.identify({ ticket: 'ST-9' })
    expect(sent.map((out) => new URL(out.url).pathname)).toEqual([
      '/in/uccp-server/serviceValidate',
      '/in/uccp-user/nperson/info',
    ])
  })
})

describe('the CAS answer', () => {
  const read = (text: string) =>
    logInAt([xml(text), person({})]).link.identify({ ticket: 'ST-1', returnTo: RETURN_TO })

  test.each([
    ['other letters before its names', CAS.replaceAll('cas:', 'x:').replace('xmlns:cas', 'xmlns:x')],
    ['no letters before its names', CAS.replaceAll('cas:', '').replace('xmlns:cas', 'xmlns')],
    [
      'a prolog, blanks and CDATA',
      `\n<?xml version="1.0" encoding="UTF-8"?>\n${CAS.replace('>ahperson0001<', '> <![CDATA[ahperson0001]]> <')}`,
    ],
  ])('may have %s', async (_, text) => {
    expect((await read(text)).subject).toBe('ahperson0001')
  })

  test('keeps the noughts of an identifier that looks like a number', async () => {
    const { link } = logInAt([cas('1', '007'), person({ userId: '007' })])
    expect((await link.identify({ ticket: 'ST-1' })).subject).toBe('007')
  })
})

describe('levels and certificates', () => {
  test.each([
    ['0', 0],
    [1, 1],
    ['2', 2],
    ['3', 3],
  ] as const)('authLevel %s is %s for persons and legal persons', async (raw, level) => {
    for (const { account, alarms } of [
      await told(person({ authLevel: raw })),
      await told(legal({ authLevel: raw }), '2', 'ahlegal00002'),
    ])
      expect([account.level, account.rawLevel, alarms]).toEqual([level, String(raw), []])
  })

  test('a level that no table knows is none, and alarmed', async () => {
    for (const [raw, code] of [
      ['4', '4'],
      ['03', '03'],
      ['', ''],
      [undefined, ''],
    ]) {
      const { account, alarms } = await told(person({ authLevel: raw }))
      expect([account.level, alarms]).toEqual([0, [{ table: 'anhui/authLevel', code }]])
    }
    fc.assert(
      fc.property(fc.string(), (raw) => {
        const alarms: Alarm[] = []
        const known = /^[0-3]$/.test(raw)
        expect([levelOf(authLevel, raw, alarms), alarms.length]).toEqual(known ? [Number(raw), 0] : [0, 1])
      }),
    )
  })

  test('certificates are read back as they are written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(certType.table)), async (type) => {
        const { account, alarms } = await told(
          person({ credentType: certType.codeOf(type), credentNo: 'A1' }),
        )
        expect([account.person.idDocument, alarms]).toEqual([{ type, number: 'A1' }, []])
      }),
    )
  })

  test('a type that no table knows is alarmed and left out; a small x becomes a capital one; the rest may be absent', async () => {
    const unknown = await told(person({ credentType: '77' }))
    expect(unknown.account.person.idDocument).toBeUndefined()
    expect(unknown.alarms).toEqual([{ table: 'anhui/certType', code: '77' }])
    const small = await told(person({ credentNo: '34010319000101001x' }))
    expect(small.account.person.idDocument?.number).toBe('34010319000101001X')
    const bare = await told(
      person({ credentType: '', credentNo: null, phone: '0551-1234567', regionCode: '' }),
    )
    expect(bare.account.person).toEqual({ name: '测试甲' })
    expect([bare.account.homeDivision, bare.alarms]).toEqual([undefined, []])
    const firm = await told(legal({ legalPerson: '', creditCode: '91340200ma2fake100' }), '2', 'ahlegal00002')
    expect(firm.account.organisation).toEqual({
      name: '芜湖示例制造有限公司',
      idDocument: { type: '001', number: '91340200MA2FAKE100' },
    })
  })
})

test('an account that has proved nothing yet may have no name; any other has one', async () => {
  const { account } = await told(person({ name: '', credentNo: '', authLevel: '0' }))
  expect(account).toMatchObject({ level: 0, person: { name: '' } })
  await expect(told(person({ name: '', authLevel: '1' }))).rejects.toMatchObject({
    code: 'REGION_ANSWER_INVALID',
  })
})
