/** 谁看了我的材料 over HTTP: each look, refusal and handing over is there within a second, with its eight members, for its holder alone. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCode, resident, scan, strangeDigits } from '../counter/support.ts'
import { storyOf } from '../flow/stories.ts'
import { asPerson, browserOf } from '../support/as-person.ts'
import { commandBeside } from '../support/command.ts'
import {
  type Caller,
  file,
  startTestGateway,
  type TestGateway,
  type Told,
  upload,
} from '../support/gateway.ts'
import { holder, inDatabase, matterId, SUZHOU } from '../support/holdings.ts'
import { residentNumber } from '../support/person-token.ts'

let gateway: TestGateway
let own: Caller
let person: Awaited<ReturnType<typeof holder>>['person']
let shanghai: Caller
let anhui: Caller
let caseId: string
let matter: string
let applicant: { name: string; number: string }

const accesses = async (caller: Caller, query = ''): Promise<Told['body'][]> =>
  (await caller('GET', `/api/v1/me/accesses${query}`)).body.items
/** The newest record of others, which must be there within a second of `from`. */
const newest = async (caller: Caller, from: number): Promise<Told['body']> => {
  const [first] = await accesses(caller, '?own=hide&limit=1')
  expect(performance.now() - from).toBeLessThan(1_000)
  expect(Date.now() - Date.parse(first.at)).toBeLessThan(2_000)
  return first
}

beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('320500')
  ;({ own, person } = await holder(SUZHOU, gateway))
  shanghai = await gateway.as('sandbox-shanghai', 'cases photos persons')
  anhui = await gateway.as('sandbox-anhui', 'cases photos persons')
  matter = await matterId(gateway, 'jiangsu', '社会保障卡补领换领换发')
  const application = storyOf('jiangsu').application(await upload(shanghai, 'paper.pdf'))
  const { name, idDocument } = application['applicant'] as { name: string; idDocument: { number: string } }
  applicant = { name, number: idDocument.number }
  const filed = await file(shanghai, application)
  expect([201, 202]).toContain(filed.status)
  caseId = filed.body.id
}, 60_000)
afterAll(() => gateway.close())

const codeFor = async (receiver: string): Promise<string> => {
  const photo = (await own('GET', '/api/v1/me/photos?cities=320500')).body.items[0].id
  const { body } = await own('POST', `/api/v1/me/photos/${photo}/grants`, {
    purpose: 'crossProvince',
    matter,
    receiver,
  })
  return body.code
}

describe('within a second there stands', () => {
  test('a photo that was handed over', async () => {
    const code = await codeFor('sandbox-shanghai')
    expect((await shanghai('GET', `/api/v1/photos/${code}`)).status).toBe(200)
    expect(await newest(own, performance.now())).toEqual({
      id: expect.stringMatching(/^acc_/),
      at: expect.any(String),
      act: 'photos.redeem',
      body: { id: 'sandbox-shanghai', name: '上海接入系统 (沙箱)' },
      role: 'client',
      channel: 'api',
      matter: { id: matter, name: '社会保障卡补领换领换发' },
      caseIds: [],
      purpose: 'crossProvince',
      basis: 'consent',
      fields: ['photo', 'photoDetails'],
      outcome: 'granted',
      requestId: expect.any(String),
      number: expect.stringMatching(/^9\d{14}$/),
      question: null,
    })
  })

  test('a photo that was refused to another', async () => {
    const code = await codeFor('sandbox-shanghai')
    await anhui('GET', `/api/v1/photos/${code}`)
    expect(await newest(own, performance.now())).toMatchObject({
      act: 'photos.redeem',
      body: { id: 'sandbox-anhui' },
      outcome: 'GRANT_UNKNOWN',
      fields: [],
      matter: { id: matter },
    })
  })

  test('a case that was read by the client that filed it, and one that another tried to read', async () => {
    const { own: theirs } = await holder(applicant, gateway)
    await shanghai('GET', `/api/v1/cases/${caseId}`)
    expect(await newest(theirs, performance.now())).toMatchObject({
      act: 'cases.read',
      body: { id: 'sandbox-shanghai' },
      role: 'client',
      caseIds: [caseId],
      purpose: 'case',
      basis: 'duty',
      fields: ['caseStatus'],
      outcome: 'granted',
    })
    expect((await anhui('GET', `/api/v1/cases/${caseId}`)).status).toBe(404)
    expect(await newest(theirs, performance.now())).toMatchObject({
      body: { id: 'sandbox-anhui' },
      caseIds: [caseId],
      fields: [],
      outcome: 'CASE_NOT_FOUND',
    })
    // What was filed stands on the other clock, and in the same list.
    expect((await accesses(theirs)).map(({ act }) => act)).toContain('cases.file')
  })

  test('a scan at a counter, and one that was refused', async () => {
    const guest = await resident(gateway)
    const hotel = await gateway.as('sandbox-hotel', 'persons:verify')
    const { code } = await makeCode(guest)
    expect((await scan(hotel, code)).status).toBe(200)
    expect(await newest(guest.api, performance.now())).toMatchObject({
      act: 'codes.scan',
      body: { id: 'sandbox-hotel' },
      role: 'clerk',
      channel: 'counter',
      purpose: 'hotel',
      basis: 'holder',
      fields: ['name', 'idDocument', 'validity', 'photoMatch'],
      outcome: 'granted',
    })
    await scan(hotel, code)
    expect(await newest(guest.api, performance.now())).toMatchObject({
      outcome: 'IDENTITY_CODE_USED',
      fields: [],
    })
    const [counted] = await inDatabase(gateway, (sql) => sql`select count(*)::int as n from accesses`)
    await scan(hotel, strangeDigits(123_456_789))
    const chain = gateway.gateway.deps.sealing.hash('nobody', 'sandbox-hotel')
    await inDatabase(gateway, async (sql) => {
      expect(await sql`select count(*)::int as n from accesses`).toMatchObject([
        { n: Number(counted?.['n']) + 1 },
      ])
      const [last] = await sql`select record from accesses where holder_key = ${chain} order by at desc`
      expect(last?.['record']).toMatchObject({
        act: 'codes.scan',
        outcome: 'IDENTITY_CODE_UNKNOWN',
        fields: [],
      })
    })
  })

  test('an operator’s look at names that differ, before the names are printed', async () => {
    const known = await resident(gateway)
    const { deps } = gateway.gateway
    await inDatabase(
      gateway,
      (sql) => sql`insert into name_conflicts (id, person_id, region, subject_key, name_key, sealed, seen_at)
        values ('nc_test', ${known.personId}, 'anhui', 's', 'n', ${deps.sealing.seal({ name: '另一个名字' })}, now())`,
    )
    const told = await commandBeside(gateway, 'identity', 'conflicts')
    expect([told.code, told.out]).toEqual([0, expect.stringContaining('另一个名字')])
    expect((await accesses(known.api))[0]).toMatchObject({
      act: 'conflicts.list',
      body: { id: 'operator', name: expect.stringMatching(/./) },
      role: 'operator',
      channel: 'command',
      basis: 'operation',
      fields: ['name'],
    })
  })
})

describe('the list', () => {
  test('is cut into pages that together are the whole, newest first', async () => {
    const whole = await accesses(own, '?limit=100')
    const paged: Told['body'][] = []
    let link: string | null = '/api/v1/me/accesses?limit=2'
    while (link) {
      const { body, headers }: Told = await own('GET', link)
      expect(body.items.length).toBeLessThanOrEqual(2)
      paged.push(...body.items)
      link = /<([^>]+)>/.exec(headers.get('link') ?? '')?.[1] ?? null
    }
    expect(paged.map(({ id }) => id)).toEqual(whole.map(({ id }) => id))
    expect(whole.length).toBeGreaterThan(4)
    expect(whole.map(({ at }) => at)).toEqual(
      whole
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    )
  })

  test('is filtered by outcome, body and whose look it was', async () => {
    const all = await accesses(own, '?limit=100')
    const ids = async (query: string) => (await accesses(own, `?limit=100&${query}`)).map(({ id }) => id)
    const where = (keep: (one: Told['body']) => boolean) => {
      const kept = all.filter(keep).map(({ id }) => id)
      expect(kept.length).toBeGreaterThan(0)
      expect(kept.length).toBeLessThan(all.length)
      return kept
    }
    expect(await ids('outcome=refused')).toEqual(where(({ outcome }) => outcome !== 'granted'))
    expect(await ids('outcome=GRANT_UNKNOWN')).toEqual(where(({ outcome }) => outcome === 'GRANT_UNKNOWN'))
    expect(await ids('body=sandbox-shanghai')).toEqual(where(({ body }) => body.id === 'sandbox-shanghai'))
    expect(await ids('own=hide')).toEqual(where(({ role }) => role !== 'holder'))
  })

  test('is filtered by any name that a client may have', async () => {
    const named = await own(
      'GET',
      `/api/v1/me/accesses?body=${encodeURIComponent('https://hotel.example/前台 1')}`,
    )
    expect([named.status, named.body.items]).toEqual([200, []])
    const browser = await browserOf(person, gateway)
    const page = await browser.get(`/me/accesses?body=${encodeURIComponent('https://hotel.example/前台 1')}`)
    expect([page.status, page.text.includes('这里还没有记录')]).toEqual([200, true])
  })

  test.each([
    'outcome=maybe',
    'own=perhaps',
    'cursor=e30',
    'body=%00',
    'limit=0',
    `cursor=${Buffer.from('["","x"]').toString('base64url')}`,
  ])('refuses %s', async (query) => {
    expect((await own('GET', `/api/v1/me/accesses?${query}`)).body.code).toBe('PARAMETER_INVALID')
  })

  test('is another’s to nobody', async () => {
    const { own: other } = await holder({ name: '旁人', number: residentNumber(701) }, gateway)
    const ids = new Set((await accesses(own, '?limit=100')).map(({ id }) => id))
    expect((await accesses(other, '?limit=100')).filter(({ id }) => ids.has(id))).toEqual([])
  })

  test('is a firm’s for whoever is logged in for it', async () => {
    const firm = { name: '测试公司', number: '91330100MA9TEXT19M' }
    const { own: clerk } = await holder({ name: '经办人', number: residentNumber(702), firm }, gateway)
    const { own: alone } = await holder({ name: '经办人', number: residentNumber(702) }, gateway)
    await alone('GET', '/api/v1/me/photos?cities=310000')
    expect((await accesses(alone)).map(({ act }) => act)).toEqual(['photos.find'])
    expect(await accesses(clerk)).toEqual([])
    const looking = await holder({ name: '经办人', number: residentNumber(702), firm }, gateway)
    await looking.own('GET', '/api/v1/me/licences?cities=310000')
    expect((await accesses(clerk)).map(({ act }) => act)).toEqual(['licences.find'])
    expect((await accesses(alone)).map(({ act }) => act)).toEqual(['photos.find'])
  })

  test.each([
    [
      'a token that is narrowed to a region',
      { audience: { region: 'jiangsu' as const } },
      'AUDIENCE_MISMATCH',
    ],
    ['a token for photos alone', { scope: 'photos' }, 'SCOPE_MISSING'],
  ])('is closed to %s', async (_what, options, code) => {
    const narrowed = await asPerson(person, gateway, { scope: 'persons', ...options })
    expect((await narrowed('GET', '/api/v1/me/accesses')).body.code).toBe(code)
    expect((await narrowed('PUT', '/api/v1/me/accesses/notice', { word: 'never' })).body.code).toBe(code)
  })

  test('is closed to a client for itself', async () => {
    expect((await shanghai('GET', '/api/v1/me/accesses')).body.code).toBe('PERSON_REQUIRED')
  })
})

test('the operator checks all of it while the gateway runs, and a deleted record makes the command end with 1', async () => {
  const well = await commandBeside(gateway, 'audit', 'verify')
  expect([well.code, well.out]).toEqual([
    0,
    expect.stringMatching(/^\d+ chains, \d+ records, 0 findings, [\d.]+ s\n$/),
  ])
  const [gone] = await inDatabase(
    gateway,
    (sql) =>
      sql`delete from accesses where id = (select id from accesses order by id desc limit 1) returning holder_key, clock, sequence`,
  )
  const found = await commandBeside(gateway, 'audit', 'verify')
  expect(found.code).toBe(1)
  expect(found.out).toContain(
    `${gone?.['holder_key'].slice(0, 12)}  ${gone?.['clock']}  ${gone?.['sequence']}  a record is missing`,
  )
  expect(found.out).not.toContain(gone?.['holder_key'])
})
