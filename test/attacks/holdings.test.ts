/** Attacks on photos, licences, codes and consents: with another's ids, narrowed tokens, firms' accounts, odd addresses, and patience. */
import { readdirSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keyFor } from '../../src/federation/consent/envelope.ts'
import { redeem } from '../../src/federation/consent/redeem.ts'
import { placeIn } from '../../src/federation/licences/verify.ts'
import { asPerson, browserOf } from '../support/as-person.ts'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { ALL_SCOPES, HEFEI, holder, inDatabase, matterId, SUZHOU } from '../support/holdings.ts'
import { residentNumber } from '../support/person-token.ts'

let gateway: TestGateway
let suzhou: Awaited<ReturnType<typeof holder>>
let hefei: Awaited<ReturnType<typeof holder>>
let shanghai: Caller
let photo: string
let licence: string
let matter: string

const grantOf = (own: Caller, id: string, over: object = {}) =>
  own('POST', `/api/v1/me/photos/${id}/grants`, {
    purpose: 'crossProvince',
    matter,
    receiver: 'sandbox-shanghai',
    ...over,
  })

/** Acts and outcomes in the records of one holder, the oldest first. */
const recordsOf = (number: string, type = '111') =>
  inDatabase(gateway, async (sql) => {
    const key = gateway.gateway.deps.sealing.identity({ type, number })
    const rows = await sql`select record from accesses where holder_key = ${key} order by at, id`
    return rows.map(({ record }) => `${record.act} ${record.outcome} ${record.role}`)
  })

const picture = () =>
  sharp({ create: { width: 400, height: 500, channels: 3, background: '#fefefe' } })
    .jpeg()
    .toBuffer()
const captured = async (own: Caller) =>
  own('POST', '/api/v1/me/photos', new Uint8Array(await picture()), { 'content-type': 'image/jpeg' })

beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('320500')
  ;[suzhou, hefei] = [await holder(SUZHOU, gateway), await holder(HEFEI, gateway)]
  shanghai = await gateway.as('sandbox-shanghai', 'photos licences')
  photo = (await suzhou.own('GET', '/api/v1/me/photos?cities=320500')).body.items[0].id
  licence = (await suzhou.own('GET', '/api/v1/me/licences?cities=320500')).body.items[0].id
  matter = await matterId(gateway, 'jiangsu', '社会保障卡补领换领换发')
}, 60_000)
afterAll(() => gateway.close())

describe('a token that is narrowed to Anhui', () => {
  let narrow: Caller
  beforeAll(async () => {
    narrow = await asPerson(suzhou.person, gateway, { scope: ALL_SCOPES, audience: { region: 'anhui' } })
  })

  test.each([
    ['makes no code for a photo of Jiangsu', 'POST', () => `/api/v1/me/photos/${photo}/grants`],
    ['makes no code for a licence of Jiangsu', 'POST', () => `/api/v1/me/licences/${licence}/grants`],
  ] as const)('%s', async (_what, method, at) => {
    const body = { purpose: 'crossProvince', matter, receiver: 'sandbox-shanghai' }
    expect((await narrow(method, at(), body)).body.code).toBe('AUDIENCE_MISMATCH')
  })

  test('agrees to nothing of Jiangsu, and opens and shows nothing of it', async () => {
    const asked = {
      kind: 'photo',
      items: [photo],
      purpose: 'crossProvince',
      matter,
      receiver: 'region:320500',
    }
    const answers = [
      await narrow('POST', '/api/v1/me/consents?dryRun=true', asked),
      await narrow('GET', `/api/v1/me/photos/${photo}/picture`),
      await narrow('GET', `/api/v1/me/licences/${licence}`),
    ]
    expect(answers.map(({ body }) => body.code)).toEqual(Array(3).fill('AUDIENCE_MISMATCH'))
    expect((await recordsOf(SUZHOU.number)).slice(-3)).toEqual([
      'photos.grant AUDIENCE_MISMATCH holder',
      'photos.show AUDIENCE_MISMATCH holder',
      'licences.read AUDIENCE_MISMATCH holder',
    ])
  })

  test('has no licence of Jiangsu verified', async () => {
    const asked = { division: '320500', number: '1', kind: 'idCard' }
    expect((await narrow('POST', '/api/v1/licences/verify', asked)).body.code).toBe('AUDIENCE_MISMATCH')
  })
})

describe('another person’s photo', () => {
  test.each([
    ['a code', (id: string) => grantOf(hefei.own, id)],
    ['a picture', (id: string) => hefei.own('GET', `/api/v1/me/photos/${id}/picture`)],
    [
      'an upload',
      (id: string) =>
        hefei.own('POST', `/api/v1/me/photos/${id}/uploads`, {
          matter,
          division: '320500',
          document: '10b678e6-559e-ceea-d21e-840c8abf0656',
        }),
    ],
    ['a deletion', (id: string) => hefei.own('DELETE', `/api/v1/me/photos/${id}`)],
  ] as const)('is told apart from none by no request for %s, and each is recorded', async (_what, ask) => {
    const before = (await recordsOf(HEFEI.number)).length
    const [foreign, none] = [await ask(photo), await ask('ph_0000000000000000000000000')]
    expect([foreign.status, foreign.body.code]).toEqual([404, 'PHOTO_NOT_FOUND'])
    expect(none.bytes.length).toBe(foreign.bytes.length)
    const records = (await recordsOf(HEFEI.number)).slice(before)
    expect(records).toHaveLength(2)
    for (const record of records) expect(record).toContain(' PHOTO_NOT_FOUND ')
  })
})

describe('a code', () => {
  test('is made for no case but the person’s own', async () => {
    const refused = await grantOf(suzhou.own, photo, { caseId: 'case_0000000000000000000000000' })
    expect(refused.body).toMatchObject({ code: 'CASE_NOT_FOUND', errors: [{ pointer: '/caseId' }] })
  })

  test('that never was costs a look at a person, as one does that is another’s', async () => {
    const { people } = gateway.gateway.deps.store
    const read = people.read
    const asked: string[] = []
    people.read = (id) => {
      asked.push(id)
      return read(id)
    }
    const anhui = await gateway.as('sandbox-anhui', 'photos')
    const { code } = (await grantOf(suzhou.own, photo)).body
    asked.length = 0
    await anhui('GET', `/api/v1/photos/${code}`)
    const foreign = asked.length
    await anhui('GET', `/api/v1/photos/${'A'.repeat(43)}`)
    people.read = read
    expect(asked.length - foreign).toBe(foreign)
  })
})

describe('a receiver’s keys', () => {
  const key = (over: object) => {
    const clients = () => ({
      name: '',
      scopes: new Set(''),
      purposes: new Set([]),
      divisions: [],
      keys: [{ kty: 'EC', crv: 'P-256', ...over }],
    })
    // Only the members that are looked at are there.
    return () => keyFor('x', { clients } as never)
  }
  test.each([
    { use: 'sig' },
    { alg: 'ES256' },
    { key_ops: ['verify'] },
    { kty: 'OKP', crv: 'Ed25519' },
    { crv: 'secp256k1' },
    { kty: 'oct' },
    { kty: 'toString' },
  ])('%j is none to encrypt to', (over) => {
    expect(key(over)).toThrow(expect.objectContaining({ code: 'RECEIVER_UNFIT' }))
  })
  test.each([{}, { use: 'enc' }, { alg: 'ECDH-ES+A256KW' }, { key_ops: ['deriveBits'] }])(
    '%j is one',
    (over) => {
      expect(key(over)()).toMatchObject(over)
    },
  )
})

describe('a firm’s account', () => {
  test('takes no photo: whoever else acts for the firm would see that face', async () => {
    const firm = { name: '测试公司', number: '91310000MA1TEXT06C' }
    const { own } = await holder({ name: '测试人', number: residentNumber(71), firm }, gateway)
    expect((await captured(own)).body).toMatchObject({
      code: 'PERSON_REQUIRED',
      errors: [{ code: 'OWN_ACCOUNT' }],
    })
  })
})

test('a photo that is let go is nowhere any more', async () => {
  const { own } = await holder({ name: '测试人', number: residentNumber(72) }, gateway)
  const { id } = (await captured(own)).body.photo
  await own('GET', `/api/v1/me/photos/${id}/picture`)
  const files = () =>
    readdirSync(path.join(gateway.dataDir, 'files'), { recursive: true }).filter((one) =>
      String(one).includes(id),
    )
  const pictures = () => inDatabase(gateway, (sql) => sql`select from pictures where holding_id = ${id}`)
  expect([files().length, (await pictures()).length]).toEqual([1, 1])
  expect((await own('DELETE', `/api/v1/me/photos/${id}`)).status).toBe(204)
  expect([files().length, (await pictures()).length]).toEqual([0, 0])
})

test('a trial deletes no photo and withdraws no consent', async () => {
  const { own } = await holder({ name: '测试人', number: residentNumber(74) }, gateway)
  const { id } = (await captured(own)).body.photo
  expect((await grantOf(own, id)).status).toBe(201)
  const consent = (await own('GET', '/api/v1/me/consents')).body.items[0].id
  for (const at of [`photos/${id}`, `consents/${consent}`])
    expect((await own('DELETE', `/api/v1/me/${at}?dryRun=true`)).body.code).toBe('PARAMETER_INVALID')
  expect((await own('GET', `/api/v1/me/photos/${id}/fitness`)).status).toBe(200)
  expect((await own('GET', `/api/v1/me/consents/${consent}`)).body.state).toBe('inForce')
})

test('a guardian’s look at what a child asks for stands in the child’s records', async () => {
  const number = '310101201901010018'
  const { own } = await holder({ name: '小测试', number }, gateway)
  const items = [(await captured(own)).body.photo.id]
  const asked = { kind: 'photo', items, purpose: 'crossProvince', matter, receiver: 'region:320500' }
  const { wording } = (await own('POST', '/api/v1/me/consents?dryRun=true', asked)).body
  const { guardian } = (await own('POST', '/api/v1/me/consents', { ...asked, digest: wording.digest })).body
  const { own: other } = await holder({ name: '测试人', number: residentNumber(73) }, gateway)
  expect((await other('POST', '/api/v1/me/consents/guardian', { code: guardian.code })).status).toBe(200)
  expect((await recordsOf(number)).at(-1)).toBe('consents.read granted agent')
})

describe('an odd address', () => {
  test.each([
    ['GET', '/api/v1/me/photos/%00/fitness'],
    ['DELETE', '/api/v1/me/photos/ph_%00'],
    ['GET', '/api/v1/me/licences/%00'],
    ['GET', '/api/v1/me/consents/%00'],
    ['DELETE', '/api/v1/me/consents/%00'],
    ['GET', '/api/v1/cases/%00'],
    ['GET', '/api/v1/matters?q=%00'],
  ])('%s %s is refused, and breaks nothing', async (method, at) => {
    expect(await suzhou.own(method, at)).toMatchObject({ status: 400, body: { code: 'PARAMETER_INVALID' } })
  })

  test.each([
    ['', 'x'],
    ['-100000-01-01T00:00:00.000Z', 'x'],
    ['+200000-01-01T00:00:00.000Z', 'x'],
    ['1', 'x'],
    ['0000-01-01T00:00:00.000Z', 'x'],
    ['2026-01-01T00:00:00.000Z', '\u0000'],
    ['', '\u0000'],
  ])('a cursor of %j is none of ours', async (...cursor) => {
    const text = Buffer.from(JSON.stringify(cursor)).toString('base64url')
    for (const list of ['me/consents', 'me/mandates', 'me/accesses', 'cases'])
      expect(await suzhou.own('GET', `/api/v1/${list}?cursor=${text}`)).toMatchObject({
        status: 400,
        body: { code: 'PARAMETER_INVALID' },
      })
  })

  test.each(['%00', 'x', '2026-01-01'])('a page of consents after %s is none', async (after) => {
    const browser = await browserOf(suzhou.person, gateway)
    const { status } = await browser.get(`/me/consents?cursor=${after}`)
    expect(status).toBe(400)
  })

  test.each(['cases?updatedSince', 'matters/x?asOf'])(
    'a year before ours and one that no calendar has are no %s',
    async (list) => {
      for (const moment of [
        '0000-01-01T00:00:00.000Z',
        '-100000-01-01T00:00:00.000Z',
        '%2B200000-01-01T00:00:00Z',
      ])
        expect(await suzhou.own('GET', `/api/v1/${list}=${moment}`)).toMatchObject({
          status: 400,
          body: { code: 'PARAMETER_INVALID' },
        })
    },
  )

  test.each([
    'x',
    '0000-01-01T00:00:00.000Z acc_1',
    '-100000-01-01T00:00:00.000Z acc_1',
    '2026-01-01T00:00:00.000Z',
  ])('a page of records before %s is none', async (before) => {
    const browser = await browserOf(suzhou.person, gateway)
    const { status } = await browser.get(`/me/accesses?before=${encodeURIComponent(before)}`)
    expect(status).toBe(400)
  })

  test.each([
    ['320999', '320900'],
    ['329999', '320000'],
    ['310999', '310000'],
    ['110000', undefined],
  ])('an issuer of division %s is asked at %s, and no place is made up for it', (issuer, place) => {
    expect(placeIn(issuer)).toBe(place)
  })
})

test('a client whose token is narrowed to Anhui redeems nothing of Jiangsu, and the code stays good', async () => {
  const { code } = (await grantOf(suzhou.own, photo)).body
  const actor = {
    clientId: 'sandbox-shanghai',
    requestId: 'req_test',
    audience: { region: 'anhui' as const },
  }
  await expect(redeem('photo', { code }, actor, gateway.gateway.deps)).rejects.toMatchObject({
    code: 'AUDIENCE_MISMATCH',
  })
  expect((await recordsOf(SUZHOU.number)).at(-1)).toBe('photos.redeem AUDIENCE_MISMATCH client')
  expect((await shanghai('GET', `/api/v1/photos/${code}`)).status).toBe(200)
})
