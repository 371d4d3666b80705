/** 两个免于提交: a licence of one region and a photo of its library stand for the documents of another region's matter. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storyOf } from '../flow/stories.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { HEFEI, holder, inDatabase, matterId } from '../support/holdings.ts'
import { type Sent, wiretap } from '../support/wiretap.ts'

const ID_CARD = '8754fbcb-d1be-6f73-3e7b-38763fada785'
const PHOTO = '10b678e6-559e-ceea-d21e-840c8abf0656'
const RECEIVER = 'region:320500'

let gateway: TestGateway
let jiangsu: Awaited<ReturnType<typeof wiretap>>
let anhui: Awaited<ReturnType<typeof wiretap>>
let own: Caller
let matter: string
let licence: string
let photo: string

const application = (documents: readonly object[]) => ({
  ...storyOf('jiangsu').application(''),
  sourceDivision: '340100',
  applicant: {
    kind: 'person',
    name: HEFEI.name,
    idDocument: { type: '111', number: HEFEI.number },
    mobile: '10000000001',
    address: '示例路1号',
  },
  documents,
})

async function consent(kind: 'photo' | 'licence', items: readonly string[]): Promise<string> {
  const asked = {
    kind,
    items,
    purpose: kind === 'photo' ? 'documentMaking' : 'replaceMaterial',
    matter,
    receiver: RECEIVER,
  }
  const { wording } = (await own('POST', '/api/v1/me/consents?dryRun=true', asked)).body
  const given = await own('POST', '/api/v1/me/consents', { ...asked, digest: wording.digest })
  expect(given.status).toBe(201)
  return given.body.consent.id
}

const prepared = async (): Promise<string> => {
  const made = await own('POST', `/api/v1/me/photos/${photo}/uploads`, {
    matter,
    division: '320500',
    document: PHOTO,
  })
  expect(made.status).toBe(201)
  return made.body.uploadId
}

const withdraw = async (caseId: string) => {
  const { headers } = await own('GET', `/api/v1/cases/${caseId}`)
  await own(
    'POST',
    `/api/v1/cases/${caseId}/withdrawal`,
    { reason: '测试' },
    { 'if-match': headers.get('etag') ?? '' },
  )
}

beforeAll(async () => {
  gateway = await startTestGateway({
    directory: async (directory) => {
      const { regions } = directory
      ;[jiangsu, anhui] = [await wiretap(regions.jiangsu.baseUrl), await wiretap(regions.anhui.baseUrl)]
      regions.jiangsu.baseUrl = jiangsu.url
      regions.anhui.baseUrl = anhui.url
      return directory
    },
  })
  await gateway.sync('320500')
  own = (await holder(HEFEI, gateway)).own
  matter = await matterId(gateway, 'jiangsu', '社会保障卡补领换领换发')
  const licences = await own('GET', '/api/v1/me/licences')
  licence = licences.body.items.find((one: { kind: string }) => one.kind === 'idCard').id
  photo = (await own('GET', '/api/v1/me/photos')).body.items[0].id
}, 60_000)
afterAll(async () => {
  await gateway.close()
  await Promise.all([jiangsu.close(), anhui.close()])
})

test('one preview shows what stands for each document, and how little is left to type', async () => {
  const { body } = await own('POST', '/api/v1/me/preview', { matter })
  expect(body).toMatchObject({
    receiver: { id: RECEIVER },
    figures: { documents: 2, exempted: 2, toBring: 0 },
    documents: [
      {
        id: ID_CARD,
        proposal: 'licence',
        candidates: [{ kind: 'licence', source: { region: 'anhui' }, verdict: 'fits' }],
      },
      { id: PHOTO, proposal: 'photo', candidates: [{ kind: 'photo', source: { region: 'anhui' } }] },
    ],
  })
  expect(JSON.stringify(body)).not.toContain(HEFEI.number)
})

describe('a photo taken in Hefei and a licence of Anhui stand for the papers of Suzhou’s social-security card', () => {
  test('nothing is handed over before it is agreed to', async () => {
    const refused = await file(
      own,
      application([
        { id: ID_CARD, mode: 'licence', licence },
        { id: PHOTO, mode: 'upload', uploads: ['up_none'] },
      ]),
    )
    expect(refused.body).toMatchObject({
      code: 'CONSENT_REQUIRED',
      errors: [{ pointer: '/documents/0/licence' }],
    })
    const photoRefused = await own('POST', `/api/v1/me/photos/${photo}/uploads`, {
      matter,
      division: '320500',
      document: PHOTO,
    })
    expect(photoRefused.body.code).toBe('CONSENT_REQUIRED')
  })

  test('the case is filed without a paper, and says how each document came', async () => {
    await consent('photo', [photo])
    const given = await consent('licence', [licence])
    const uploadId = await prepared()
    jiangsu.sent.length = 0
    const filed = await file(
      own,
      application([
        { id: ID_CARD, mode: 'licence', licence },
        { id: PHOTO, mode: 'upload', uploads: [uploadId] },
      ]),
    )
    expect(filed.status).toBe(201)
    expect(filed.body.exemptions).toMatchObject([
      { document: ID_CARD, how: 'file', licence: { id: licence, region: 'anhui' }, consent: given },
    ])
    const pictures = uploadsOf(jiangsu.sent).filter((body) => body.includes('image/jpeg'))
    expect(pictures).toHaveLength(1)
    await withdraw(filed.body.id)
  })

  test('the wire to Jiangsu holds what was agreed to and nothing else of the person’s', () => {
    // Other licences that Anhui holds, the numbers of its library, what a camera would have written, and names of the gateway's own.
    for (const foreign of ['户口簿', 'PHahperson', 'Exif', 'lic_', 'ph_', 'cst_'])
      for (const { path, body } of jiangsu.sent) {
        expect(path).not.toContain(foreign)
        expect(body.includes(Buffer.from(foreign)), `${path} holds ${foreign}`).toBe(false)
      }
    expect(jiangsu.sent.some(({ body }) => body.includes(Buffer.from(HEFEI.number)))).toBe(true)
    expect(uploadsOf(jiangsu.sent)).toHaveLength(2)
  })

  test('the wire to Anhui tells no form field and no other data of the application', () => {
    expect(anhui.sent.length).toBeGreaterThan(3)
    for (const foreign of ['示例路1号', '10000000001', 'blyy', '社会保障卡补领换领换发'])
      for (const { path, body } of anhui.sent)
        expect(body.includes(Buffer.from(foreign)), `${path} holds ${foreign}`).toBe(false)
  })
})

/** Bodies of files that went to a region. */
const uploadsOf = (sent: readonly Sent[]): readonly string[] =>
  sent.filter(({ path }) => path.includes('/zwdtAttach/upload')).map(({ body }) => body.toString('latin1'))

describe('when Anhui does not answer at filing', () => {
  test('an entry that brings an upload beside its licence is content with it, and says so', async () => {
    await consent('photo', [photo])
    await consent('licence', [licence])
    const scan = await upload(own, 'scan.pdf')
    const uploadId = await prepared()
    gateway.region('anhui').faults.add({ kind: 'error', operation: 'licence-fetch' })
    const filed = await file(
      own,
      application([
        { id: ID_CARD, mode: 'licence', licence, uploads: [scan] },
        { id: PHOTO, mode: 'upload', uploads: [uploadId] },
      ]),
    )
    gateway.region('anhui').faults.clear()
    expect(filed.status).toBe(201)
    expect(filed.body.exemptions).toMatchObject([
      { document: ID_CARD, how: 'upload', reason: 'REGION_UNAVAILABLE', consent: null },
    ])
    await withdraw(filed.body.id)
  })

  test('one without an upload is told which document to upload', async () => {
    await consent('licence', [licence])
    await consent('photo', [photo])
    const uploadId = await prepared()
    gateway.region('anhui').faults.add({ kind: 'error', operation: 'licence-fetch' })
    const refused = await file(
      own,
      application([
        { id: ID_CARD, mode: 'licence', licence },
        { id: PHOTO, mode: 'upload', uploads: [uploadId] },
      ]),
    )
    gateway.region('anhui').faults.clear()
    expect(refused.body).toMatchObject({
      code: 'LICENCE_UNAVAILABLE',
      errors: [{ pointer: '/documents/0/licence' }],
    })
  })
})

test('a consent that is withdrawn before Jiangsu could be reached keeps the file from it', async () => {
  const photoConsent = await consent('photo', [photo])
  await consent('licence', [licence])
  const uploadId = await prepared()
  gateway.region('jiangsu').faults.add({ kind: 'error', operation: 'case-init' })
  const filed = await file(
    own,
    application([
      { id: ID_CARD, mode: 'licence', licence },
      { id: PHOTO, mode: 'upload', uploads: [uploadId] },
    ]),
  )
  expect(filed.status).toBe(202)
  // Everything that was agreed to before this test goes too: the latest consent to a photo is the one that counts.
  await inDatabase(
    gateway,
    (sql) =>
      sql`update consents set withdrawn_at = now() where kind = 'photo' and id <> ${photoConsent} and withdrawn_at is null`,
  )
  await own('DELETE', `/api/v1/me/consents/${photoConsent}`)
  gateway.region('jiangsu').faults.clear()
  jiangsu.sent.length = 0
  await gateway.dispatch()
  const { body } = await own('GET', `/api/v1/cases/${filed.body.id}`)
  expect(body.dispatch).toMatchObject({ state: 'refused', reason: 'CONSENT_WITHDRAWN' })
  expect(uploadsOf(jiangsu.sent).filter((one) => one.includes('image/jpeg'))).toHaveLength(0)
})

describe('a licence is refused', () => {
  test('when it does not stand for that document', async () => {
    const { body } = await own('GET', '/api/v1/me/licences')
    const other = body.items.find((one: { kind: string }) => one.kind === 'householdRegister').id
    await consent('licence', [other])
    const refused = await file(
      own,
      application([
        { id: ID_CARD, mode: 'licence', licence: other },
        { id: PHOTO, mode: 'upload', uploads: [await upload(own, 'a.pdf')] },
      ]),
    )
    expect(refused.body).toMatchObject({
      errors: [{ pointer: '/documents/0/licence', code: 'LICENCE_KIND' }],
    })
  })

  test.each(['lic_0000000000000000000000000'])('when it is not the person’s: %s', async (foreign) => {
    const refused = await file(
      own,
      application([
        { id: ID_CARD, mode: 'licence', licence: foreign },
        { id: PHOTO, mode: 'upload', uploads: [await upload(own, 'a.pdf')] },
      ]),
    )
    expect(refused.body).toMatchObject({
      code: 'LICENCE_NOT_FOUND',
      errors: [{ pointer: '/documents/0/licence' }],
    })
  })

  test('when another client brings it without its person', async () => {
    const client = await gateway.as('sandbox-shanghai', 'cases')
    const refused = await file(
      client,
      application([
        { id: ID_CARD, mode: 'licence', licence },
        { id: PHOTO, mode: 'upload', uploads: [await upload(client, 'a.pdf')] },
      ]),
    )
    expect(refused.body.code).toBe('PERSON_REQUIRED')
  })
})

test('a dry run checks all of it and asks no region for a file', async () => {
  await consent('photo', [photo])
  await consent('licence', [licence])
  const uploadId = await prepared()
  anhui.sent.length = 0
  const { status, body } = await own(
    'POST',
    '/api/v1/cases?dryRun=true',
    application([
      { id: ID_CARD, mode: 'licence', licence },
      { id: PHOTO, mode: 'upload', uploads: [uploadId] },
    ]),
    { 'idempotency-key': crypto.randomUUID() },
  )
  expect([status, body.dryRun]).toEqual([200, true])
  expect(anhui.sent).toHaveLength(0)
})
