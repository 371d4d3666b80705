/** Zhejiang's log-in: to the letter of the recorded calls, levels and certificates. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Alarm } from '../kit/codes.ts'
import { levelOf } from '../kit/log-in.ts'
import type { Outgoing } from '../kit/transport.ts'
import { certType, organisationLevel, personLevel } from './codes.ts'
import { zhejiang } from './index.ts'
import { firm, logInAt, person, token, user } from './test-log-in.ts'
import { config, dataOf, sample } from './test-vectors.ts'

const RETURN_TO = 'https://gw.example.invalid/sso/zj/callback?state=abc123'

const told = async (answer: ReturnType<typeof user>) => {
  const { link, alarms } = logInAt([token, answer])
  return { account: await link.identify({ ticket: 't', returnTo: RETURN_TO }), alarms }
}

describe('the addresses', () => {
  const { link } = logInAt([])
  test('are those of the sample, whose query of its own is encoded whole', () => {
    const recordedQuery = new URLSearchParams(sample('sso-login').request.query)
    const address = link.address({ returnTo: recordedQuery.get('sp') ?? '', kind: 'person' })
    expect(address).toBe(
      'http://127.0.0.1:4330/uc/sso/login?appId=SSO-FAKE-CSJ-ZJ&sp=https%3A%2F%2Fgw.example.invalid%2Fsso%2Fzj%2Fcallback%3Fstate%3Dabc123',
    )
    expect(Object.fromEntries(new URL(address).searchParams)).toEqual(sample('sso-login').request.query)
    expect(link.address({ returnTo: RETURN_TO, kind: 'organisation' })).toBe(address)
    expect(link.logOutAddress?.('https://gw.example.invalid/?a=1&b=浙')).toBe(
      'http://127.0.0.1:4330/uc/unifiedLogout?appId=SSO-FAKE-CSJ-ZJ&sp=https%3A%2F%2Fgw.example.invalid%2F%3Fa%3D1%26b%3D%E6%B5%99',
    )
  })

  test('bring a ticket back behind what stood there (trap 16)', () => {
    const { location = '' } = { location: sample('sso-login').response.headers['Location'] }
    expect(link.ticketIn(new URL(location).searchParams)).toBe('debug_tk_4d6b5b6e56d101fd728364b784df1319')
    expect(link.ticketIn(new URLSearchParams('ticketId=ours&state=1&ticketId=theirs'))).toBe('theirs')
    expect(link.ticketIn(new URLSearchParams('state=1&ticketId='))).toBeUndefined()
    expect(link.ticketIn(new URLSearchParams('state=1'))).toBeUndefined()
  })

  test.each([['portalUrl'], ['ssoAppId']])('are not offered without %s', (member) => {
    const { [member as 'portalUrl']: _, ...options } = config.options
    expect(
      zhejiang.logIn?.(
        { ...config, options },
        async () => ({}) as never,
        () => new Date(),
      ),
    ).toBeUndefined()
  })

  test.each([['ssoToken'], ['ssoUser']])('are not offered without the IC code %s', (group) => {
    const { [group as 'ssoToken']: _, ...icCodes } = config.options.icCodes
    const without = { ...config, options: { ...config.options, icCodes } }
    expect(
      zhejiang.logIn?.(
        without,
        async () => ({}) as never,
        () => new Date(),
      ),
    ).toBeUndefined()
  })
})

describe('the recorded calls', () => {
  test('are made to the letter: ticketId, then token, under two IC codes (trap 13)', async () => {
    const [first, second] = [sample('sso-exchange'), sample('sso-userinfo')]
    let at = new Date(first.request.headers['X-BG-DATE-TIME'] ?? '')
    const sent: Outgoing[] = []
    const link = zhejiang.logIn?.(
      config,
      async (out) => {
        sent.push(out)
        at = new Date(second.request.headers['X-BG-DATE-TIME'] ?? '')
        const { body } = sent.length === 1 ? first.response : second.response
        return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(body)) }
      },
      () => at,
    )
    const account = await link?.identify({ ticket: 'debug_tk_4d6b5b6e56d101fd728364b784df1319' })
    expect(
      sent.map((out) => ({
        method: out.method,
        path: new URL(out.url).pathname,
        body: JSON.parse(String(out.body)),
        headers: Object.fromEntries(
          Object.entries(out.headers).map(([name, value]) => [name.toLowerCase(), value]),
        ),
      })),
    ).toEqual(
      [first, second].map(({ request }) => ({
        method: request.method,
        path: request.path,
        body: request.body,
        headers: Object.fromEntries(
          Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
        ),
      })),
    )
    expect(account).toEqual({
      subject: 'u-p1',
      kind: 'person',
      level: 3,
      rawLevel: '3',
      person: {
        name: '测试甲',
        idDocument: { type: '111', number: '33010619010203101X' },
        mobile: '10000000001',
      },
      homeDivision: '330100',
    })
  })

  test('an organisation comes with its agent, whose certificate may have the old number 51, and its representative', async () => {
    const { account, alarms } = await told(user(dataOf(sample('sso-userinfo-legal'))))
    expect(account).toEqual({
      subject: 'c-l2',
      kind: 'organisation',
      level: 1,
      rawLevel: '3',
      person: {
        name: '测试丙',
        idDocument: { type: '111', number: '330402190304053031' },
        mobile: '10000000003',
      },
      organisation: {
        name: '长三角测试贸易(嘉兴)有限公司',
        idDocument: { type: '001', number: '91330400MA9TEXT270' },
        legalRepresentative: {
          name: '测试乙',
          idDocument: { type: '111', number: '330203190203042021' },
        },
      },
      homeDivision: '330400',
    })
    expect(alarms).toEqual([])
  })
})

describe('levels (trap 6: a person’s count up, an organisation’s down)', () => {
  test.each([
    ['authLevel', '1', 0],
    ['authLevel', 2, 1],
    ['authLevel', '3', 3],
    ['realLevel', '4', 0],
    ['realLevel', '3', 1],
    ['realLevel', 2, 2],
    ['realLevel', '1', 3],
  ] as const)('%s %s is %s', async (member, raw, level) => {
    const attributes = JSON.stringify({ [member]: raw, more: true })
    const { account, alarms } = await told(
      member === 'authLevel' ? person({ attributes }) : firm({ attributes }),
    )
    expect([account.level, account.rawLevel, alarms]).toEqual([level, String(raw), []])
  })

  test.each([
    ['{"authLevel":"4"}', '4'],
    ['{"realLevel":"1"}', ''],
    ['{"authLevel":"toString"}', 'toString'],
    ['', ''],
    [null, ''],
    [undefined, ''],
  ])('%s is none, and alarmed', async (attributes, code) => {
    const { account, alarms } = await told(person({ attributes }))
    expect([account.level, account.rawLevel, account.homeDivision]).toEqual([0, code, undefined])
    expect(alarms).toEqual([{ table: 'zhejiang/authLevel', code }])
  })

  test('no word that a table does not know is ever trusted', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(personLevel, organisationLevel), (raw, table) => {
        const alarms: Alarm[] = []
        const level = levelOf(table, raw, alarms)
        expect(level).toBe(Object.entries(table.levels).find(([known]) => known === raw)?.[1] ?? 0)
        expect(alarms.length).toBe(Object.keys(table.levels).includes(raw) ? 0 : 1)
      }),
    )
  })
})

describe('certificates', () => {
  test('are read back as they are written, both for persons and for agents', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(certType.table)), async (type) => {
        const word = certType.codeOf(type)
        const asPerson = await told(person({ idType: word, idNo: 'A1' }))
        const asAgent = await told(firm({ attnIdType: word, attnIdNo: 'A1' }))
        for (const { account, alarms } of [asPerson, asAgent]) {
          expect(account.person.idDocument).toEqual({ type, number: 'A1' })
          expect(alarms).toEqual([])
        }
      }),
    )
  })

  test('of a type that no table knows are alarmed and left out', async () => {
    const { account, alarms } = await told(person({ idType: 'SEAMAN', idNo: 'A1' }))
    expect(account.person).toEqual({ name: '测试甲', mobile: '10000000001' })
    expect(alarms).toEqual([{ table: 'zhejiang/certType', code: 'SEAMAN' }])
  })

  test('end in a capital X, and may be absent', async () => {
    const small = await told(person({ idNo: '33010619010203101x', phone: null }))
    expect(small.account.person).toEqual({
      name: '测试甲',
      idDocument: { type: '111', number: '33010619010203101X' },
    })
    const none = await told(person({ idNo: '', idType: undefined }))
    expect([none.account.person.idDocument, none.alarms]).toEqual([undefined, []])
  })

  test('of a firm may be small, and its representative unknown', async () => {
    const { account } = await told(firm({ unifiedSocialId: '91330400ma9text270', principal: null }))
    expect(account.organisation).toEqual({
      name: '长三角测试贸易(嘉兴)有限公司',
      idDocument: { type: '001', number: '91330400MA9TEXT270' },
    })
  })
})

test('an account that has proved nothing yet may have no name', async () => {
  const attributes = JSON.stringify({ authLevel: '1' })
  const { account } = await told(person({ userName: null, idNo: '', attributes }))
  expect(account).toMatchObject({ level: 0, person: { name: '' } })
})

describe('a legal representative who acts himself', () => {
  const himself = { attnUserType: '1', principal: '测试乙', idType: 'ID_CARD', idNo: '330203190203042021' }
  const nothing = { attnName: null, attnIdType: '', attnIdNo: undefined, attnPhone: null }
  const number = { type: '111', number: '330203190203042021' }

  test.each([
    ['is not told twice', nothing],
    ['is told by name alone', { ...nothing, attnName: '测试乙' }],
  ])('%s', async (_, agent) => {
    const { account } = await told(firm({ ...himself, ...agent }))
    expect(account.person).toEqual({ name: '测试乙', idDocument: number })
  })

  test('lends his number to nobody of another name, and to no agent', async () => {
    const other = await told(firm({ ...himself, ...nothing, attnName: '测试丙' }))
    expect(other.account.person).toEqual({ name: '测试丙' })
    const agent = await told(firm({ ...himself, ...nothing, attnName: '测试乙', attnUserType: '2' }))
    expect(agent.account.person).toEqual({ name: '测试乙' })
  })
})
