/** 催办: who may, when, how often, and what becomes of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { remindCase } from '../../src/federation/cases/remind-case.ts'
import { asPerson } from '../support/as-person.ts'
import { type Caller, file, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { applicantOf, given, newcomer, onBehalf } from '../support/mandates.ts'
import { at, filedInHangzhou, onDatabase, tell } from './support.ts'

let gateway: TestGateway
let caller: Caller
let id = ''
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('330100')
  caller = await gateway.as('sandbox-shanghai')
})
afterAll(() => gateway.close())
beforeEach(async () => {
  ;({ id } = await filedInHangzhou(caller))
})

const remind = (by: Caller, query = '', body?: unknown, headers?: Record<string, string>) =>
  by('POST', `/api/v1/cases/${id}/reminder${query}`, body, headers)
const reminders = async () =>
  (await caller('GET', `/api/v1/cases/${id}/events`)).body.items.filter(
    ({ type }: { type: string }) => type === 'reminder',
  )

test('stands in the timeline and in the client’s feed, and says that no region was told', async () => {
  const { status, body } = await remind(caller)
  expect(status).toBe(200)
  expect(body).toMatchObject({ caseId: id, sentToRegion: false })
  expect(body.reason.zh).toContain('没有催办操作')
  expect(Date.parse(body.againAt) - Date.parse(body.remindedAt)).toBe(86_400_000)
  const [told, ...more] = await reminders()
  expect(more).toEqual([])
  expect(told).toMatchObject({ status: 'SUBMITTED', rawStatus: null, via: 'own', late: false })
  const owed = await onDatabase(
    gateway,
    (sql) => sql`select sequence, type from outbox where case_id = ${id} order by position desc limit 1`,
  )
  expect(owed).toEqual([{ sequence: told.sequence, type: 'reminder' }])
})

test('is taken once in 24 hours', async () => {
  await remind(caller)
  const { status, body, headers } = await remind(caller)
  expect([status, body.code]).toEqual([429, 'REMINDER_TOO_EARLY'])
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(86_300)
  expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(86_400)
  const { deps } = gateway.gateway
  const actor = { clientId: 'sandbox-shanghai', requestId: 'r' }
  const after = (hours: number) => at(new Date(Date.now() + hours * 3_600_000).toISOString(), deps)
  await expect(remindCase(id, { isDryRun: false }, actor, after(23))).rejects.toMatchObject({
    code: 'REMINDER_TOO_EARLY',
    facts: { retryAfter: expect.any(Number) },
  })
  await remindCase(id, { isDryRun: false }, actor, after(25))
  expect(await reminders()).toHaveLength(2)
})

test('of ten at once one is taken', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => remind(caller)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(429)])
  expect(await reminders()).toHaveLength(1)
})

test('with the same key gives its first answer again', async () => {
  const key = { 'idempotency-key': crypto.randomUUID() }
  const first = await remind(caller, '', undefined, key)
  const second = await remind(caller, '', undefined, key)
  expect(second.headers.get('idempotency-replayed')).toBe('true')
  expect(second.body).toEqual(first.body)
  expect(await reminders()).toHaveLength(1)
})

test('can be tried, and then leaves nothing behind', async () => {
  const { status, body } = await remind(caller, '?dryRun=true')
  expect(status).toBe(200)
  expect(body).toMatchObject({ remindedAt: null, againAt: null, sentToRegion: false })
  expect(await reminders()).toEqual([])
  expect((await remind(caller)).status).toBe(200)
  expect((await remind(caller, '?dryRun=true')).body.code).toBe('REMINDER_TOO_EARLY')
})

describe('is refused', () => {
  test.each(['CORRECTION_REQUIRED', 'PRECHECK_RETURNED', 'COMPLETED', 'WITHDRAWN'] as const)(
    'when the region does not have the ball: %s',
    async (status) => {
      await tell(id, '2099-03-16', status, gateway.gateway.deps)
      const answer = await remind(caller)
      expect([answer.status, answer.body.code]).toEqual([409, 'STATE_CONFLICT'])
      expect(answer.body.facts).toMatchObject({ status })
    },
  )
  test('while the region does not have the case yet', async () => {
    await onDatabase(gateway, (sql) => sql`update cases set dispatch_state = 'pending' where id = ${id}`)
    expect((await remind(caller)).body.code).toBe('STATE_CONFLICT')
  })
  test('to a client whose case it is not, like a case that is nobody’s', async () => {
    const other = await gateway.as('sandbox-anhui')
    const theirs = await remind(other)
    expect([theirs.status, theirs.body.code]).toEqual([404, 'CASE_NOT_FOUND'])
    expect((await other('POST', '/api/v1/cases/case_none/reminder')).body.code).toBe('CASE_NOT_FOUND')
  })
  test('with members that nobody would read, by their names', async () => {
    const { status, body } = await remind(caller, '', { note: '快一点' })
    expect([status, body.code]).toEqual([422, 'BODY_INVALID'])
    expect(body.errors).toMatchObject([{ pointer: '/note' }])
    expect((await remind(caller, '', '[]')).body.code).toBe('BODY_INVALID')
    expect((await remind(caller, '', '{')).status).toBe(400)
    expect((await remind(caller, '?dryRun=perhaps')).body.code).toBe('PARAMETER_INVALID')
    expect((await remind(caller, '', {})).status).toBe(200)
  })
})

test('by whom it is, on which mandate, stands in the records of the giver', async () => {
  const [giver, agent] = [await applicantOf(gateway), await newcomer(gateway)]
  const [own, theirs] = [await asPerson(giver, gateway), await asPerson(agent, gateway)]
  const mandate = await given(giver, agent, gateway)
  const filed = await file(theirs, await onBehalf(theirs, agent, mandate))
  id = filed.body.id
  expect((await remind(theirs)).status).toBe(200)
  expect((await remind(own)).body.code).toBe('REMINDER_TOO_EARLY')
  const { body: uses } = await own('GET', `/api/v1/me/mandates/${mandate}/uses`)
  expect(uses.items[0]).toMatchObject({ act: 'remind', caseId: id })
  const { body: accesses } = await own('GET', '/api/v1/me/accesses')
  const acts = accesses.items.map(({ act, outcome }: { act: string; outcome: string }) => [act, outcome])
  expect(acts).toContainEqual(['cases.remind', 'granted'])
  expect(acts).toContainEqual(['cases.remind', 'REMINDER_TOO_EARLY'])
})
