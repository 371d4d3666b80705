/** A mandate over the API: offered, looked at, accepted, listed, used, revoked, laid down. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asPerson, type Somebody, somebody } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { given, inDays, newcomer, offering, terms } from '../support/mandates.ts'
import { residentNumber } from '../support/person-token.ts'

const PATH = '/api/v1/me/mandates'
let gateway: TestGateway
let giver: Somebody
let receiver: Somebody
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('330100')
  giver = await newcomer(gateway)
  receiver = await newcomer(gateway)
})
afterAll(() => gateway.close())

const offerAs = async (person: Somebody, over?: object) =>
  (await asPerson(person, gateway))('POST', PATH, terms(over))

test('is offered with a code that is told once, and accepted by whoever has it', async () => {
  const { status, body } = await offerAs(giver)
  expect(status).toBe(201)
  expect(body.code).toMatch(/^[\w-]{43}$/)
  expect(body.link).toBe(`${gateway.url}/me/mandates/accept?code=${body.code}`)
  expect(body.mandate).toMatchObject({ role: 'giver', state: 'offered', receiver: null })
  const week = Date.parse(body.expiresAt) - Date.now()
  expect(Math.abs(week - 7 * 86_400_000)).toBeLessThan(60_000)

  const call = await asPerson(receiver, gateway)
  const look = await call('POST', `${PATH}/accept?dryRun=true`, { code: body.code })
  expect(look.body).toMatchObject({
    dryRun: true,
    mandate: { giver: { name: giver.name }, state: 'offered' },
  })
  const taken = await call('POST', `${PATH}/accept`, { code: body.code })
  expect([taken.status, taken.body.state, taken.body.role]).toEqual([200, 'active', 'receiver'])

  const mine = await (await asPerson(giver, gateway))('GET', `${PATH}?role=giver`)
  expect(mine.body.items[0]).toMatchObject({ id: taken.body.id, receiver: { name: receiver.name } })
  const row = await gateway.gateway.deps.store.mandates.read(taken.body.id)
  expect(JSON.stringify(row)).not.toContain(body.code)
})

test('keeps the numbers of both to itself', async () => {
  await given(giver, receiver, gateway)
  const { bytes } = await (await asPerson(receiver, gateway))('GET', PATH)
  for (const { idDocument } of [giver, receiver]) expect(bytes.toString()).not.toContain(idDocument.number)
})

describe('an offer', () => {
  test.each<[string, object, string]>([
    ['of no matter', { matters: [] }, '/matters'],
    ['of a matter that nobody has', { matters: ['000000000000'] }, '/matters/0'],
    ['of all matters and one more', { matters: ['*', 'x'] }, '/matters'],
    ['for a region that is none', { regions: ['beijing'] }, '/regions/0'],
    ['for longer than a year', { until: inDays(367) }, '/until'],
    ['that ends before it begins', { from: inDays(9), until: inDays(8) }, '/until'],
    ['that is over', { until: inDays(-1) }, '/until'],
    ['that began last week', { from: inDays(-7) }, '/from'],
    ['until a day that is none', { until: '2027-02-30T00:00:00+08:00' }, '/until'],
    [
      'to a firm',
      { receiver: { idDocument: { type: '001', number: '91330100MA9TEXT19M' } } },
      '/receiver/idDocument/type',
    ],
    [
      'to a number that cannot be one',
      { receiver: { idDocument: { type: '111', number: '110101190001010000' } } },
      '/receiver/idDocument/number',
    ],
  ])('%s is refused where it is wrong', async (_name, over, pointer) => {
    const { status, body } = await offerAs(giver, over)
    expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'BODY_INVALID', pointer])
  })

  test('for a year to the day is taken', async () => {
    const from = `${inDays(1).slice(0, 10)}T00:00:00+08:00`
    const until = `${Number(from.slice(0, 4)) + 1}${from.slice(4)}`
    expect((await offerAs(giver, { from, until })).status).toBe(201)
  })

  test('for one matter by its base code or its id is taken', async () => {
    const [matter] = await gateway.gateway.deps.store.matters.search({ q: '', limit: 1, document: {} })
    expect(matter?.baseCode).toBeTruthy()
    for (const one of [matter?.id, matter?.baseCode])
      expect((await offerAs(giver, { matters: [one] })).status).toBe(201)
  })

  test('is left nowhere by a dry run, which tells no code', async () => {
    const person = await newcomer(gateway)
    const call = await asPerson(person, gateway)
    const { status, body } = await call('POST', `${PATH}?dryRun=true`, terms())
    expect([status, body.dryRun, body.code]).toEqual([200, true, undefined])
    expect((await call('GET', PATH)).body.items).toEqual([])
  })

  test('sent twice under one key is one offer', async () => {
    const person = await newcomer(gateway)
    const call = await asPerson(person, gateway)
    const key = { 'idempotency-key': crypto.randomUUID() }
    const body = terms()
    const [one, two] = [await call('POST', PATH, body, key), await call('POST', PATH, body, key)]
    expect(two.body).toEqual(one.body)
    expect((await call('GET', PATH)).body.items).toHaveLength(1)
  })

  test('above the hundredth that is not over is refused', { timeout: 60_000 }, async () => {
    const person = await newcomer(gateway)
    for (let i = 0; i < 100; i += 1) await offering(person, gateway)
    expect((await offerAs(person)).body.code).toBe('MANDATES_TOO_MANY')
  })

  test('needs the level that its regions need', async () => {
    const low = await newcomer(gateway, { loa: 2 })
    const { status, body, headers } = await offerAs(low)
    expect([status, body.code]).toEqual([401, 'ASSURANCE_TOO_LOW'])
    expect(headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_user_authentication", acr_values="urn:delta-gateway:loa:3"',
    )
    expect((await offerAs(low, { regions: ['zhejiang'] })).status).toBe(201)
  })
})

describe('a list', () => {
  test('comes in pages, and each page once', async () => {
    const person = await newcomer(gateway)
    for (let i = 0; i < 5; i += 1) await offering(person, gateway)
    const call = await asPerson(person, gateway)
    const seen: string[] = []
    let next: string | null = ''
    for (let pages = 0; next !== null; pages += 1) {
      expect(pages).toBeLessThan(4)
      const { body } = await call('GET', `${PATH}?limit=2${next ? `&cursor=${next}` : ''}`)
      seen.push(...body.items.map(({ id }: { id: string }) => id))
      next = body.nextCursor
    }
    expect(new Set(seen).size).toBe(5)
    expect(seen).toHaveLength(5)
  })

  test('shows a firm’s to whoever is logged in for it, and the person’s own apart', async () => {
    const firm = { name: '测试公司', number: '91330100MA9TEXT19M' }
    const number = residentNumber(901)
    const forFirm = await somebody({ name: '测试法人', number, firm }, gateway)
    const forSelf = await somebody({ name: '测试法人', number }, gateway)
    const { body } = await offerAs(forFirm)
    expect(body.mandate.giver.name).toBe('测试公司')
    const ofFirm = await (await asPerson(forFirm, gateway))('GET', `${PATH}?role=giver`)
    expect(ofFirm.body.items).toHaveLength(1)
    expect((await (await asPerson(forSelf, gateway))('GET', PATH)).body.items).toEqual([])
  })
})

describe('the end', () => {
  test.each(['POST', 'DELETE'])(
    'comes by the giver’s %s, and a second one changes nothing',
    async (method) => {
      const id = await given(giver, receiver, gateway)
      const call = await asPerson(giver, gateway)
      const at = method === 'POST' ? `${PATH}/${id}/revoke` : `${PATH}/${id}`
      expect((await call(method, `${at}?dryRun=true`)).body.mandate.state).toBe('active')
      const first = await call(method, at)
      expect([first.status, first.body.state]).toEqual([200, 'revoked'])
      expect((await call(method, at)).body).toEqual(first.body)
      expect(gateway.gateway.deps.endings.has('mandate', id)).toBe(true)
    },
  )

  test('comes when the receiver lays it down', async () => {
    const id = await given(giver, receiver, gateway)
    const told = await (await asPerson(receiver, gateway))('POST', `${PATH}/${id}/decline`)
    expect([told.status, told.body.state]).toEqual([200, 'declined'])
  })

  test('of an offer comes when it is declined with its code, or taken back', async () => {
    const call = await asPerson(receiver, gateway)
    const declined = await offering(giver, gateway)
    const at = `${PATH}/${declined.mandate.id}/decline`
    expect((await call('POST', at, { code: declined.code })).body.state).toBe('declined')
    const revoked = await offering(giver, gateway)
    await (await asPerson(giver, gateway))('POST', `${PATH}/${revoked.mandate.id}/revoke`)
    for (const { code } of [declined, revoked])
      expect((await call('POST', `${PATH}/accept`, { code })).body).toMatchObject({
        code: 'MANDATE_CODE_INVALID',
        facts: { reason: 'ended' },
      })
  })
})

test('needs a person and the scope', async () => {
  const machine = await gateway.as('sandbox-shanghai', 'persons')
  expect((await machine('GET', PATH)).body.code).toBe('PERSON_REQUIRED')
  const narrow = await asPerson(giver, gateway, { scope: 'cases' })
  for (const [method, at] of [
    ['GET', PATH],
    ['POST', PATH],
    ['POST', `${PATH}/accept`],
  ] as const)
    expect((await narrow(method, at, method === 'GET' ? undefined : {})).body.code).toBe('SCOPE_MISSING')
})
