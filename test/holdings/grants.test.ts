/** Codes for one receiver, one use and five minutes, and what a receiver opens with its own key alone. */
import { compactDecrypt, importJWK, type JWK } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { marked } from '../../src/pictures/mark.ts'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { holder, inDatabase, matterId, opened, SUZHOU } from '../support/holdings.ts'

let gateway: TestGateway
let own: Caller
let shanghai: Caller
let anhui: Caller
let photo: string
let matter: string

const granted = (over: object = {}) =>
  own('POST', `/api/v1/me/photos/${photo}/grants`, {
    purpose: 'crossProvince',
    matter,
    receiver: 'sandbox-shanghai',
    ...over,
  })
const codeOf = async (over: object = {}): Promise<string> => {
  const { status, body } = await granted(over)
  expect(status).toBe(201)
  return body.code
}

beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('320500')
  own = (await holder(SUZHOU, gateway)).own
  shanghai = await gateway.as('sandbox-shanghai', 'photos licences')
  anhui = await gateway.as('sandbox-anhui', 'photos licences')
  photo = (await own('GET', '/api/v1/me/photos?cities=320500')).body.items[0].id
  matter = await matterId(gateway, 'jiangsu', '社会保障卡补领换领换发')
}, 60_000)
afterAll(() => gateway.close())

test('the receiver opens the photo with its own key, and nobody else does', async () => {
  const answer = await shanghai('GET', `/api/v1/photos/${await codeOf()}`)
  expect(answer.headers.get('content-type')).toBe('application/jose')
  const told = await opened('sandbox-shanghai', answer, gateway)
  expect(told).toMatchObject({
    aud: 'sandbox-shanghai',
    purpose: 'crossProvince',
    matter,
    photo: { takenFor: 'idCard', source: { region: 'jiangsu' } },
    content: { contentType: 'image/jpeg' },
  })
  expect(Buffer.from(told.content.bytes, 'base64').subarray(0, 3).toString('hex')).toBe('ffd8ff')
  const other = await importJWK(gateway.clients.encryption['sandbox-anhui'] as JWK, 'ECDH-ES+A256KW')
  await expect(compactDecrypt(answer.bytes.toString(), other)).rejects.toThrow()
})

test('a picture for an identity check carries a mark, and one for a document carries none', async () => {
  const [plain, forDocument, forCheck] = await Promise.all(
    ['crossProvince', 'documentMaking', 'identityCheck'].map(async (purpose) => {
      const answer = await shanghai('GET', `/api/v1/photos/${await codeOf({ purpose })}`)
      return Buffer.from((await opened('sandbox-shanghai', answer, gateway)).content.bytes, 'base64')
    }),
  )
  if (!plain || !forDocument || !forCheck) throw new Error('no pictures')
  expect(forDocument.equals(plain)).toBe(true)
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const mark = { purpose: '身份核验', receiver: '上海接入系统 (沙箱)', day }
  expect(forCheck.equals(await marked(plain, mark))).toBe(true)
})

test('a code works once, however many try it in the same moment', async () => {
  const code = await codeOf()
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => shanghai('GET', `/api/v1/photos/${code}`)),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  for (const { status, body } of answers) if (status !== 200) expect(body.code).toBe('GRANT_USED')
})

describe('a code that gives nothing', () => {
  afterEach(() => gateway.region('jiangsu').faults.clear())

  test('another client hears the same of every code: taken, open, over or never made', async () => {
    const [open, used] = [await codeOf(), await codeOf()]
    await shanghai('GET', `/api/v1/photos/${used}`)
    const answers = await Promise.all(
      [open, used, 'A'.repeat(43)].map((code) => anhui('GET', `/api/v1/photos/${code}`)),
    )
    for (const { status, body } of answers) expect([status, body.code]).toEqual([404, 'GRANT_UNKNOWN'])
    const sizes = answers.map(({ bytes }) => bytes.length)
    expect(new Set(sizes).size).toBe(1)
    // What another tried did not use it up.
    expect((await shanghai('GET', `/api/v1/photos/${open}`)).status).toBe(200)
  })

  test('its five minutes are over', async () => {
    const asked = Date.now()
    const { code, expiresAt } = (await granted()).body
    expect(Date.parse(expiresAt)).toBeGreaterThanOrEqual(asked + 5 * 60_000 - 1_000)
    expect(Date.parse(expiresAt)).toBeLessThanOrEqual(Date.now() + 5 * 60_000)
    await inDatabase(gateway, (sql) => sql`update grants set until = now() - interval '1 second'`)
    expect(await shanghai('GET', `/api/v1/photos/${code}`)).toMatchObject({
      status: 410,
      body: { code: 'GRANT_ENDED' },
    })
  })

  test('it was made for another purpose', async () => {
    const code = await codeOf({ purpose: 'identityCheck' })
    const refused = await shanghai('GET', `/api/v1/photos/${code}?purpose=crossProvince`)
    expect(refused.body.code).toBe('PURPOSE_NOT_ALLOWED')
    expect((await shanghai('GET', `/api/v1/photos/${code}?purpose=identityCheck`)).status).toBe(200)
  })

  test('it is a photo’s and is tried at the licences', async () => {
    expect((await shanghai('GET', `/api/v1/licences/${await codeOf()}`)).body.code).toBe('GRANT_UNKNOWN')
  })

  test('its consent was withdrawn, from that moment on', async () => {
    const { body } = await granted()
    expect((await own('DELETE', `/api/v1/me/consents/${body.consent}`)).body.state).toBe('withdrawn')
    expect((await shanghai('GET', `/api/v1/photos/${body.code}`)).body.code).toBe('CONSENT_WITHDRAWN')
  })

  test('its consent is withdrawn while the region is being asked', async () => {
    const person = await holder({ name: '李样例', number: '320102190102030028', region: 'jiangsu' }, gateway)
    const id = (await person.own('GET', '/api/v1/me/photos?cities=320100')).body.items[0].id
    const { body } = await person.own('POST', `/api/v1/me/photos/${id}/grants`, {
      purpose: 'crossProvince',
      matter,
      receiver: 'sandbox-shanghai',
    })
    gateway.region('jiangsu').faults.add({ kind: 'slow', operation: 'photo-fetch', ms: 700, times: 1 })
    const running = shanghai('GET', `/api/v1/photos/${body.code}`)
    // Withdrawn before the region is asked, it would be refused by another check, and the slow answer would be left to the next test.
    await vi.waitFor(() => expect(gateway.region('jiangsu').faults.list()).toMatchObject([{ struck: 1 }]))
    await person.own('DELETE', `/api/v1/me/consents/${body.consent}`)
    expect((await running).body.code).toBe('CONSENT_WITHDRAWN')
  })

  test('a region that does not answer leaves the code as it was', async () => {
    const person = await holder({ name: '孙占位', number: '320402190506070065', region: 'jiangsu' }, gateway)
    const id = (await person.own('GET', '/api/v1/me/photos?cities=320400')).body.items[0].id
    const { body } = await person.own('POST', `/api/v1/me/photos/${id}/grants`, {
      purpose: 'crossProvince',
      matter,
      receiver: 'sandbox-shanghai',
    })
    gateway.region('jiangsu').faults.add({ kind: 'error', operation: 'photo-fetch' })
    expect((await shanghai('GET', `/api/v1/photos/${body.code}`)).body.code).toBe('REGION_UNAVAILABLE')
    gateway.region('jiangsu').faults.clear()
    expect((await shanghai('GET', `/api/v1/photos/${body.code}`)).status).toBe(200)
  })

  test('a region that sends a page instead of a picture is not believed', async () => {
    const person = await holder({ name: '赵虚构', number: '320203190304050045', region: 'jiangsu' }, gateway)
    const id = (await person.own('GET', '/api/v1/me/photos?cities=320200')).body.items[0].id
    const { body } = await person.own('POST', `/api/v1/me/photos/${id}/grants`, {
      purpose: 'crossProvince',
      matter,
      receiver: 'sandbox-shanghai',
    })
    gateway.region('jiangsu').faults.add({ kind: 'garbage', operation: 'photo-fetch', times: 1 })
    expect((await shanghai('GET', `/api/v1/photos/${body.code}`)).body.code).toBe('REGION_ANSWER_INVALID')
  })
})

describe('a grant is refused', () => {
  test.each([
    [{ receiver: 'sandbox-hotel' }, 'RECEIVER_UNFIT'],
    [{ receiver: 'nobody' }, 'RECEIVER_UNFIT'],
    [{ matter: 'nothing' }, 'MATTER_NOT_FOUND'],
    [{ purpose: 'curiosity' }, 'BODY_INVALID'],
    [{ consent: 'cst_none' }, 'CONSENT_NOT_FOUND'],
    [{ more: true }, 'BODY_INVALID'],
  ])('%j: %s', async (over, code) => {
    expect((await granted(over)).body.code).toBe(code)
  })

  test('to a client whose directory entry has no key for encryption', async () => {
    expect((await granted({ receiver: 'region:310000' })).body.code).toBe('RECEIVER_UNFIT')
  })
})

test('a dry run makes no code and no consent', async () => {
  const before = (await own('GET', '/api/v1/me/consents')).body.items.length
  const { status, body } = await own('POST', `/api/v1/me/photos/${photo}/grants?dryRun=true`, {
    purpose: 'crossProvince',
    matter,
    receiver: 'sandbox-shanghai',
  })
  expect([status, body.dryRun, body.code]).toEqual([200, true, undefined])
  expect((await own('GET', '/api/v1/me/consents')).body.items).toHaveLength(before)
})

test('the same key gets the same code again', async () => {
  const key = { 'idempotency-key': crypto.randomUUID() }
  const ask = () =>
    own(
      'POST',
      `/api/v1/me/photos/${photo}/grants`,
      { purpose: 'crossProvince', matter, receiver: 'sandbox-shanghai' },
      key,
    )
  const [first, second] = [await ask(), await ask()]
  expect(second.body.code).toBe(first.body.code)
  expect(second.headers.get('idempotency-replayed')).toBe('true')
})

test('a licence is handed over with its file', async () => {
  const { body } = await own('GET', '/api/v1/me/licences?cities=320500')
  const id = body.items.find((one: { kind: string }) => one.kind === 'idCard').id
  const grant = await own('POST', `/api/v1/me/licences/${id}/grants`, {
    purpose: 'replaceMaterial',
    matter,
    receiver: 'sandbox-shanghai',
  })
  const told = await opened(
    'sandbox-shanghai',
    await shanghai('GET', `/api/v1/licences/${grant.body.code}`),
    gateway,
  )
  expect(told).toMatchObject({ licence: { kind: 'idCard', number: SUZHOU.number, status: 'valid' } })
  expect(Buffer.from(told.content.bytes, 'base64').subarray(0, 4).toString()).toMatch(/^(%PDF|PK)/)
})
