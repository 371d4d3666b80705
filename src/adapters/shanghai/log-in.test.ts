/** The log-in by the contract's own samples, and what an answer may do that is no sample (4.5). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { validator } from '../../schemas/validate.ts'
import type { Alarm } from '../kit/codes.ts'
import type { Incoming, Outgoing, Transport } from '../kit/transport.ts'
import { certType, REAL_NAME_LEVELS } from './codes.ts'
import { shanghai } from './index.ts'
import { sm3 } from './sign.ts'
import { json, refused } from './test-region.ts'
import { config, vectors } from './test-vectors.ts'

type Plain = Readonly<Record<string, unknown>>

const bodyOf = (op: string) =>
  vectors.samples.find((one) => one.op === op)?.response.body as unknown as Record<string, string>
const PERSON = bodyOf('sso-userinfo')
const ORGANISATION = bodyOf('sso-userinfo-legal')

/** The same account with other members; the identity hash is made anew unless it is told. */
function changed(base: Plain, more: Plain): Plain {
  const body: Record<string, unknown> = { ...base, ...more }
  if (!('encrypt_identity' in more))
    body['encrypt_identity'] = sm3(`${body['zwdtsw_cert_type']}:${body['zwdtsw_cert_id']}`)
  return body
}

const broken = (text: string): Incoming => ({ ...json({}), body: Buffer.from(text) })

/** A log-in whose one call is answered so, with what was sent and which alarms were raised. */
function answeredBy(answer: Incoming | Plain, options: Plain = {}) {
  const sent: Outgoing[] = []
  const alarms: Alarm[] = []
  const transport: Transport = async (out) => {
    sent.push(out)
    return 'headers' in answer ? (answer as Incoming) : json(answer)
  }
  const own = { ...config, options: { ...config.options, ...options } }
  const link = shanghai.logIn?.(own, transport, () => new Date(0), alarms)
  return { link, sent, alarms, identify: async () => link?.identify({ ticket: 'a-ticket' }) }
}

const linkOf = (options: Plain = {}) => answeredBy({}, options).link

describe('the way there and back', () => {
  const urls = vectors.signing.filter((one) => one.kind === 'url') as unknown as readonly {
    name: string
    browserBaseUrl: string
    redirectUri: string
    expected: string
    expectedReturn: string
  }[]
  test.each(urls)('$name', ({ name, browserBaseUrl, redirectUri, expected, expectedReturn }) => {
    const link = linkOf({ browserBaseUrl })
    const kind = name === 'sso-url-legal' ? 'organisation' : 'person'
    expect(link?.address({ returnTo: redirectUri, kind })).toBe(expected)
    const ticket = link?.ticketIn(new URL(expectedReturn).searchParams)
    expect(ticket).toBe('11111111-2222-4333-a444-555555555555')
  })
  test('both vectors were looked at', () => expect(urls).toHaveLength(2))

  test('a base that is absolute stands for itself, and the browser’s base replaces the other’s', () => {
    const link = linkOf({
      corpUcBase: 'https://corp.example.invalid/auth',
      browserBaseUrl: 'https://sh.test',
    })
    const returnTo = 'https://gw.test/back?state=a+b'
    expect(link?.address({ returnTo, kind: 'organisation' })).toBe(
      'https://corp.example.invalid/auth/login.jsp?redirect_uri=https%3A%2F%2Fgw.test%2Fback%3Fstate%3Da%2Bb',
    )
    expect(link?.address({ returnTo, kind: 'person' })).toMatch(/^https:\/\/sh\.test\/uc\/naturalUser\//)
  })

  test.each(['ucBase', 'corpUcBase', 'ly', 'browserBaseUrl'])('there is no log-in without %s', (member) => {
    const { [member]: _, ...options } = config.options as Record<string, unknown>
    const own = { ...config, options } as unknown as typeof config
    expect(
      shanghai.logIn?.(
        own,
        () => Promise.reject(),
        () => new Date(),
      ),
    ).toBeUndefined()
  })

  test.each([
    ['given up', 'state=s&error=access_denied'],
    ['an error beside a token', 'state=s&access_token=t&error=access_denied'],
    ['an empty token', 'state=s&access_token='],
    ['a countryToken alone', 'state=s&countryToken=t'],
  ])('%s brings no ticket', (_what, query) => {
    expect(linkOf()?.ticketIn(new URLSearchParams(query))).toBeUndefined()
  })
})

describe('who it is', () => {
  test('a person, asked for as the sample asks', async () => {
    const { identify, sent, alarms } = answeredBy(PERSON)
    expect(await identify()).toEqual({
      subject: 'shu-np1',
      kind: 'person',
      level: 3,
      rawLevel: '3',
      person: {
        name: '测试甲',
        idDocument: { type: '111', number: '310101190001010011' },
        mobile: '10000000000',
      },
    })
    expect(alarms).toEqual([])
    expect(sent).toEqual([
      {
        method: 'POST',
        url: `${config.baseUrl}/uc/oauth2.0/me.do`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'access_token=a-ticket',
      },
    ])
  })

  test('an organisation, with the agent who sits there', async () => {
    expect(await answeredBy(changed(ORGANISATION, { zwdtsw_law_person: '测试丁' })).identify()).toEqual({
      subject: 'shu-lp1',
      kind: 'organisation',
      level: 3,
      rawLevel: '3',
      person: {
        name: '测试甲',
        idDocument: { type: '111', number: '310101190001010011' },
        mobile: '10000000000',
      },
      organisation: {
        name: '上海示例科技有限公司',
        idDocument: { type: '001', number: '91310000MA1TEXT06C' },
        legalRepresentative: { name: '测试丁' },
      },
    })
  })

  test('blank members may be null or missing, and others may be added', async () => {
    const { zwdtsw_link_cert_id: _, zwdtsw_law_person: __, ...rest } = PERSON
    const body = changed(rest, { zwdtsw_link_phone: null, zwdtsw_link_cert_type: null, more: [1] })
    expect((await answeredBy(body).identify())?.person).toEqual({
      name: '测试甲',
      idDocument: { type: '111', number: '310101190001010011' },
    })
  })

  test('an agent whose certificate is not told has none', async () => {
    const body = changed(ORGANISATION, { zwdtsw_link_cert_type: '', zwdtsw_link_cert_id: '' })
    expect((await answeredBy(body).identify())?.person).toEqual({ name: '测试甲', mobile: '10000000000' })
  })

  test('a small x of a resident’s number is a capital, and the hash is that of what was sent', async () => {
    const body = changed(PERSON, { zwdtsw_cert_id: '31010119000101002x' })
    expect((await answeredBy(body).identify())?.person.idDocument?.number).toBe('31010119000101002X')
  })

  test('letters of a passport stay', async () => {
    const body = changed(PERSON, { zwdtsw_cert_type: '护照', zwdtsw_cert_id: 'e00000001' })
    expect((await answeredBy(body).identify())?.person.idDocument).toEqual({
      type: '414',
      number: 'e00000001',
    })
  })

  test('an unknown certificate is alarmed and tells nothing', async () => {
    const { identify, alarms } = answeredBy(changed(PERSON, { zwdtsw_cert_type: '士兵证' }))
    expect((await identify())?.person).toEqual({ name: '测试甲', mobile: '10000000000' })
    expect(alarms).toEqual([{ table: 'shanghai/certType', code: '士兵证' }])
  })

  test.each(['4', '', '高级', 'constructor'])('the level %j is alarmed and counts as none', async (raw) => {
    const { identify, alarms } = answeredBy(changed(PERSON, { zwdtsw_after_certification: raw }))
    expect(await identify()).toMatchObject({ level: 0, rawLevel: raw })
    expect(alarms).toEqual([{ table: 'shanghai/realNameLevel', code: raw }])
  })

  test('an unknown kind of account is alarmed and let in as neither', async () => {
    const { identify, alarms } = answeredBy(changed(PERSON, { zwdtsw_user_type: '其他组织' }))
    await expect(identify()).rejects.toMatchObject({ code: 'REGION_ANSWER_INVALID' })
    expect(alarms).toEqual([{ table: 'shanghai/userType', code: '其他组织' }])
  })
})

test('an account that has proved nothing yet may have no name', async () => {
  const blank = { zwdtsw_name: '', zwdtsw_cert_type: '', zwdtsw_cert_id: '', zwdtsw_after_certification: '0' }
  const account = await answeredBy(changed(PERSON, blank)).identify()
  expect(account).toMatchObject({ level: 0, person: { name: '' } })
})

describe('who is not let in', () => {
  test.each<[string, Incoming | Plain, string]>([
    ['a used token, with HTTP 200', bodyOf('sso-userinfo-used'), 'LOGIN_TICKET_INVALID'],
    ['a request that is refused', json({ error: 'invalid_request' }, 400), 'REGION_ANSWER_INVALID'],
    ['an error beside a person', changed(PERSON, { error: 'server_error' }), 'REGION_ANSWER_INVALID'],
    ['a locked account', changed(PERSON, { zwdtsw_user_status: '0' }), 'ACCOUNT_LOCKED'],
    ['a state that nobody knows', changed(PERSON, { zwdtsw_user_status: '2' }), 'REGION_ANSWER_INVALID'],
    ['a changed number', { ...PERSON, zwdtsw_cert_id: '310101190506060065' }, 'REGION_ANSWER_INVALID'],
    ['a changed type', { ...PERSON, zwdtsw_cert_type: '护照' }, 'REGION_ANSWER_INVALID'],
    ['no identity hash', changed(PERSON, { encrypt_identity: '' }), 'REGION_ANSWER_INVALID'],
    ['no name', changed(PERSON, { zwdtsw_name: '' }), 'REGION_ANSWER_INVALID'],
    ['a number that is no text', changed(PERSON, { zwdtsw_cert_id: 310101 }), 'REGION_ANSWER_INVALID'],
    ['an organisation without a name', changed(ORGANISATION, { zwdtsw_name: '' }), 'REGION_ANSWER_INVALID'],
    ['no agent', changed(ORGANISATION, { zwdtsw_link_person: '' }), 'REGION_ANSWER_INVALID'],
    [
      'an organisation that is no credit code',
      changed(ORGANISATION, { zwdtsw_cert_type: '其他' }),
      'REGION_ANSWER_INVALID',
    ],
    ['no object', json([PERSON]), 'REGION_ANSWER_INVALID'],
    ['broken JSON', broken('{"zwdtsw_name":测试甲}'), 'REGION_ANSWER_INVALID'],
    ['a server that fails', json({ error: 'x' }, 500), 'REGION_UNAVAILABLE'],
    ['an envelope that fails', refused('SYSTEM_ERROR', '接口不存在'), 'REGION_UNAVAILABLE'],
  ])('%s', async (_what, answer, code) => {
    const error = await answeredBy(answer)
      .identify()
      .catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code })
    const { cause } = error as { cause?: unknown }
    expect(JSON.stringify([String(error), error, String(cause)])).not.toMatch(/测试|31010119|E0000|91310000/)
  })

  test('an empty ticket is not asked about', async () => {
    const { link, sent } = answeredBy(PERSON)
    await expect(link?.identify({ ticket: '' })).rejects.toMatchObject({ code: 'LOGIN_TICKET_INVALID' })
    expect(sent).toEqual([])
  })
})

describe('the configuration', () => {
  const check = validator(shanghai.configSchema)
  const withOption = (more: Plain) => ({ ...config, options: { ...config.options, ...more } })
  test.each(['https://login.example.invalid', 'https://login.example.invalid/uc', '/uc', '/a/b'])(
    '%s may be the base of the log-in',
    (ucBase) => expect(check(withOption({ ucBase }))).toBeUndefined(),
  )
  test.each([
    ['ucBase', 'uc'],
    ['ucBase', '/uc/'],
    ['corpUcBase', 'ftp://login.example.invalid'],
    ['browserBaseUrl', '/browser'],
    ['browserBaseUrl', 'https://login.example.invalid/'],
  ])('%s cannot be %s', (member, value) => {
    expect(check(withOption({ [member]: value }))?.[0]?.pointer).toBe(`/options/${member}`)
  })
})

describe('the tables', () => {
  test('the levels are the contract’s', () => {
    for (const { raw, canonical } of vectors.codes.realNameLevel)
      expect([raw, REAL_NAME_LEVELS.levels[raw]]).toEqual([raw, Number(canonical)])
    expect(Object.keys(REAL_NAME_LEVELS.levels)).toHaveLength(vectors.codes.realNameLevel.length)
  })

  test('any word of the certificate table is read as the type that is written with it', async () => {
    const types = Object.keys(certType.table).filter((type) => type !== '001')
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...types),
        fc.stringMatching(/^[A-Z0-9]{5,18}$/),
        async (type, number) => {
          const body = changed(PERSON, { zwdtsw_cert_type: certType.codeOf(type), zwdtsw_cert_id: number })
          expect((await answeredBy(body).identify())?.person.idDocument).toEqual({ type, number })
        },
      ),
    )
  })
})
