/** What a person agrees to: in words that were shown, for one receiver and matter, withdrawn with one tap; below fourteen by a guardian. */
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserOf } from '../support/as-person.ts'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { HEFEI, holder, inDatabase, matterId, SUZHOU } from '../support/holdings.ts'
import { residentNumber } from '../support/person-token.ts'

const RECEIVER = 'region:320500'

let gateway: TestGateway
let own: Caller
let photo: string
let matter: string

const asked = (over: object = {}) => ({
  kind: 'photo',
  items: [photo],
  purpose: 'documentMaking',
  matter,
  receiver: RECEIVER,
  ...over,
})
const words = async (caller: Caller, body: object) =>
  (await caller('POST', '/api/v1/me/consents?dryRun=true', body)).body

/** A small JPEG. */
const picture = async () =>
  new Uint8Array(
    await sharp({ create: { width: 400, height: 500, channels: 3, background: '#fefefe' } })
      .jpeg()
      .toBuffer(),
  )

beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('320500')
  own = (await holder(SUZHOU, gateway)).own
  photo = (await own('GET', '/api/v1/me/photos?cities=320500')).body.items[0].id
  matter = await matterId(gateway, 'jiangsu', '社会保障卡补领换领换发')
}, 60_000)
afterAll(() => gateway.close())

test('the words name what, to whom, for which matter, for what and until when, in both languages', async () => {
  const { wording, needsGuardian } = await words(own, asked())
  expect(needsGuardian).toBe(false)
  for (const part of ['居民身份证照片', '苏州', '社会保障卡补领换领换发', '制作证件', '随时撤回', '单独'])
    expect(wording.zh).toContain(part)
  expect(wording.en).toContain('withdraw')
  expect(wording.zh).not.toContain(SUZHOU.number)
})

test('it is given with the digest of the words that were shown, stands in the list, and is withdrawn with one tap', async () => {
  const { wording } = await words(own, asked())
  const given = await own('POST', '/api/v1/me/consents', asked({ digest: wording.digest }))
  expect(given.status).toBe(201)
  expect(given.body.consent).toMatchObject({
    state: 'inForce',
    by: 'person',
    receiver: { id: RECEIVER },
    wording: { version: 'photo-1', digest: wording.digest },
  })
  const { id } = given.body.consent
  expect((await own('GET', '/api/v1/me/consents')).body.items[0].id).toBe(id)
  const withdrawn = await own('DELETE', `/api/v1/me/consents/${id}`)
  expect(withdrawn.body).toMatchObject({ state: 'withdrawn', withdrawnAt: expect.any(String) })
  const again = await own('DELETE', `/api/v1/me/consents/${id}`)
  expect(again.body.withdrawnAt).toBe(withdrawn.body.withdrawnAt)
})

test('two photos that are called alike have the same words, and digests that tell them apart', async () => {
  const taken = await Promise.all(
    [1, 2].map(async () => {
      const told = await own('POST', '/api/v1/me/photos', await picture(), { 'content-type': 'image/jpeg' })
      return told.body.photo.id as string
    }),
  )
  const [one, other] = await Promise.all(
    taken.map(async (id) => (await words(own, asked({ items: [id] }))).wording),
  )
  expect(one.zh).toBe(other.zh)
  expect(one.digest).not.toBe(other.digest)
})

test.each([
  ['none', undefined],
  ['another', 'a'.repeat(64)],
])('with %s digest it is not given', async (_what, digest) => {
  const body = asked(digest === undefined ? {} : { digest })
  expect(await own('POST', '/api/v1/me/consents', body)).toMatchObject({
    status: 409,
    body: { code: 'CONSENT_WORDING_CHANGED' },
  })
})

describe('it is refused', () => {
  test.each([
    [{ until: '2020-01-01T00:00:00+08:00' }, 'BODY_INVALID'],
    [{ until: '2099-01-01T00:00:00+08:00' }, 'BODY_INVALID'],
    [{ items: [] }, 'BODY_INVALID'],
    [{ items: ['ph_0000000000000000000000000'] }, 'PHOTO_NOT_FOUND'],
    [{ receiver: 'region:110000' }, 'RECEIVER_UNFIT'],
    [{ receiver: 'sandbox-window' }, 'RECEIVER_UNFIT'],
    [{ matter: 'none' }, 'MATTER_NOT_FOUND'],
    [{ kind: 'licence' }, 'LICENCE_NOT_FOUND'],
  ])('%j: %s', async (over, code) => {
    expect((await own('POST', '/api/v1/me/consents?dryRun=true', asked(over))).body.code).toBe(code)
  })

  test('for a token that may touch licences alone', async () => {
    const { own: licences } = await holder(SUZHOU, gateway, 'licences')
    expect((await licences('POST', '/api/v1/me/consents', asked())).body.code).toBe('SCOPE_MISSING')
  })

  test('to another person’s eyes', async () => {
    const { wording } = await words(own, asked())
    const { body } = await own('POST', '/api/v1/me/consents', asked({ digest: wording.digest }))
    const { own: other } = await holder({ name: '测试甲', number: '310101190001010011' }, gateway)
    const path = `/api/v1/me/consents/${body.consent.id}`
    expect((await other('GET', path)).body.code).toBe('CONSENT_NOT_FOUND')
    expect((await other('DELETE', path)).body.code).toBe('CONSENT_NOT_FOUND')
    expect((await own('GET', path)).body.state).toBe('inForce')
  })
})

describe('a grant that names a consent', () => {
  const grant = (consent: string, over: object = {}, id = photo) =>
    own('POST', `/api/v1/me/photos/${id}/grants`, {
      purpose: 'documentMaking',
      matter,
      receiver: 'sandbox-shanghai',
      consent,
      ...over,
    })
  const consentTo = async (receiver: string) => {
    const { wording } = await words(own, asked({ receiver }))
    return (await own('POST', '/api/v1/me/consents', asked({ receiver, digest: wording.digest }))).body
      .consent.id
  }

  test('stands on it, and ends with it', async () => {
    const id = await consentTo('sandbox-shanghai')
    const { status, body } = await grant(id)
    expect([status, body.consent]).toEqual([201, id])
    await own('DELETE', `/api/v1/me/consents/${id}`)
    expect((await grant(id)).body.code).toBe('CONSENT_WITHDRAWN')
    const shanghai = await gateway.as('sandbox-shanghai', 'photos')
    expect((await shanghai('GET', `/api/v1/photos/${body.code}`)).body.code).toBe('CONSENT_WITHDRAWN')
  })

  test.each([{ purpose: 'identityCheck' }, { receiver: 'sandbox-anhui' }])(
    'is refused for what it does not say: %j',
    async (over) => {
      const id = await consentTo('sandbox-shanghai')
      expect((await grant(id, over)).body.code).toBe('CONSENT_REQUIRED')
    },
  )

  test('is refused for another matter, and for another photo', async () => {
    const id = await consentTo('sandbox-shanghai')
    const other = await matterId(gateway, 'jiangsu', '换领机动车驾驶证')
    expect((await grant(id, { matter: other })).body.code).toBe('CONSENT_REQUIRED')
    const taken = await own('POST', '/api/v1/me/photos', await picture(), { 'content-type': 'image/jpeg' })
    expect(taken.status).toBe(201)
    expect((await grant(id, {}, taken.body.photo.id)).body.code).toBe('CONSENT_REQUIRED')
  })

  test('is refused when the consent’s last moment is over', async () => {
    const id = await consentTo('sandbox-shanghai')
    const { body } = await grant(id)
    await inDatabase(gateway, (sql) => sql`update consents set until = now() where id = ${id}`)
    expect((await own('GET', `/api/v1/me/consents/${id}`)).body.state).toBe('ended')
    expect((await grant(id)).body.code).toBe('CONSENT_WITHDRAWN')
    const shanghai = await gateway.as('sandbox-shanghai', 'photos')
    expect((await shanghai('GET', `/api/v1/photos/${body.code}`)).body.code).toBe('CONSENT_WITHDRAWN')
    // What has ended stays what it is.
    expect((await own('DELETE', `/api/v1/me/consents/${id}`)).body).toMatchObject({
      state: 'ended',
      withdrawnAt: null,
    })
  })
})

/** A number of somebody who is so many years old today, and was born yesterday of that year or today. */
function bornYearsAgo(years: number, shiftDays = 0): string {
  const day = new Date(Date.now() + 8 * 3_600_000 + shiftDays * 86_400_000)
  day.setUTCFullYear(day.getUTCFullYear() - years)
  const birth = day.toISOString().slice(0, 10).replaceAll('-', '')
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const digits = `310101${birth}001`
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return digits + '10X98765432'[sum % 11]
}

describe('below fourteen', () => {
  const child = async (number: string) => {
    const { own: caller } = await holder({ name: '小测试', number }, gateway)
    const captured = await caller('POST', '/api/v1/me/photos', await picture(), {
      'content-type': 'image/jpeg',
    })
    expect(captured.status).toBe(201)
    return { caller, photo: captured.body.photo.id as string }
  }

  test('a consent waits for a guardian, who reads the words and agrees with an own log-in', async () => {
    const { caller, photo: own } = await child(bornYearsAgo(10))
    const body = asked({ items: [own] })
    const { wording, needsGuardian } = await words(caller, body)
    expect(needsGuardian).toBe(true)
    expect(wording.zh).toContain('监护人')
    const waiting = await caller('POST', '/api/v1/me/consents', { ...body, digest: wording.digest })
    expect(waiting).toMatchObject({ status: 202, body: { consent: { state: 'waiting', by: 'nobodyYet' } } })
    const { code } = waiting.body.guardian
    const { own: guardian } = await holder({ name: '测试丙', number: residentNumber(51) }, gateway)
    const read = await guardian('POST', '/api/v1/me/consents/guardian', { code })
    expect(read.body.wording.digest).toBe(wording.digest)
    const agreed = await guardian('POST', '/api/v1/me/consents/guardian', { code, digest: wording.digest })
    expect(agreed.body).toMatchObject({ state: 'inForce', by: 'guardian' })
    const { id } = waiting.body.consent
    expect((await caller('GET', `/api/v1/me/consents/${id}`)).body.state).toBe('inForce')
    // The code is used up, and the guardian can take it back.
    expect((await guardian('POST', '/api/v1/me/consents/guardian', { code })).body.code).toBe(
      'CONSENT_NOT_FOUND',
    )
    expect((await guardian('DELETE', `/api/v1/me/consents/${id}`)).body.state).toBe('withdrawn')
  })

  test.each([
    ['the child itself', bornYearsAgo(9), 3, 'GUARDIAN_UNFIT'],
    ['somebody of seventeen', bornYearsAgo(17), 3, 'GUARDIAN_UNFIT'],
    ['somebody whom nobody has seen', residentNumber(52), 2, 'ASSURANCE_TOO_LOW'],
    ['whoever acts for a firm', residentNumber(53), 3, 'GUARDIAN_UNFIT'],
  ] as const)('%s cannot agree', async (who, number, loa, refused) => {
    const { caller, photo: own } = await child(bornYearsAgo(9))
    const body = asked({ items: [own] })
    const { wording } = await words(caller, body)
    const { code } = (await caller('POST', '/api/v1/me/consents', { ...body, digest: wording.digest })).body
      .guardian
    const name = who === 'the child itself' ? '小测试' : '另一人'
    const firm = { name: '测试公司', number: '91310000MA1TEXT06C' }
    const wanted = { name, number, loa, ...(who === 'whoever acts for a firm' ? { firm } : {}) }
    const { own: other } = await holder(wanted, gateway)
    expect(
      (await other('POST', '/api/v1/me/consents/guardian', { code, digest: wording.digest })).body.code,
    ).toBe(refused)
  })

  test('nothing is handed over on a consent that waits', async () => {
    const { caller, photo: own } = await child(bornYearsAgo(10))
    const body = asked({ items: [own] })
    const give = async (over: object) => {
      const { wording } = await words(caller, { ...body, ...over })
      return (await caller('POST', '/api/v1/me/consents', { ...body, ...over, digest: wording.digest })).body
    }
    await give({})
    const refused = await caller('POST', `/api/v1/me/photos/${own}/uploads`, {
      matter,
      division: '320500',
      document: '10b678e6-559e-ceea-d21e-840c8abf0656',
    })
    expect(refused.body.code).toBe('CONSENT_REQUIRED')
    const { consent, guardian } = await give({ receiver: 'sandbox-shanghai' })
    const grant = () =>
      caller('POST', `/api/v1/me/photos/${own}/grants`, {
        purpose: 'documentMaking',
        matter,
        receiver: 'sandbox-shanghai',
        consent: consent.id,
      })
    expect((await grant()).body.code).toBe('CONSENT_WITHDRAWN')
    const { own: parent } = await holder({ name: '测试丙', number: residentNumber(51) }, gateway)
    await parent('POST', '/api/v1/me/consents/guardian', {
      code: guardian.code,
      digest: consent.wording.digest,
    })
    expect((await grant()).status).toBe(201)
  })

  test('a guardian’s code works for a day, and for no words but those that the child was shown', async () => {
    const { caller, photo: own } = await child(bornYearsAgo(10))
    const body = asked({ items: [own] })
    const { wording } = await words(caller, body)
    const { guardian, consent } = (
      await caller('POST', '/api/v1/me/consents', { ...body, digest: wording.digest })
    ).body
    const left = Date.parse(guardian.expiresAt) - Date.now()
    expect(left).toBeGreaterThan(23.9 * 3_600_000)
    expect(left).toBeLessThanOrEqual(24 * 3_600_000)
    const { own: parent } = await holder({ name: '测试丙', number: residentNumber(51) }, gateway)
    const agree = (digest: string) =>
      parent('POST', '/api/v1/me/consents/guardian', { code: guardian.code, digest })
    expect((await agree('a'.repeat(64))).body.code).toBe('CONSENT_WORDING_CHANGED')
    await inDatabase(
      gateway,
      (sql) => sql`update consents set guardian_until = now() where id = ${consent.id as string}`,
    )
    expect((await agree(wording.digest)).body.code).toBe('CONSENT_NOT_FOUND')
    expect((await parent('POST', '/api/v1/me/consents/guardian', { code: guardian.code })).body.code).toBe(
      'CONSENT_NOT_FOUND',
    )
  })

  test('a code for a receiver is not made without a guardian', async () => {
    const { caller, photo: own } = await child(bornYearsAgo(13))
    const refused = await caller('POST', `/api/v1/me/photos/${own}/grants`, {
      purpose: 'crossProvince',
      matter,
      receiver: 'sandbox-shanghai',
    })
    expect(refused.body.code).toBe('GUARDIAN_REQUIRED')
  })

  test('whoever is fourteen today agrees in person, and whoever is so tomorrow does not', async () => {
    const [today, tomorrow] = [await child(bornYearsAgo(14)), await child(bornYearsAgo(14, 1))]
    expect((await words(today.caller, asked({ items: [today.photo] }))).needsGuardian).toBe(false)
    expect((await words(tomorrow.caller, asked({ items: [tomorrow.photo] }))).needsGuardian).toBe(true)
  })
})

test('pages of the list lose none that were given in one millisecond', async () => {
  const { own: other, person } = await holder(HEFEI, gateway)
  const { body } = await other('GET', '/api/v1/me/photos?cities=340100')
  const request = asked({ items: [body.items[0].id], receiver: 'region:320500' })
  const { digest } = (await words(other, request)).wording
  const given = await Promise.all(
    Array.from({ length: 7 }, () => other('POST', '/api/v1/me/consents', { ...request, digest })),
  )
  expect(given.map(({ status }) => status)).toEqual(given.map(() => 201))
  await inDatabase(
    gateway,
    (sql) =>
      sql`update consents set created_at = date_trunc('second', now()) where person_id = ${person.principal.personId}`,
  )
  const listed: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const told = await other('GET', `/api/v1/me/consents?limit=2${cursor && `&cursor=${cursor}`}`)
    listed.push(...told.body.items.map(({ id }: { id: string }) => id))
    cursor = told.body.nextCursor
  }
  expect(listed.toSorted()).toEqual(given.map(({ body: { consent } }) => consent.id).toSorted())
})

test('in English the words, and the page of consents, have no Chinese', async () => {
  const { wording } = await words(own, asked())
  expect(wording.en).toContain('identity card photo')
  expect(wording.en).not.toMatch(/\p{Script=Han}/u)
  await own('POST', '/api/v1/me/consents', asked({ digest: wording.digest }))
  const { person } = await holder(SUZHOU, gateway)
  const { text } = await (await browserOf(person, gateway, 'en')).get('/me/consents')
  const main = text.slice(text.indexOf('<main'), text.indexOf('</main>'))
  expect(main).toContain('the departments of Suzhou that handle it')
  // Clients of other tests have one name, in Chinese.
  expect(main.replaceAll(/<span lang="zh-CN">[^<]*<\/span>/g, '')).not.toMatch(/\p{Script=Han}/u)
})
