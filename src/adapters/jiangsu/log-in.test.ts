/** The log-in by the contract's own samples, and what an answer may do that is no sample (4.e, 3.3). */
import { createCipheriv } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import { validator } from '../../schemas/validate.ts'
import type { Alarm } from '../kit/codes.ts'
import type { Incoming, Outgoing, Transport } from '../kit/transport.ts'
import { AUTH_LEVELS, papersType } from './codes.ts'
import { jiangsu } from './index.ts'
import { config, sample, samples, textOf } from './test-samples.ts'

type Plain = Readonly<Record<string, unknown>>

const JIS = config.credentials.jis
const TICKET = 'T0c82853c786b71a008b2d482f55d888c'
const { person: PERSON, corporate: CORPORATE } = vectors.ssoPlaintext

const answer = (body: unknown, more: Partial<Incoming> = {}): Incoming => ({
  status: 200,
  headers: { 'content-type': 'application/json;charset=UTF-8' },
  body: Buffer.from(textOf(body)),
  ...more,
})
const sampled = (op: string) => answer(sample(op).response.body)
const data = (text: string) => answer({ retcode: '000000', msg: '成功', data: text })
const session = (usertype = '1') => data(JSON.stringify({ token: '8'.repeat(32), usertype, more: 1 }))
const refusal = (retcode: string) => answer({ retcode, msg: '', data: '' })

function encrypted(content: unknown, key = JIS.appword): string {
  const cipher = createCipheriv('aes-128-ecb', key, null)
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  return cipher.update(text, 'utf8', 'hex') + cipher.final('hex')
}
const user = (content: unknown) => data(encrypted(content))

/** A log-in whose calls are answered in turn, with what was sent and which alarms were raised. */
function answeredBy(...answers: readonly Incoming[]) {
  const left = [...answers]
  const sent: Outgoing[] = []
  const alarms: Alarm[] = []
  const transport: Transport = async (out) => {
    sent.push(out)
    const next = left.shift()
    if (!next) throw new Error('one call too many')
    return next
  }
  const now = () => new Date('2099-01-02T09:04:31+08:00')
  const link = jiangsu.logIn?.(config, transport, now, alarms)
  return { link, sent, alarms, identify: async () => link?.identify({ ticket: TICKET }) }
}

const formOf = (out: Outgoing | undefined) => Object.fromEntries(new URLSearchParams(String(out?.body)))

describe('the way there and back', () => {
  test('the address of the sample, and the ticket that it brings', () => {
    const { link } = answeredBy()
    const { path } = sample('sso-login').request
    const returnTo = 'https://gw.example.invalid/sso/js/back?state=fake123'
    for (const kind of ['person', 'organisation'] as const)
      expect(link?.address({ returnTo, kind })).toBe(config.options.loginBaseUrl + path)
    const location = sample('sso-login').response.headers?.['location'] ?? ''
    expect(link?.ticketIn(new URL(location).searchParams)).toBe(TICKET)
  })

  test('gotoUrl is padded Base64, percent-encoded', () => {
    const known = vectors.signing.find(({ name }) => name === 'goto-url') as unknown as Record<string, string>
    const address = answeredBy().link?.address({ returnTo: known['url'] ?? '', kind: 'person' })
    expect(address?.split('&gotoUrl=')[1]).toBe(known['expected'])
  })

  test('what is returned to comes out again, whatever it is', () => {
    const { link } = answeredBy()
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (returnTo) => {
        const query = new URL(link?.address({ returnTo, kind: 'person' }) ?? '').searchParams
        expect([...query.keys()]).toEqual(['appMark', 'gotoUrl'])
        expect(Buffer.from(query.get('gotoUrl') ?? '', 'base64').toString('utf8')).toBe(returnTo)
      }),
    )
  })

  test('who gives up brings no ticket', () => {
    expect(answeredBy().link?.ticketIn(new URLSearchParams('state=fake123'))).toBeUndefined()
    expect(answeredBy().link?.ticketIn(new URLSearchParams('state=s&ticket='))).toBeUndefined()
  })

  test.each(['jis', 'identity', 'loginBaseUrl', 'loginPath'])('there is no log-in without %s', (member) => {
    const without = JSON.parse(JSON.stringify(config, (key, value) => (key === member ? undefined : value)))
    const never: Transport = () => Promise.reject(new Error('not asked'))
    expect(jiangsu.logIn?.(without, never, () => new Date())).toBeUndefined()
  })

  test.each(['SHORT', 'FAKEAPPWORD123456', '十六个字符的密钥十六个字符的密钥'])(
    'the secret %s is no key',
    (appword) => {
      const credentials = { ...config.credentials, jis: { ...JIS, appword } }
      const check = validator(jiangsu.configSchema)
      expect(check(config)).toBeUndefined()
      expect(check({ ...config, credentials })?.[0]?.pointer).toBe('/credentials/jis/appword')
    },
  )
})

describe('who it is', () => {
  test('a person: ticket, token, user data, as the samples have them', async () => {
    const { identify, sent, alarms } = answeredBy(sampled('sso-exchange'), sampled('sso-userinfo'))
    expect(await identify()).toEqual({
      subject: '21f898b461a323beb04ea3d9a5353b1e',
      kind: 'person',
      level: 3,
      rawLevel: '3',
      person: {
        name: '张测试',
        idDocument: { type: '111', number: '320501190001010015' },
        mobile: '10000000001',
      },
    })
    expect(alarms).toEqual([])
    for (const [index, op] of ['sso-exchange', 'sso-userinfo'].entries()) {
      const { path, body } = sample(op).request
      expect(sent[index]).toMatchObject({ method: 'POST', url: config.baseUrl + path })
      expect(sent[index]?.headers).toMatchObject({
        'content-type': 'application/x-www-form-urlencoded',
        'x-tif-paasid': 'fake_csj_gateway',
      })
      const { servicename, params } = Object.fromEntries(new URLSearchParams(String(body)))
      expect(formOf(sent[index])).toMatchObject({ servicename, params, time: '20990102090431' })
    }
    expect(sent[0]?.body).toBe(sample('sso-exchange').request.body)
  })

  test('an organisation is asked for by its own service', async () => {
    const { identify, sent } = answeredBy(session('2'), sampled('sso-userinfo-corp'))
    expect(await identify()).toEqual({
      subject: '29d319b0d1f953fce2d622b718ffe9fb',
      kind: 'organisation',
      level: 3,
      rawLevel: '3',
      person: {
        name: '张测试',
        idDocument: { type: '111', number: '320501190001010015' },
        mobile: '10000000011',
      },
      organisation: {
        name: '苏州测试科技有限公司',
        idDocument: { type: '001', number: '91320500MA1TEXT06A' },
        legalRepresentative: {
          name: '张测试',
          idDocument: { type: '111', number: '320501190001010015' },
        },
      },
    })
    expect(formOf(sent[1])).toMatchObject({ servicename: 'findCorUserByToken' })
  })

  test('a number that is no resident’s does not tell its type; small letters are capitals', async () => {
    const content = {
      ...CORPORATE,
      cornumber: '91320500ma1text06a',
      corporationpapersnumber: 'E12345678',
      agentpapersnumber: '32050119000101002x',
      mobile: '',
    }
    expect(await answeredBy(session('2'), user(content)).identify()).toMatchObject({
      person: { name: '张测试', idDocument: { type: '111', number: '32050119000101002X' } },
      organisation: {
        idDocument: { type: '001', number: '91320500MA1TEXT06A' },
        legalRepresentative: { name: '张测试' },
      },
    })
    const { organisation, person } = (await answeredBy(session('2'), user(content)).identify()) ?? {}
    expect(organisation?.legalRepresentative).not.toHaveProperty('idDocument')
    expect(person).not.toHaveProperty('mobile')
  })

  test('a small x of a person is a capital, and a passport’s letters stay', async () => {
    const found = async (more: Plain) =>
      (await answeredBy(session(), user({ ...PERSON, ...more })).identify())?.person.idDocument
    expect(await found({ papersnumber: '32050119000101002x' })).toEqual({
      type: '111',
      number: '32050119000101002X',
    })
    expect(await found({ paperstype: '2', papersnumber: 'e123' })).toEqual({ type: '414', number: 'e123' })
    expect(await found({ papersnumber: '' })).toBeUndefined()
  })

  test('an unknown certificate is alarmed and tells nothing', async () => {
    const { identify, alarms } = answeredBy(session(), user({ ...PERSON, paperstype: '7' }))
    expect((await identify())?.person).toEqual({ name: '张测试', mobile: '10000000001' })
    expect(alarms).toEqual([{ table: 'jiangsu/paperstype', code: '7' }])
  })

  test('authlevel decides; an unknown one is alarmed and counts as none', async () => {
    const told = { ...PERSON, authlevel: '1', newauthlevel: '3', isauthuser: '1' }
    expect(await answeredBy(session(), user(told)).identify()).toMatchObject({ level: 1, rawLevel: '1' })
    const { identify, alarms } = answeredBy(session(), user({ ...PERSON, authlevel: 'L3' }))
    expect(await identify()).toMatchObject({ level: 0, rawLevel: 'L3' })
    expect(alarms).toEqual([{ table: 'jiangsu/authlevel', code: 'L3' }])
  })

  test('an unknown kind of user is alarmed and asked for as neither', async () => {
    const { identify, alarms, sent } = answeredBy(session('3'))
    await expect(identify()).rejects.toMatchObject({ code: 'REGION_ANSWER_INVALID' })
    expect(alarms).toEqual([{ table: 'jiangsu/usertype', code: '3' }])
    expect(sent).toHaveLength(1)
  })
})

test('a token is as long as the platform likes', async () => {
  const token = `${'t'.repeat(600)}+/=&%"`
  const { sent, identify } = answeredBy(data(JSON.stringify({ token, usertype: '1' })), user(PERSON))
  expect(await identify()).toMatchObject({ kind: 'person', level: 3 })
  expect(JSON.parse(formOf(sent[1])['params'] ?? '')).toEqual({ token })
})

test('an account that has proved nothing yet may have no name', async () => {
  const { identify } = answeredBy(session(), user({ ...PERSON, name: '', papersnumber: '', authlevel: '0' }))
  expect(await identify()).toMatchObject({ level: 0, person: { name: '' } })
})

describe('who is not let in', () => {
  test.each<[string, readonly Incoming[], string]>([
    ['a used ticket', [sampled('sso-exchange-used-ticket')], 'LOGIN_TICKET_INVALID'],
    ['a wrong sign', [refusal('000001')], 'REGION_AUTH'],
    ['an ended token', [session(), refusal('000003')], 'LOGIN_TICKET_INVALID'],
    ['an unknown service', [refusal('000004')], 'REGION_ANSWER_INVALID'],
    ['a wrong parameter', [refusal('000006')], 'REGION_ANSWER_INVALID'],
    ['the other kind of user', [session(), refusal('000007')], 'REGION_ANSWER_INVALID'],
    ['a system that fails', [refusal('999999')], 'REGION_UNAVAILABLE'],
    ['a code that nobody knows', [refusal('123456')], 'REGION_ANSWER_INVALID'],
    ['a code that is a name', [refusal('张测试')], 'REGION_ANSWER_INVALID'],
    ['a refusal of the bus', [answer({ errcode: '1002', errmsg: '' }, { status: 401 })], 'REGION_AUTH'],
    ['a server that fails', [answer('x', { status: 502 })], 'REGION_UNAVAILABLE'],
    ['no envelope', [answer({ code: 0 })], 'REGION_ANSWER_INVALID'],
    ['data that are no text', [answer({ retcode: '000000', msg: '', data: {} })], 'REGION_ANSWER_INVALID'],
    ['no token', [data('{"usertype":"1"}')], 'REGION_ANSWER_INVALID'],
    ['data that are no JSON', [data('张测试')], 'REGION_ANSWER_INVALID'],
    ['user data in the clear', [session(), data(JSON.stringify(PERSON))], 'REGION_ANSWER_INVALID'],
    [
      'user data under another secret',
      [session(), data(encrypted(PERSON, 'ANOTHERSECRET123'))],
      'REGION_ANSWER_INVALID',
    ],
    ['user data that are no JSON', [session(), user('{"name":张测试')], 'REGION_ANSWER_INVALID'],
    ['an answer that is no JSON', [answer('{"name":张测试')], 'REGION_ANSWER_INVALID'],
    ['no name', [session(), user({ ...PERSON, name: '' })], 'REGION_ANSWER_INVALID'],
    ['a level that is no text', [session(), user({ ...PERSON, authlevel: 3 })], 'REGION_ANSWER_INVALID'],
    ['a person for an organisation', [session('2'), user(PERSON)], 'REGION_ANSWER_INVALID'],
  ])('%s', async (_what, answers, code) => {
    const error = await answeredBy(...answers)
      .identify()
      .catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code })
    const { cause } = error as { cause?: unknown }
    expect(JSON.stringify([String(error), error, String(cause)])).not.toMatch(/张测试|3205|1000000/)
  })

  test.each(['', 'short', 'x'.repeat(65), 'T0c82853c786b71a"},"x":"'])(
    'the text %j is no ticket, and not asked about',
    async (ticket) => {
      const { link, sent } = answeredBy()
      await expect(link?.identify({ ticket })).rejects.toMatchObject({ code: 'LOGIN_TICKET_INVALID' })
      expect(sent).toEqual([])
    },
  )

  test('a clock that went wrong is set once by the platform’s date: nothing was used up', async () => {
    const date = { ...answer({}).headers, date: 'Fri, 02 Jan 2099 01:20:00 GMT' }
    const skewed = answer({ retcode: '000005', msg: '', data: '' }, { headers: date })
    const { identify, sent } = answeredBy(skewed, sampled('sso-exchange'), sampled('sso-userinfo'))
    expect(await identify()).toMatchObject({ kind: 'person' })
    expect(sent.map((out) => formOf(out)['time'])).toEqual([
      '20990102090431',
      '20990102092000',
      '20990102092000',
    ])
    const twice = answeredBy(skewed, skewed)
    await expect(twice.identify()).rejects.toMatchObject({ code: 'REGION_AUTH' })
  })
})

describe('the tables', () => {
  test('levels are the contract’s', () => {
    const rows = vectors.codes.authlevel as readonly { raw: string; canonical: string }[]
    for (const { raw, canonical } of rows) expect(`L${AUTH_LEVELS.levels[raw]}`).toBe(canonical)
    expect(Object.keys(AUTH_LEVELS.levels)).toHaveLength(rows.length)
  })

  test('certificates are the contract’s, each way', () => {
    const TYPES: Plain = {
      ID_CARD: '111',
      PASSPORT: '414',
      HK_MACAO_PERMIT: '516',
      TAIWAN_PERMIT: '511',
      FOREIGN_PR: '553',
      OFFICER: '114',
      OTHER: '999',
    }
    const rows = vectors.codes.paperstype as readonly { raw: string | number; canonical: string }[]
    for (const { raw, canonical } of rows) {
      const type = papersType.find(raw)
      expect([raw, type]).toEqual([raw, TYPES[canonical]])
      expect(papersType.codeOf(String(type))).toBe(String(raw))
    }
    expect(Object.keys(papersType.table)).toHaveLength(rows.length)
  })

  test('any code of the certificate table is read as the type that is written with it', async () => {
    const types = fc.constantFrom(...Object.keys(papersType.table))
    await fc.assert(
      fc.asyncProperty(types, fc.stringMatching(/^[A-Z0-9]{5,18}$/), async (type, number) => {
        const content = { ...PERSON, paperstype: papersType.codeOf(type), papersnumber: number }
        const found = await answeredBy(session(), user(content)).identify()
        expect(found?.person.idDocument).toEqual({ type, number })
      }),
    )
  })
})

test('every sample of the operation was looked at, and each has its mark', () => {
  const ops = samples.map(({ op }) => op).filter((op) => op.startsWith('sso'))
  expect(ops).toEqual([
    'sso-login',
    'sso-exchange',
    'sso-userinfo',
    'sso-exchange-used-ticket',
    'sso-userinfo-corp',
  ])
  for (const op of ['sso-login', 'sso-exchange', 'sso-userinfo']) expect(jiangsu.marks).toHaveProperty(op)
})
