/** Attacks on mandates, by name. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { acceptMandate } from '../../src/federation/mandates/answer.ts'
import { coveringMandate } from '../../src/federation/mandates/covering.ts'
import { pool } from '../../src/store/connection.ts'
import { storyOf } from '../flow/stories.ts'
import { asPerson, type Somebody, somebody } from '../support/as-person.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import {
  acting,
  applicantOf,
  given,
  inDays,
  newcomer,
  offering,
  onBehalf,
  terms,
} from '../support/mandates.ts'
import { residentNumber } from '../support/person-token.ts'

const PATH = '/api/v1/me/mandates'
const story = storyOf('zhejiang')
let gateway: TestGateway
let giver: Somebody
let agent: Somebody
let stranger: Somebody
let call: Caller
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('330100', '340100')
  giver = await applicantOf(gateway)
  agent = await newcomer(gateway)
  stranger = await newcomer(gateway)
  call = await asPerson(agent, gateway)
})
afterAll(() => gateway.close())

/** What a person is told who brings a code. */
async function bring(code: string, person: Somebody): Promise<[string, string | undefined]> {
  const { body } = await (await asPerson(person, gateway))('POST', `${PATH}/accept`, { code })
  return [body.code ?? body.state, body.facts?.reason]
}

/** Changes what time would. */
async function set(id: string, column: string, value: Date): Promise<void> {
  const sql = pool(gateway.databaseUrl, 1)
  await sql`update mandates set ${sql(column)} = ${value.toISOString()} where id = ${id}`
  await sql.end()
}

describe('a code', () => {
  test('that was made for somebody else accepts nothing, and still works for whom it was made', async () => {
    const { code } = await offering(giver, gateway, { receiver: { idDocument: agent.idDocument } })
    expect(await bring(code, stranger)).toEqual(['MANDATE_CODE_INVALID', 'other'])
    expect(await bring(code, agent)).toEqual(['active', undefined])
  })

  test('that was used accepts nothing, for its receiver either', async () => {
    const { code } = await offering(giver, gateway)
    expect(await bring(code, agent)).toEqual(['active', undefined])
    for (const person of [stranger, agent])
      expect(await bring(code, person)).toEqual(['MANDATE_CODE_INVALID', 'used'])
  })

  test('that twenty bring at once accepts for one', async () => {
    const { code } = await offering(giver, gateway)
    const people = await Promise.all(Array.from({ length: 20 }, () => newcomer(gateway)))
    const told = await Promise.allSettled(
      people.map((person) => acceptMandate(code, acting(person), gateway.gateway.deps)),
    )
    expect(told.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('that is older than seven days accepts nothing', async () => {
    const { code, mandate } = await offering(giver, gateway)
    await set(mandate.id, 'offer_until', new Date(Date.now() - 1))
    expect(await bring(code, await newcomer(gateway))).toEqual(['MANDATE_CODE_INVALID', 'ended'])
  })

  test('of one’s own accepts nothing, a firm’s by whoever signed it neither', async () => {
    const number = residentNumber(902)
    const firm = { name: '测试公司', number: '91330100MA9TEXT19M' }
    const forFirm = await somebody({ name: '测试法人', number, firm }, gateway)
    const forSelf = await somebody({ name: '测试法人', number }, gateway)
    const [own, firms] = [await offering(giver, gateway), await offering(forFirm, gateway)]
    expect(await bring(own.code, giver)).toEqual(['MANDATE_OWN', undefined])
    for (const person of [forFirm, forSelf])
      expect(await bring(firms.code, person)).toEqual(['MANDATE_OWN', undefined])
  })

  test('that is no code is refused before it is looked for', async () => {
    for (const code of ['', 'x'.repeat(101), 7, null, { $ne: '' }])
      expect((await call('POST', `${PATH}/accept`, { code })).body.code).toBe('BODY_INVALID')
  })

  test('of ten thousand that are wrong opens nothing: after ten not even a right one is looked at', {
    timeout: 180_000,
  }, async () => {
    const guesser = await newcomer(gateway)
    const tell = (code: string) =>
      acceptMandate(code, acting(guesser), gateway.gateway.deps).then(
        ({ state }) => state,
        (error: { code: string }) => error.code,
      )
    const counted = new Map<string, number>()
    for (let round = 0; round < 100; round += 1) {
      const told = await Promise.all(Array.from({ length: 100 }, (_, i) => tell(`wrong-${round}-${i}`)))
      for (const one of told) counted.set(one, (counted.get(one) ?? 0) + 1)
    }
    expect(Object.fromEntries(counted)).toEqual({
      MANDATE_CODE_INVALID: LIMITS.wrongCodesPerHour,
      RATE_LIMITED: 10_000 - LIMITS.wrongCodesPerHour,
    })
    const { code } = await offering(giver, gateway)
    const told = await (await asPerson(guesser, gateway))('POST', `${PATH}/accept?dryRun=true`, { code })
    expect([told.status, told.body.code]).toEqual([429, 'RATE_LIMITED'])
    expect(Number(told.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await bring(code, agent)).toEqual(['active', undefined])
  })
})

describe('a filing', () => {
  /** What the agent is told who files on a mandate. */
  async function told(mandate: string, over: object = {}, caller = call, by = agent) {
    const { body } = await file(caller, { ...(await onBehalf(caller, by, mandate)), ...over })
    return [body.code ?? body.status, body.errors?.[0]?.pointer]
  }

  test('in another region than the mandate’s is refused', async () => {
    const id = await given(giver, agent, gateway, { regions: ['shanghai', 'anhui'] })
    expect(await told(id)).toEqual(['MANDATE_NOT_COVERING', '/division'])
  })

  test('of another matter than the mandate’s is refused, of its own is not', async () => {
    const { store } = gateway.gateway.deps
    const matter = await store.matters.current(String(story.application('')['matter']))
    const other = (await store.matters.search({ q: '', limit: 50, document: {} })).find(
      ({ id, baseCode }) => id !== matter?.id && baseCode !== matter?.baseCode,
    )
    const wrong = await given(giver, agent, gateway, { matters: [other?.id] })
    expect(await told(wrong)).toEqual(['MANDATE_NOT_COVERING', '/matter'])
    for (const one of [matter?.id, matter?.baseCode]) {
      const right = await given(giver, agent, gateway, { matters: [one] })
      expect(await told(right)).toEqual(['SUBMITTED', undefined])
    }
  })

  test('on a firm’s mandate for the person who signed it is refused, and the reverse', async () => {
    const { deps } = gateway.gateway
    const firm = { name: '测试公司', number: '91330100MA9TEXT19M' }
    const signer = await applicantOf(gateway, { firm })
    const firms = await given(signer, agent, gateway)
    expect(await told(firms)).toEqual(['MANDATE_NOT_COVERING', '/applicant/idDocument/number'])
    const errand = () => ({
      giver: { type: '001', number: firm.number },
      receiver: agent.principal,
      matter: { id: 'x' },
      region: 'zhejiang' as const,
      at: new Date(),
    })
    expect((await coveringMandate(errand(), firms, deps)).id).toBe(firms)
    const own = await given(giver, agent, gateway)
    await expect(coveringMandate(errand(), own, deps)).rejects.toMatchObject({ code: 'MANDATE_NOT_COVERING' })
  })

  test('for oneself with a firm’s log-in is refused', async () => {
    const firm = { name: '测试公司', number: '91330100MA9TEXT19M' }
    const caller = await asPerson(await applicantOf(gateway, { firm }), gateway)
    const { body } = await file(caller, story.application(await upload(caller, 'a.pdf')))
    expect(body.code).toBe('APPLICANT_NOT_SELF')
  })

  test('on another person’s mandate is told what a mandate that is none is told', async () => {
    const id = await given(giver, agent, gateway)
    const caller = await asPerson(stranger, gateway)
    const [theirs, nobodys] = [
      await told(id, {}, caller, stranger),
      await told('mdt_0000000000000000000000000', {}, caller, stranger),
    ]
    expect(theirs).toEqual(['MANDATE_NOT_FOUND', '/agent/mandate'])
    expect(nobodys).toEqual(theirs)
  })

  test('on an offer that nobody has accepted is refused', async () => {
    const { mandate } = await offering(giver, gateway)
    expect(await told(mandate.id)).toEqual(['MANDATE_NOT_FOUND', '/agent/mandate'])
  })

  test.each<[string, string, () => Date]>([
    ['has not begun', 'valid_from', () => new Date(Date.now() + 60_000)],
    ['is over', 'valid_until', () => new Date(Date.now() - 1)],
    ['was revoked', 'revoked_at', () => new Date()],
    ['was laid down', 'declined_at', () => new Date()],
  ])('on a mandate that %s is refused', async (_name, column, value) => {
    const id = await given(giver, agent, gateway)
    await set(id, column, value())
    const application = await onBehalf(call, agent, id)
    // A dry run stores nothing, so that no transaction can refuse it.
    for (const query of ['', '?dryRun=true']) {
      const key = { 'idempotency-key': crypto.randomUUID() }
      const { body } = await call('POST', `/api/v1/cases${query}`, application, key)
      expect([body.code, body.errors[0].pointer]).toEqual(['MANDATE_OVER', '/agent/mandate'])
    }
  })

  test('with a number that only looks like the giver’s is refused', async () => {
    const id = await given(giver, agent, gateway)
    const applicant = {
      ...(story.application('')['applicant'] as object),
      idDocument: { type: '999', number: giver.idDocument.number },
    }
    expect(await told(id, { applicant })).toEqual(['MANDATE_NOT_COVERING', '/applicant/idDocument/number'])
  })

  test('under the key of another person’s, through the same client, is not answered with theirs', async () => {
    const own = await asPerson(giver, gateway)
    const key = { 'idempotency-key': crypto.randomUUID() }
    const application = story.application(await upload(own, 'a.pdf'))
    expect((await file(own, application, key)).status).toBe(201)
    expect((await file(await asPerson(stranger, gateway), application, key)).body).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    })
  })
})

describe('another’s mandate', () => {
  test.each<[string, string, string, unknown]>([
    ['read its uses', 'GET', '/uses', undefined],
    ['revoke it', 'POST', '/revoke', undefined],
    ['delete it', 'DELETE', '', undefined],
    ['lay it down', 'POST', '/decline', undefined],
  ])('is not there for a stranger who would %s', async (_name, method, rest, body) => {
    const id = await given(giver, agent, gateway)
    const caller = await asPerson(stranger, gateway)
    const theirs = await caller(method, `${PATH}/${id}${rest}`, body)
    const nobodys = await caller(method, `${PATH}/mdt_0000000000000000000000000${rest}`, body)
    expect([theirs.status, theirs.body.code]).toEqual([404, 'NOT_FOUND'])
    expect({ ...theirs.body, instance: '' }).toEqual({ ...nobodys.body, instance: '' })
    const row = await gateway.gateway.deps.store.mandates.read(id)
    expect([row?.revokedAt, row?.declinedAt]).toEqual([null, null])
  })

  test('cannot be revoked by its receiver, nor laid down by its giver, nor its uses seen by its receiver', async () => {
    const id = await given(giver, agent, gateway)
    const own = await asPerson(giver, gateway)
    expect((await call('POST', `${PATH}/${id}/revoke`)).status).toBe(404)
    expect((await call('GET', `${PATH}/${id}/uses`)).status).toBe(404)
    expect((await own('POST', `${PATH}/${id}/decline`)).status).toBe(404)
  })

  test('stands in nobody’s list but its two sides’, with a cursor of theirs neither', async () => {
    const person = await newcomer(gateway)
    await offering(giver, gateway)
    const theirs = await (await asPerson(giver, gateway))('GET', `${PATH}?limit=1`)
    expect(theirs.body.nextCursor).toBeTruthy()
    const caller = await asPerson(person, gateway)
    for (const query of ['', '?role=giver', '?role=receiver', `?cursor=${theirs.body.nextCursor}`])
      expect((await caller('GET', `${PATH}${query}`)).body.items).toEqual([])
  })

  test('does not open its cases to another agent of the same giver', async () => {
    const { body } = await file(call, await onBehalf(call, agent, await given(giver, agent, gateway)))
    const other = await newcomer(gateway)
    await given(giver, other, gateway)
    const caller = await asPerson(other, gateway)
    expect((await caller('GET', `/api/v1/cases/${body.id}`)).body.code).toBe('CASE_NOT_FOUND')
  })

  test('is not declined with the code of a different offer', async () => {
    const [one, other] = [await offering(giver, gateway), await offering(giver, gateway)]
    const told = await call('POST', `${PATH}/${one.mandate.id}/decline`, { code: other.code })
    expect(told.status).toBe(404)
    expect(await bring(other.code, agent)).toEqual(['active', undefined])
  })
})

describe('a token for one region', () => {
  const audience = { region: 'zhejiang' } as const

  test('offers and accepts for no other one', async () => {
    const narrow = await asPerson(giver, gateway, { audience })
    expect((await narrow('POST', PATH, terms())).body.code).toBe('AUDIENCE_MISMATCH')
    expect((await narrow('POST', PATH, terms({ regions: ['zhejiang'] }))).status).toBe(201)
    const { code } = await offering(giver, gateway)
    const theirs = await asPerson(agent, gateway, { audience })
    expect((await theirs('POST', `${PATH}/accept`, { code })).body.code).toBe('AUDIENCE_MISMATCH')
  })

  test('lists those that count there', async () => {
    const person = await newcomer(gateway)
    const { mandate } = await offering(person, gateway, { regions: ['zhejiang', 'anhui'] })
    await offering(person, gateway, { regions: ['shanghai'], until: inDays(2) })
    const narrow = await asPerson(person, gateway, { audience })
    expect((await narrow('GET', PATH)).body.items.map(({ id }: { id: string }) => id)).toEqual([mandate.id])
  })
})
