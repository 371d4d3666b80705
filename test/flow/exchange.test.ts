/** Token exchange: a region's proof of log-in becomes a token for that person, narrower at each step and never wider. */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SimulatedRegionId } from '../../src/sandbox/simulated.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { personToken, residentNumber, logIn as signIn } from '../support/person-token.ts'
import { ACCESS_TOKEN, askToken, EXCHANGE, payloadOf } from '../support/tokens.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const typeOf = (region: string) => `urn:delta-gateway:token-type:${region}-login`
const ticket = (region: SimulatedRegionId, account: string) =>
  gateway.region(region).region.logIn?.(account) ?? ''
const exchange = (client: string, fields: Record<string, string | readonly string[]>) =>
  askToken(gateway, client, { grant_type: EXCHANGE, ...fields })
/** A person with a session of ours. */
const somebodyLoggedIn = () => signIn(gateway, { name: '测试丙', number: residentNumber(77), loa: 4 })
const logIn = (
  region: SimulatedRegionId,
  account: string,
  client = 'sandbox-shanghai',
  more: Record<string, string> = {},
) => exchange(client, { subject_token: ticket(region, account), subject_token_type: typeOf(region), ...more })
const again = (token: string, client: string, more: Record<string, string | readonly string[]> = {}) =>
  exchange(client, { subject_token: token, subject_token_type: ACCESS_TOKEN, ...more })

/** The same person in all four regions, a person with a lower level, and an organisation with its agent. */
const EVERYWHERE = { shanghai: 'np8', jiangsu: 'js_0000', zhejiang: 'u-p7', anhui: 'ahperson0008' } as const
const LOW = { shanghai: 'np3', jiangsu: 'js_0045', zhejiang: 'u-p3', anhui: 'ahperson0003' } as const
const FIRM = { shanghai: 'lp2', jiangsu: 'jscorp_T14G', zhejiang: 'c-l1', anhui: 'ahlegal00002' } as const
type WithLogIn = keyof typeof EVERYWHERE
const REGIONS = Object.keys(EVERYWHERE) as WithLogIn[]
const CLIENTS = REGIONS.map((region) => `sandbox-${region}`)

describe.each(REGIONS)('a log-in with %s', (region) => {
  test('becomes a token for that person: for one audience, ten minutes, with the client as actor', async () => {
    const { status, body } = await logIn(region, EVERYWHERE[region])
    expect(status).toBe(200)
    expect(body).toMatchObject({ issued_token_type: ACCESS_TOKEN, token_type: 'Bearer' })
    const claims = payloadOf(body.access_token)
    expect(claims).toMatchObject({
      iss: gateway.url,
      aud: gateway.url,
      client_id: 'sandbox-shanghai',
      loa: 4,
      region,
      act: { sub: 'sandbox-shanghai' },
    })
    expect(claims.exp - claims.iat).toBeLessThanOrEqual(600)
    expect(JSON.stringify(claims)).not.toMatch(/测试|310101/)
    const me = await gateway.anyone('GET', '/api/v1/me', undefined, {
      authorization: `Bearer ${body.access_token}`,
    })
    expect(me.body).toMatchObject({ kind: 'person', name: '测试通', loa: 4, region })
    expect(me.body.idDocument).toEqual({ type: '111', masked: '31**************00' })
  })

  test('of a lower level has a lower assurance, also after every exchange', async () => {
    const { body } = await logIn(region, LOW[region])
    expect(payloadOf(body.access_token).loa).toBe(2)
    const next = await again(body.access_token, 'sandbox-anhui')
    expect(payloadOf(next.body.access_token).loa).toBe(2)
  })

  test('of an organisation is for the organisation, with whoever sits there in the chain', async () => {
    const { body } = await logIn(region, FIRM[region])
    const claims = payloadOf(body.access_token)
    expect(claims.act).toEqual({ sub: 'sandbox-shanghai', act: { sub: expect.any(String) } })
    expect(claims.act.act.sub).not.toBe(claims.sub)
    const me = await gateway.anyone('GET', '/api/v1/me', undefined, {
      authorization: `Bearer ${body.access_token}`,
    })
    expect(me.body).toMatchObject({ kind: 'organisation', agent: { name: expect.any(String) } })
    expect(me.body.idDocument.type).toBe('001')
  })

  test('works once', async () => {
    const subject_token = ticket(region, EVERYWHERE[region])
    const fields = { subject_token, subject_token_type: typeOf(region) }
    expect((await exchange('sandbox-shanghai', fields)).status).toBe(200)
    const second = await exchange('sandbox-shanghai', fields)
    expect([second.status, second.body.error]).toEqual([400, 'invalid_grant'])
    expect(second.body.error_description).toContain('LOGIN_TICKET_INVALID')
  })

  test('with a ticket of another region is refused', async () => {
    const other = REGIONS[(REGIONS.indexOf(region) + 1) % 4] as WithLogIn
    const { status, body } = await exchange('sandbox-shanghai', {
      subject_token: ticket(other, EVERYWHERE[other]),
      subject_token_type: typeOf(region),
    })
    expect([status, body.error]).toEqual([400, 'invalid_grant'])
  })
})

test.each([
  ['without a real name', 'shanghai', 'np5', 'REAL_NAME_REQUIRED'],
  ['without a real name', 'jiangsu', 'js_0057', 'REAL_NAME_REQUIRED'],
  ['without a real name', 'zhejiang', 'u-p4', 'REAL_NAME_REQUIRED'],
  ['without a real name', 'anhui', 'ahperson0006', 'REAL_NAME_REQUIRED'],
  ['that is locked', 'shanghai', 'np9', 'ACCOUNT_LOCKED'],
] as const)('an account %s (%s) gets no token', async (_name, region, account, code) => {
  const { status, body } = await logIn(region, account)
  expect([status, body.error]).toEqual([400, 'invalid_grant'])
  expect(body.error_description).toContain(code)
})

test('a region that does not answer is told as such, and may be asked again', async () => {
  const region = gateway.region('jiangsu')
  const subject_token = ticket('jiangsu', EVERYWHERE.jiangsu)
  region.faults.add({ kind: 'drop', operation: 'sso-exchange', times: 1 })
  const fields = { subject_token, subject_token_type: typeOf('jiangsu') }
  const first = await exchange('sandbox-shanghai', fields)
  expect([first.status, first.body.error]).toEqual([503, 'temporarily_unavailable'])
  expect((await exchange('sandbox-shanghai', fields)).status).toBe(200)
})

test('an answer that is none is the region’s fault, not the token’s', async () => {
  const region = gateway.region('anhui')
  region.faults.add({ kind: 'garbage', operation: 'sso-exchange', times: 1 })
  const { status, body } = await logIn('anhui', EVERYWHERE.anhui)
  expect([status, body.error]).toEqual([503, 'temporarily_unavailable'])
  expect(body.error_description).toContain('REGION_ANSWER_INVALID')
})

test('Anhui takes a ticket at the address that it was made for, and at no other', async () => {
  const more = (service: string) => ({ service })
  const own = await logIn('anhui', EVERYWHERE.anhui, 'sandbox-anhui', more(`${gateway.url}/sso/ah/callback`))
  expect(own.status).toBe(200)
  const other = await logIn('anhui', EVERYWHERE.anhui, 'sandbox-anhui', more('https://other.invalid/back'))
  expect([other.status, other.body.error]).toEqual([400, 'invalid_grant'])
  expect(other.body.error_description).toContain('LOGIN_TICKET_INVALID')
})

test('the command line exchanges an account of the sandbox, and says why another gets nothing', () => {
  const key = path.join(gateway.dataDir, 'key.json')
  writeFileSync(key, JSON.stringify(gateway.clients.keys['sandbox-shanghai']))
  const command = (account: string) => {
    const words = [
      '--gateway',
      gateway.url,
      '--client',
      'sandbox-shanghai',
      '--key',
      key,
      '--region',
      'shanghai',
    ]
    const child = spawn(process.execPath, [
      'src/cli/main.ts',
      'exchange',
      ...words,
      '--account',
      account,
      '--audience',
      'anhui',
    ])
    return Promise.all([text(child.stdout), text(child.stderr)])
  }
  return Promise.all([
    command('np8').then(([token]) =>
      expect(payloadOf(token.trim())).toMatchObject({ aud: 'anhui', region: 'shanghai' }),
    ),
    command('np5').then(([token, why]) =>
      expect([token, why]).toEqual(['', expect.stringContaining('REAL_NAME_REQUIRED')]),
    ),
  ])
})

describe('subjects', () => {
  test('of one person differ for every pair of clients and places, and stay the same for each', async () => {
    const subjects = new Map<string, string>()
    for (const client of CLIENTS)
      for (const audience of [undefined, ...REGIONS, '340100', '320500']) {
        const seen = []
        for (const region of ['anhui', 'shanghai'] as const) {
          const { body } = await logIn(region, EVERYWHERE[region], client, audience ? { audience } : {})
          seen.push(payloadOf(body.access_token).sub)
        }
        // Whichever region logged them in, it is one person to this client at this place.
        expect(seen[0]).toBe(seen[1])
        subjects.set(`${client} ${audience}`, seen[0] as string)
      }
    expect(new Set(subjects.values()).size).toBe(subjects.size)
    expect(subjects.size).toBe(4 * 7)
  })
})

describe('an exchange of a token of ours', () => {
  const fresh = async (more: Record<string, string> = {}) =>
    (await logIn('anhui', EVERYWHERE.anhui, 'sandbox-shanghai', more)).body.access_token as string

  test('narrows to a region and then to a city, and not back', async () => {
    const region = await again(await fresh(), 'sandbox-shanghai', { audience: 'anhui' })
    expect(payloadOf(region.body.access_token).aud).toBe('anhui')
    const city = await again(region.body.access_token, 'sandbox-shanghai', { audience: '340100' })
    expect(payloadOf(city.body.access_token).aud).toBe('340100')
    for (const [token, audience] of [
      [region.body.access_token, 'jiangsu'],
      [region.body.access_token, '320500'],
      [city.body.access_token, '340200'],
    ]) {
      const wider = await again(token, 'sandbox-shanghai', { audience })
      expect([wider.status, wider.body.error]).toEqual([400, 'invalid_target'])
    }
    const same = await again(city.body.access_token, 'sandbox-shanghai', { audience: 'anhui' })
    expect(payloadOf(same.body.access_token).aud).toBe('340100')
  })

  test('takes a resource for a place as well, and refuses two places', async () => {
    const token = await fresh()
    const at = (place: string) => `${gateway.url}/api/v1/${place}`
    const one = await again(token, 'sandbox-shanghai', { resource: at('cities/320500') })
    expect(payloadOf(one.body.access_token).aud).toBe('320500')
    const two = await again(token, 'sandbox-shanghai', {
      resource: [at('regions/anhui'), at('regions/jiangsu')],
    })
    expect(two.body.error).toBe('invalid_target')
  })

  test('narrows scopes and never widens them', async () => {
    const token = await fresh({ scope: 'cases persons' })
    const less = await again(token, 'sandbox-shanghai', { scope: 'cases' })
    expect(payloadOf(less.body.access_token).scope).toBe('cases')
    const more = await again(less.body.access_token, 'sandbox-shanghai', { scope: 'cases persons' })
    expect([more.status, more.body.error]).toEqual([400, 'invalid_scope'])
    const silent = await again(less.body.access_token, 'sandbox-shanghai')
    expect(payloadOf(silent.body.access_token).scope).toBe('cases')
  })

  test('ends no later than what it came from', async () => {
    const { principal } = await somebodyLoggedIn()
    const short = await personToken(gateway, principal, { client: 'sandbox-shanghai', seconds: 90 })
    const { body } = await again(short, 'sandbox-anhui')
    expect(body.expires_in).toBeLessThanOrEqual(90)
    expect(payloadOf(body.access_token).exp).toBeLessThanOrEqual(payloadOf(short).exp)
  })

  test('is no better assured than whoever acts', async () => {
    const clerk = (await logIn('jiangsu', LOW.jiangsu, 'sandbox-jiangsu')).body.access_token
    const { body } = await again(await fresh(), 'sandbox-jiangsu', {
      actor_token: clerk,
      actor_token_type: ACCESS_TOKEN,
    })
    expect(payloadOf(body.access_token).loa).toBe(2)
  })

  test('keeps the whole chain: resident ← window clerk ← the region’s system ← another system', async () => {
    const clerk = (await logIn('jiangsu', 'js_0015', 'sandbox-jiangsu')).body.access_token
    const { body } = await exchange('sandbox-jiangsu', {
      subject_token: ticket('anhui', EVERYWHERE.anhui),
      subject_token_type: typeOf('anhui'),
      actor_token: clerk,
      actor_token_type: ACCESS_TOKEN,
    })
    const claims = payloadOf(body.access_token)
    expect(claims.act).toEqual({ sub: 'sandbox-jiangsu', act: { sub: expect.any(String) } })
    expect(claims.act.act.sub).not.toBe(claims.sub)
    const further = payloadOf((await again(body.access_token, 'sandbox-shanghai')).body.access_token)
    expect(further.act).toEqual({ sub: 'sandbox-shanghai', act: claims.act })
  })

  test('through ever more hands comes to an end', async () => {
    let token = await fresh()
    let last = 200
    for (let hand = 0; hand < 8 && last === 200; hand += 1) {
      const { status, body } = await again(token, CLIENTS[hand % 4] as string)
      last = status
      token = body.access_token ?? token
    }
    expect(last).toBe(400)
  })

  test('that a client got for itself, without a person, is refused', async () => {
    const { body } = await askToken(gateway, 'sandbox-shanghai', {
      grant_type: 'client_credentials',
      scope: 'cases',
    })
    const refused = await again(body.access_token, 'sandbox-shanghai')
    expect([refused.status, refused.body.error]).toEqual([400, 'invalid_grant'])
  })
})

test.each([
  ['no subject_token', { subject_token_type: typeOf('anhui') }, 'invalid_request'],
  [
    'an unknown token type',
    { subject_token: 'x', subject_token_type: typeOf('guangdong') },
    'invalid_request',
  ],
  [
    'a token type of an object’s own members',
    { subject_token: 'x', subject_token_type: typeOf('constructor') },
    'invalid_request',
  ],
  [
    'an over-long ticket',
    { subject_token: 'x'.repeat(600), subject_token_type: typeOf('anhui') },
    'invalid_grant',
  ],
  ['an audience elsewhere', { audience: 'https://elsewhere.invalid' }, 'invalid_target'],
  [
    'a requested refresh token',
    { requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' },
    'invalid_request',
  ],
])('an exchange with %s is refused', async (_name, fields, error) => {
  const base =
    'subject_token_type' in fields
      ? {}
      : { subject_token: ticket('anhui', EVERYWHERE.anhui), subject_token_type: typeOf('anhui') }
  const { status, body } = await exchange('sandbox-shanghai', { ...base, ...fields })
  expect([status, body.error]).toEqual([400, error])
})

test('10,000 wrong tickets are refused, few of them reach the region, and another client’s right one works', async () => {
  const region = gateway.region('anhui').region
  const before = region.refusals().length
  let limited = 0
  const wrong = async () => {
    for (let count = 0; count < 200; count += 1) {
      const { status, body } = await exchange('sandbox-anhui', {
        subject_token: `ST-1-${crypto.randomUUID().replaceAll('-', '')}-ahzwfw`,
        subject_token_type: typeOf('anhui'),
      })
      if (status !== 400 && status !== 503) throw new Error(`status ${status}`)
      if (body.error_description.startsWith('RATE_LIMITED')) limited += 1
    }
  }
  await Promise.all(Array.from({ length: 50 }, wrong))
  expect((await logIn('anhui', EVERYWHERE.anhui, 'sandbox-zhejiang')).status).toBe(200)
  // A minute may turn during the test: twice the limit of one, and those under way.
  expect(limited).toBeGreaterThan(8_600)
  expect(region.refusals().length - before).toBeLessThan(1_400)
}, 120_000)
