/** Photos that are taken here: drawn anew or refused, judged, deleted, and never kept as they came. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { HEFEI, holder, inDatabase, SUZHOU } from '../support/holdings.ts'

let gateway: TestGateway
let own: Caller
beforeAll(async () => {
  gateway = await startTestGateway()
  own = (await holder(SUZHOU, gateway)).own
}, 60_000)
afterAll(() => gateway.close())

const image = (width = 1200, height = 1600) =>
  sharp({ create: { width, height, channels: 3, background: '#f8f8f8' } })
const capture = (bytes: Buffer | string, type = 'image/jpeg') =>
  own('POST', '/api/v1/me/photos', typeof bytes === 'string' ? bytes : new Uint8Array(bytes), {
    'content-type': type,
  })

test('a photo with a place and a camera in it is kept without either', async () => {
  const withGps = await image()
    .withExif({ IFD0: { Make: 'SecretCamera' }, IFD3: { GPSLatitude: '31/1 14/1 0/1', GPSLatitudeRef: 'N' } })
    .jpeg()
    .toBuffer()
  expect(withGps.includes('SecretCamera')).toBe(true)
  const { status, body } = await capture(withGps)
  expect(status).toBe(201)
  expect(body.photo).toMatchObject({ takenFor: 'upload', source: { region: null, division: null } })
  const sealed = await readFile(path.join(gateway.dataDir, 'files', body.photo.id.slice(-2), body.photo.id))
  const kept = gateway.gateway.deps.sealing.openBytes(sealed)
  expect(kept.includes('SecretCamera')).toBe(false)
  expect(kept.includes('Exif')).toBe(false)
  expect(sealed.includes(kept.subarray(0, 64))).toBe(false)
})

test('it comes as a part of a form too, and is judged by the rule of each document', async () => {
  const form = new FormData()
  form.append(
    'file',
    new File([new Uint8Array(await image().png().toBuffer())], 'me.png', { type: 'image/png' }),
  )
  const { status, body } = await own('POST', '/api/v1/me/photos', form)
  expect(status).toBe(201)
  const documents = body.documents.map((one: { document: string }) => one.document)
  for (const document of ['idCard', 'passport', 'drivingLicence', 'socialSecurityCard'])
    expect(documents).toContain(document)
  for (const { findings } of body.documents)
    for (const finding of findings) expect(finding.zh.length * finding.en.length).toBeGreaterThan(0)
})

test('it stands beside what the regions hold, is shown with a mark, and is gone when its person deletes it', async () => {
  const { body } = await capture(await image(800, 1000).jpeg().toBuffer())
  const listed = await own('GET', '/api/v1/me/photos?cities=320500')
  expect(listed.body.items.map((one: { id: string }) => one.id)).toContain(body.photo.id)
  const shown = await own('GET', `/api/v1/me/photos/${body.photo.id}/picture`)
  expect(shown.headers.get('content-type')).toBe('image/jpeg')
  const { channels } = await sharp(shown.bytes).stats()
  // One flat colour came in; letters are in what goes out.
  expect(Math.max(...channels.map(({ stdev }) => stdev))).toBeGreaterThan(2)
  expect((await own('DELETE', `/api/v1/me/photos/${body.photo.id}`)).status).toBe(204)
  expect((await own('DELETE', `/api/v1/me/photos/${body.photo.id}`)).status).toBe(404)
  expect((await own('GET', `/api/v1/me/photos/${body.photo.id}/picture`)).status).toBe(404)
  const file = path.join(gateway.dataDir, 'files', body.photo.id.slice(-2), body.photo.id)
  await expect(readFile(file)).rejects.toThrow('ENOENT')
  expect(
    await inDatabase(gateway, (sql) => sql`select 1 from pictures where holding_id = ${body.photo.id}`),
  ).toHaveLength(0)
})

test('a photo that a region holds is not deleted here', async () => {
  const { body } = await own('GET', '/api/v1/me/photos?cities=320500')
  const theirs = body.items.find((one: { source: { region: string | null } }) => one.source.region !== null)
  expect((await own('DELETE', `/api/v1/me/photos/${theirs.id}`)).body.code).toBe('PHOTO_NOT_FOUND')
})

describe('it is refused in plain words', () => {
  test.each([
    ['a page', '<html><body>hello</body></html>'],
    ['a drawing with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['nothing', ''],
    ['a document', '%PDF-1.4 hello'],
    ['an animation', 'GIF89a hello'],
  ])('%s that calls itself a JPEG', async (_what, bytes) => {
    const { status, body } = await capture(bytes)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(['PICTURE_UNUSABLE', 'FILE_EMPTY']).toContain(body.code)
    if (body.code === 'PICTURE_UNUSABLE')
      expect(body.errors[0].detail ?? body.errors[0]).toMatchObject({ zh: expect.any(String) })
  })

  test('half a picture', async () => {
    const whole = await image().jpeg().toBuffer()
    expect((await capture(whole.subarray(0, whole.length / 2))).body.code).toBe('PICTURE_UNUSABLE')
  })

  test('more than 20 MiB', async () => {
    expect((await capture(Buffer.alloc(21 * 1024 * 1024, 0xff))).status).toBe(413)
  })
})

test('twenty are kept at once; those beyond are refused, even when they come together, until one is deleted', async () => {
  const { own: other } = await holder(HEFEI, gateway)
  const picture = new Uint8Array(await image(480, 640).jpeg().toBuffer())
  const take = () => other('POST', '/api/v1/me/photos', picture, { 'content-type': 'image/jpeg' })
  const told = await Promise.all(Array.from({ length: 23 }, take))
  const taken = told.filter(({ status }) => status === 201)
  expect(taken).toHaveLength(20)
  for (const { status, body } of told.filter((one) => one.status !== 201))
    expect([status, body.code]).toEqual([409, 'PHOTOS_TOO_MANY'])
  expect((await other('DELETE', `/api/v1/me/photos/${taken[0]?.body.photo.id}`)).status).toBe(204)
  expect((await take()).status).toBe(201)
})
