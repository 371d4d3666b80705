/** The licence and photo service: its session, its audit, its three forms of answers (contract 3.2, 4.6). */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { validator } from '../../schemas/validate.ts'
import type { Audit } from '../kit/contract.ts'
import type { Incoming } from '../kit/transport.ts'
import { ShanghaiConfig } from './config.ts'
import { shanghai } from './index.ts'
import {
  fileWith,
  library,
  licenceWith,
  look,
  type Plain,
  person,
  photoWith,
  recorded,
} from './test-holdings.ts'
import { json, refused } from './test-region.ts'
import { config, sample } from './test-vectors.ts'

const none = json({ certs: [] })
const QUERY = 'secQueryCertBaseData.do'
const ask = ({ licences }: ReturnType<typeof library>, audit: Audit = look) =>
  licences.find({ division: '310000', holder: person, audit })
const askPhoto = ({ photos }: ReturnType<typeof library>) =>
  photos.find({ division: '310000', holder: person, audit: look, purpose: 'crossProvince' })

describe('the session', () => {
  test('is asked for as the sample does, with no token', async () => {
    const here = library({ [QUERY]: none })
    await ask(here)
    expect(here.sent[0]).toMatchObject({
      method: 'POST',
      url: 'http://127.0.0.1:4310/zzk/cert/usage/login.do',
      headers: { 'content-type': 'application/json;charset=UTF-8' },
      limits: { timeoutMs: 10_000 },
    })
    expect(here.bodies('login.do')).toEqual([sample('licence-login').request.body])
    expect(here.bodies(QUERY)).toMatchObject([{ sessionId: 's1' }])
    expect(here.sent).toHaveLength(2)
  })

  test('is kept for as long as the configuration says', async () => {
    const here = library({ [QUERY]: none }, { options: { zzkSessionSeconds: 60 } })
    await ask(here)
    here.pass(59)
    await ask(here)
    expect(here.times('login.do')).toBe(1)
    here.pass(1)
    await ask(here)
    expect(here.bodies(QUERY).map(({ sessionId }) => sessionId)).toEqual(['s1', 's1', 's2'])
  })

  test('counts its life from before the answer to the log-in', async () => {
    const here: ReturnType<typeof library> = library(
      {
        [QUERY]: none,
        'login.do': () => {
          here.pass(10)
          return json({ sessionId: 's' })
        },
      },
      { options: { zzkSessionSeconds: 60 } },
    )
    await ask(here)
    here.pass(50)
    await ask(here)
    expect(here.times('login.do')).toBe(2)
  })

  test('is one for all who wait, for photos as for licences', async () => {
    const here = library({ [QUERY]: none, 'queryHolderPhoto.do': photoWith() })
    await Promise.all([ask(here), askPhoto(here), ask(here), askPhoto(here)])
    expect([here.times('login.do'), here.sent.length]).toEqual([1, 5])
  })

  test('that has ended is dropped, and the call repeated once', async () => {
    const here = library({ [QUERY]: [refused('SESSION_INVALID'), none] })
    expect(await ask(here)).toEqual([])
    expect(here.bodies(QUERY).map(({ sessionId }) => sessionId)).toEqual(['s1', 's2'])
  })

  test('that has ended for many is renewed once for all', async () => {
    const ended = ({ sessionId }: Plain) => (sessionId === 's1' ? refused('SESSION_INVALID') : none)
    const here = library({ [QUERY]: ended })
    await Promise.all([ask(here), ask(here), ask(here)])
    expect([here.times('login.do'), here.times(QUERY)]).toEqual([2, 6])
  })

  test('that is refused twice is a failure of authentication', async () => {
    const here = library({ [QUERY]: refused('SESSION_INVALID') })
    await expect(ask(here)).rejects.toMatchObject({
      code: 'REGION_AUTH',
      facts: { operation: 'licence-query', code: 'SESSION_INVALID' },
    })
    expect([here.times('login.do'), here.times(QUERY)]).toEqual([2, 2])
  })

  test('that has ended is told in JSON where bytes were asked', async () => {
    const pdf = fileWith(Buffer.from('%PDF-1.4'), { 'content-type': 'application/pdf' })
    const here = library({
      [QUERY]: json({ certs: licenceWith() }),
      'deriveCert.do': json({ deriveUuid: 'd' }),
      'getDeriveCertFile.do': [refused('SESSION_INVALID'), pdf],
    })
    const [licence] = await ask(here)
    if (licence === undefined) throw new Error('no licence')
    await here.licences.fetch({ division: '310000', holder: person, audit: look, licence, reason: '材料' })
    expect(here.bodies('getDeriveCertFile.do').map(({ sessionId }) => sessionId)).toEqual(['s1', 's2'])
    expect(here.times('deriveCert.do')).toBe(1)
  })

  test('is not had with a wrong password, and the question not asked', async () => {
    const here = library({ 'login.do': refused('LOGIN_FAILED', '账号或密码错误') })
    await expect(ask(here)).rejects.toMatchObject({
      code: 'REGION_AUTH',
      facts: { operation: 'licence-login', code: 'LOGIN_FAILED' },
    })
    expect(here.times('login.do')).toBe(1)
  })

  test('is asked for again after a log-in that failed', async () => {
    const here = library({ 'login.do': [json({}, 500), json({ sessionId: 's' })], [QUERY]: none })
    await expect(ask(here)).rejects.toMatchObject({ code: 'REGION_UNAVAILABLE' })
    expect(await ask(here)).toEqual([])
  })

  test.each([[{}], [{ sessionId: '' }], [{ sessionId: 7 }], [{ isSuccess: true, data: {} }]])(
    'an answer of %j is none',
    async (body) => {
      await expect(ask(library({ 'login.do': json(body) }))).rejects.toMatchObject({
        code: 'REGION_ANSWER_INVALID',
        facts: { operation: 'licence-login', reason: 'schema', member: expect.any(String) },
      })
    },
  )
})

describe('the service', () => {
  test.each([
    ['zzkAccount', 'credentials'],
    ['zzkPassword', 'credentials'],
    ['zzkBase', 'options'],
    ['zzkSessionSeconds', 'options'],
    ['foreignAuditItemCode', 'options'],
  ])('is not there without %s', (member, part) => {
    const { link } = library({}, { [part]: { [member]: undefined } })
    expect(link).not.toHaveProperty('photos')
    expect(link).not.toHaveProperty('licences')
    expect(link).toHaveProperty('submit')
  })

  test('is the one for the whole city', () => {
    const { photos, licences } = library({})
    expect([photos.reach, licences.reach]).toEqual(['region', 'region'])
  })

  test('stands under its own address where that is absolute', async () => {
    const here = library({ [QUERY]: none }, { options: { zzkBase: 'https://zzk.example/usage' } })
    await ask(here)
    expect(here.sent.map(({ url }) => url)).toEqual([
      'https://zzk.example/usage/login.do',
      `https://zzk.example/usage/${QUERY}`,
    ])
  })

  test.each([
    ['zzkBase', '/zzk/'],
    ['foreignAuditItemCode', '3120'],
    ['zzkSessionSeconds', 0],
  ])('a %s of %j is no configuration', (member, value) => {
    const check = validator(ShanghaiConfig)
    expect(check(config)).toBeUndefined()
    expect(check({ ...config, options: { ...config.options, [member]: value } })).toBeDefined()
  })
})

describe('answers', () => {
  const broken = (text: string, status = 200, type = 'text/html'): Incoming => ({
    status,
    headers: { 'content-type': type },
    body: Buffer.from(text),
  })
  test.each([
    ['a list', json([])],
    ['no JSON', broken('<html>')],
    ['a text', json('x')],
  ])('%s is none', async (_name, answer) => {
    await expect(ask(library({ [QUERY]: answer }))).rejects.toMatchObject({ code: 'REGION_ANSWER_INVALID' })
  })

  test.each([500, 502, 503])('HTTP %i is an outage', async (status) => {
    const answer = broken('<html>', status)
    await expect(ask(library({ [QUERY]: answer }))).rejects.toMatchObject({ code: 'REGION_UNAVAILABLE' })
    const photo = library({ 'queryHolderPhoto.do': photoWith(), 'getHolderPhoto.do': answer })
    const [found] = await askPhoto(photo)
    if (found === undefined) throw new Error('no photo')
    await expect(
      photo.photos.fetch({
        division: '310000',
        holder: person,
        audit: look,
        purpose: 'crossProvince',
        photo: found,
      }),
    ).rejects.toMatchObject({ code: 'REGION_UNAVAILABLE' })
  })

  test('a failure is one by isSuccess alone: a bare answer may have it or not', async () => {
    expect(await ask(library({ [QUERY]: json({ isSuccess: true, code: 500, certs: [] }) }))).toEqual([])
    await expect(
      ask(library({ [QUERY]: json({ isSuccess: false, code: '200', certs: [] }) })),
    ).rejects.toMatchObject({ code: 'REGION_REJECTED', facts: { code: 'none' } })
  })

  test('nothing of msg goes on, and no place in an application is named', async () => {
    const said = '参数错误:username'
    const here = library({ [QUERY]: refused('PARAM_ERROR', said) })
    const error = await ask(here).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'REGION_REJECTED', facts: { member: 'username' }, errors: [] })
    const loud = library({ [QUERY]: refused('NO_PERMISSION', '测试甲 310101190001010011') })
    const other = await ask(loud).catch((thrown: Error) => `${thrown.message}${JSON.stringify(thrown)}`)
    expect(other).toContain('NO_PERMISSION')
    expect(other).not.toMatch(/测试甲|3101/)
  })
})

describe('the audit', () => {
  const sentFor = async (audit: Audit): Promise<Plain> => {
    const here = library({ [QUERY]: none })
    await ask(here, audit)
    return here.bodies(QUERY)[0] ?? {}
  }
  const FOREIGN = { itemCode: '312000000000', businessCode: look.number }
  const filed = (more: object): Audit => ({
    ...recorded,
    case: { region: 'shanghai', caseNumber: 'CSJ202603020000001', matterCode: '312099003000', ...more },
  })

  test.each([
    ['a case of ours', filed({}), { itemCode: '312099003000', businessCode: '202603020000001' }],
    [
      'a case of the hall',
      filed({ caseNumber: '202602200000102' }),
      { itemCode: '312099003000', businessCode: '202602200000102' },
    ],
    ['no case', look, FOREIGN],
    ['a case of another region', filed({ region: 'jiangsu' }), FOREIGN],
    ['a case of another form', filed({ caseNumber: 'CSJ2026030200001' }), FOREIGN],
    ['a case whose number looks like the gateway’s', filed({ caseNumber: 'CSJ902603020000001' }), FOREIGN],
    ['a matter of another form', filed({ matterCode: '310000:312099003000' }), FOREIGN],
  ])('%s stands under its number and matter', async (_name, audit, members) => {
    expect(await sentFor(audit)).toMatchObject({ orgName: '长三角互通网关', ...members })
  })

  test('is the same in every operation, and first', async () => {
    const here = library({
      [QUERY]: json({ certs: licenceWith() }),
      'deriveCert.do': json({ deriveUuid: 'd' }),
      'getDeriveCertFile.do': fileWith(Buffer.from('%PDF-')),
      'queryCertExistence.do': json({ exist: false }),
      'queryHolderPhoto.do': photoWith(),
      'getHolderPhoto.do': refused('NO_PERMISSION'),
    })
    const asked = { division: '310000', holder: person, audit: recorded }
    const [licence] = await here.licences.find(asked)
    const [photo] = await here.photos.find({ ...asked, purpose: 'crossProvince' })
    if (licence === undefined || photo === undefined) throw new Error('nothing found')
    await here.licences.fetch({ ...asked, licence, reason: '材料' })
    await here.licences.verify({ ...asked, claim: { number: '1', holder: person, kind: 'idCard' } })
    await here.photos.fetch({ ...asked, photo, purpose: 'crossProvince' }).catch(() => undefined)
    const bodies = here.sent.slice(1).map(({ body }) => Object.entries(JSON.parse(String(body))))
    expect(bodies).toHaveLength(7)
    for (const members of bodies)
      expect(members.slice(0, 6)).toEqual([
        ['sessionId', 's1'],
        ['orgName', '长三角互通网关'],
        ['username', '苏州专窗01'],
        ['itemName', '户籍事项证明'],
        ['itemCode', '312099003000'],
        ['businessCode', '202603020000001'],
      ])
  })

  const region = fc.constantFrom('shanghai', 'jiangsu', 'zhejiang', 'anhui')
  const text = (maxLength: number) => fc.string({ unit: 'grapheme', minLength: 1, maxLength, size: 'max' })
  const anyCase = fc.record({
    region,
    caseNumber: fc.oneof(fc.stringMatching(/^CSJ\d{15}$/), fc.stringMatching(/^\d{10,15}$/), text(30)),
    matterCode: fc.oneof(fc.stringMatching(/^\d{12}$/), text(30)),
  })
  const anyAudit = fc.record(
    { number: fc.stringMatching(/^9\d{14}$/), case: anyCase, matterName: text(300), actor: text(80) },
    { requiredKeys: ['number', 'matterName', 'actor'] },
  )
  test('is always what the contract lets through', async () => {
    await fc.assert(
      fc.asyncProperty(anyAudit, async (audit) => {
        const { username, itemName, itemCode, businessCode } = await sentFor(audit as Audit)
        const [name, matter] = [String(username), String(itemName)]
        expect([...name].length <= 50 && audit.actor.startsWith(name)).toBe(true)
        expect([...matter].length <= 200 && audit.matterName.startsWith(matter)).toBe(true)
        expect(itemCode).toMatch(/^\d{12}$/)
        expect(businessCode).toMatch(/^\d{15}$/)
        // A number of another region's case never stands there, and the gateway's own has the gateway's own matter.
        if (audit.case?.region !== 'shanghai') expect(businessCode).toBe(audit.number)
        expect(String(businessCode).startsWith('9')).toBe(itemCode === '312000000000')
      }),
      { numRuns: 200 },
    )
  })
})

test('the marks are those of the contract', () => {
  expect(shanghai.marks).toMatchObject({
    'licence-login': 'documented',
    'licence-query': 'documented',
    'licence-derive': 'documented',
    'licence-fetch': 'documented',
    'licence-verify': 'mixed',
    'photo-query': 'designed',
    'photo-fetch': 'designed',
  })
})
