/** Photos and licences in applications: nothing goes where its person did not let it go, whoever brings it and whenever they change their mind. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FoundLicence } from '../../src/adapters/kit/contract.ts'
import { fileToSend } from '../../src/federation/cases/file-to-send.ts'
import { pool } from '../../src/store/connection.ts'
import { storyOf } from '../flow/stories.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { HEFEI, holder, inDatabase, matterId, SHANGHAI, SUZHOU } from '../support/holdings.ts'
import { given } from '../support/mandates.ts'

const ID_CARD = '8754fbcb-d1be-6f73-3e7b-38763fada785'
const PHOTO = '10b678e6-559e-ceea-d21e-840c8abf0656'

let gateway: TestGateway
let matter: string
let hefei: Awaited<ReturnType<typeof holder>>
let suzhou: Awaited<ReturnType<typeof holder>>

/** One person's application for a social-security card of Suzhou. */
const application = (who: { name: string; number: string }, documents: readonly object[]) => ({
  ...storyOf('jiangsu').application(''),
  applicant: {
    kind: 'person',
    name: who.name,
    idDocument: { type: '111', number: who.number },
    mobile: '10000000001',
    address: '示例路1号',
  },
  documents,
})

async function consent(own: Caller, kind: 'photo' | 'licence', item: string, over: object = {}) {
  const purpose = kind === 'photo' ? 'documentMaking' : 'replaceMaterial'
  const asked = { kind, items: [item], purpose, matter, receiver: 'region:320500', ...over }
  const { wording } = (await own('POST', '/api/v1/me/consents?dryRun=true', asked)).body
  const { body } = await own('POST', '/api/v1/me/consents', { ...asked, digest: wording.digest })
  return body.consent.id as string
}

const first = async (own: Caller, kind: 'photos' | 'licences'): Promise<string> => {
  const { body } = await own('GET', `/api/v1/me/${kind}`)
  const fits = (one: { kind?: string }) => kind === 'photos' || one.kind === 'idCard'
  return body.items.find(fits).id
}

const prepared = async (own: Caller, photo: string): Promise<string> =>
  (await own('POST', `/api/v1/me/photos/${photo}/uploads`, { matter, division: '320500', document: PHOTO }))
    .body.uploadId

const withdraw = async (own: Caller, id: string) => {
  const { headers } = await own('GET', `/api/v1/cases/${id}`)
  const told = await own(
    'POST',
    `/api/v1/cases/${id}/withdrawal`,
    { reason: '测试' },
    { 'if-match': headers.get('etag') ?? '' },
  )
  expect(told.status).toBe(200)
}

beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('320500')
  matter = await matterId(gateway, 'jiangsu', '社会保障卡补领换领换发')
  ;[hefei, suzhou] = [await holder(HEFEI, gateway), await holder(SUZHOU, gateway)]
}, 60_000)
afterAll(() => gateway.close())

describe('a file that came out of a person’s holdings', () => {
  let photo: string
  let uploadId: string
  beforeAll(async () => {
    photo = await first(hefei.own, 'photos')
    await consent(hefei.own, 'photo', photo)
    uploadId = await prepared(hefei.own, photo)
  })

  test('goes into no other person’s application, though one app brings both', async () => {
    const refused = await file(
      suzhou.own,
      application(SUZHOU, [
        { id: ID_CARD, mode: 'upload', uploads: [await upload(suzhou.own, 'a.pdf')] },
        { id: PHOTO, mode: 'upload', uploads: [uploadId] },
      ]),
    )
    expect(refused.body).toMatchObject({
      code: 'CONSENT_REQUIRED',
      errors: [{ pointer: '/documents/1/uploads/0' }],
    })
  })

  test.each([
    ['another matter', { matterId: 'jiangsu:320500:another' }],
    ['another city', { division: '320100' }],
    ['another person’s case', { holderKey: 'f'.repeat(64) }],
  ])('is not sent for %s', async (_what, over) => {
    const { deps } = gateway.gateway
    const row = {
      clientId: 'sandbox-app',
      matterId: matter,
      division: '320506',
      holderKey: deps.sealing.identity(hefei.person.idDocument),
    }
    // Only the members that are looked at are there.
    const send = (more: object) => fileToSend(uploadId, { ...row, ...more } as never, deps)
    expect((await send({})).contentType).toBe('image/jpeg')
    await expect(send(over)).rejects.toMatchObject({ code: 'CONSENT_REQUIRED' })
  })

  test('is asked of a region for no verification', async () => {
    const refused = await hefei.own('POST', '/api/v1/licences/verify', {
      division: '310000',
      kind: 'idCard',
      uploadId,
    })
    expect(refused.body).toMatchObject({ code: 'CONSENT_REQUIRED', errors: [{ pointer: '/uploadId' }] })
  })

  test('is neither made nor filed when the last moment of its consent is over', async () => {
    const person = await holder({ name: '王示范', number: '320602190203040038', region: 'jiangsu' }, gateway)
    const own = await first(person.own, 'photos')
    const id = await consent(person.own, 'photo', own)
    const made = await prepared(person.own, own)
    expect(made).toMatch(/^up_/)
    await inDatabase(gateway, (sql) => sql`update consents set until = now() where id = ${id}`)
    expect(await prepared(person.own, own)).toBeUndefined()
    const refused = await file(
      person.own,
      application({ name: '王示范', number: '320602190203040038' }, [
        { id: ID_CARD, mode: 'upload', uploads: [await upload(person.own, 'a.pdf')] },
        { id: PHOTO, mode: 'upload', uploads: [made] },
      ]),
    )
    expect(refused.body).toMatchObject({
      code: 'CONSENT_REQUIRED',
      errors: [{ pointer: '/documents/1/uploads/0' }],
    })
  })

  test('is not made of a consent to an identity check', async () => {
    const person = await holder({ name: '李样例', number: '320102190102030028', region: 'jiangsu' }, gateway)
    const own = await first(person.own, 'photos')
    await consent(person.own, 'photo', own, { purpose: 'identityCheck' })
    const refused = await person.own('POST', `/api/v1/me/photos/${own}/uploads`, {
      matter,
      division: '320500',
      document: PHOTO,
    })
    expect(refused.body.code).toBe('CONSENT_REQUIRED')
  })
})

describe('a licence that the handling region holds itself', () => {
  const MATTER = 'shanghai:310000:312099002000'
  const AGREED = { matter: MATTER, receiver: 'region:310000' }
  const asked = (licence: string) => ({
    ...application(SHANGHAI, [{ id: '002CL01', mode: 'licence', licence }]),
    matter: MATTER,
    division: '310000',
    sourceDivision: '340100',
    form: {},
    delivery: null,
  })
  let own: Caller
  let licence: string
  let personId: string
  let key: string
  beforeAll(async () => {
    await gateway.sync('310000')
    const shanghai = await holder(SHANGHAI, gateway)
    own = shanghai.own
    personId = shanghai.person.principal.personId
    key = gateway.gateway.deps.sealing.identity(shanghai.person.idDocument)
    licence = await first(own, 'licences')
  })

  test('is named to it where it takes names', async () => {
    await consent(own, 'licence', licence, AGREED)
    const { status, body } = await file(own, asked(licence))
    expect([status, body.exemptions]).toMatchObject([201, [{ document: '002CL01', how: 'reference' }]])
    await withdraw(own, body.id)
  })

  test('is sent to it as a file where it takes files alone', async () => {
    const at = await first(suzhou.own, 'licences')
    await consent(suzhou.own, 'licence', at)
    const { status, body } = await file(
      suzhou.own,
      application(SUZHOU, [
        { id: ID_CARD, mode: 'licence', licence: at },
        { id: PHOTO, mode: 'upload', uploads: [await upload(suzhou.own, 'a.pdf')] },
      ]),
    )
    expect([status, body.exemptions]).toMatchObject([201, [{ document: ID_CARD, how: 'file' }]])
    await withdraw(suzhou.own, body.id)
  })

  test('is not named to it when the consent ends between check and sending, at the first attempt too', async () => {
    const id = await consent(own, 'licence', licence, AGREED)
    const sql = pool(gateway.databaseUrl, 2)
    let filing: ReturnType<typeof file> | undefined
    // The filing waits for the head of the person's records; meanwhile the consent ends.
    await sql.begin(async (tx) => {
      await tx`select from access_chains where holder_key = ${key} and clock = 'provision' for update`
      filing = file(own, asked(licence))
      await expect
        .poll(
          () =>
            sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          { interval: 10 },
        )
        .not.toHaveLength(0)
      await sql`update consents set withdrawn_at = now() where id = ${id} or kind = 'licence'`
    })
    await sql.end()
    const { body } = await (filing as ReturnType<typeof file>)
    const found = await own('GET', '/api/v1/cases')
    expect(body.code).toBe('CONSENT_WITHDRAWN')
    expect(found.body.items[0].dispatch).toMatchObject({ state: 'refused', reason: 'CONSENT_WITHDRAWN' })
  })

  test('is refused when its last day is over, in a dry run too', async () => {
    const { sealing } = gateway.gateway.deps
    await consent(own, 'licence', licence, AGREED)
    await inDatabase(gateway, async (sql) => {
      const [row] = await sql`select sealed from holdings where person_id = ${personId} and id = ${licence}`
      const found = sealing.open<FoundLicence>(row?.['sealed'] as Buffer)
      const ended = sealing.seal({ ...found, validTo: '2020-01-01' })
      await sql`update holdings set sealed = ${ended} where id = ${licence}`
    })
    for (const at of ['/api/v1/cases', '/api/v1/cases?dryRun=true']) {
      const refused = await own('POST', at, asked(licence), {
        'idempotency-key': crypto.randomUUID(),
      })
      expect(refused.body).toMatchObject({
        code: 'LICENCE_NOT_VALID',
        errors: [{ pointer: '/documents/0/licence' }],
      })
    }
  })
})

test('whoever applies for another on a mandate hands in no licence of their own in the other’s name', async () => {
  const mandate = await given(suzhou.person, hefei.person, gateway)
  const licence = await first(hefei.own, 'licences')
  await consent(hefei.own, 'licence', licence)
  const refused = await file(hefei.own, {
    ...application(SUZHOU, [
      { id: ID_CARD, mode: 'licence', licence },
      { id: PHOTO, mode: 'upload', uploads: [await upload(hefei.own, 'a.pdf')] },
    ]),
    agent: { name: HEFEI.name, idDocument: hefei.person.idDocument, mobile: '10000000009', mandate },
  })
  expect(refused.body).toMatchObject({
    code: 'LICENCE_NOT_FOUND',
    errors: [{ pointer: '/documents/0/licence' }],
  })
})

test('a dry run points at the document that the caller sent, behind a licence too', async () => {
  const licence = await first(hefei.own, 'licences')
  await consent(hefei.own, 'licence', licence)
  const { body } = await hefei.own(
    'POST',
    '/api/v1/cases?dryRun=true',
    application(HEFEI, [
      { id: ID_CARD, mode: 'licence', licence },
      { id: PHOTO, mode: 'upload', uploads: ['up_none'] },
    ]),
    { 'idempotency-key': crypto.randomUUID() },
  )
  expect(body).toMatchObject({ code: 'UPLOAD_NOT_FOUND', errors: [{ pointer: '/documents/1/uploads/0' }] })
})

test('a correction of something else is taken after the consent to a licence has ended', async () => {
  const { own } = hefei
  const licence = await first(own, 'licences')
  const id = await consent(own, 'licence', licence)
  const filed = await file(
    own,
    application(HEFEI, [
      { id: ID_CARD, mode: 'licence', licence },
      { id: PHOTO, mode: 'upload', uploads: [await upload(own, 'a.pdf')] },
    ]),
  )
  expect(filed.status).toBe(201)
  const region = gateway.region('jiangsu').region
  region.advance(filed.body.caseNumber, { to: 'PRECHECK_RETURNED', materials: [PHOTO] })
  await region.sendCallbacks()
  await own('DELETE', `/api/v1/me/consents/${id}`)
  const { headers } = await own('GET', `/api/v1/cases/${filed.body.id}`)
  const corrected = await own(
    'POST',
    `/api/v1/cases/${filed.body.id}/correction`,
    { documents: [{ id: PHOTO, mode: 'upload', uploads: [await upload(own, 'b.pdf')] }] },
    { 'if-match': headers.get('etag') ?? '' },
  )
  expect([corrected.status, corrected.body.status]).toEqual([200, 'SUBMITTED'])
  await withdraw(own, filed.body.id)
})
