/** Filing, following, correcting and withdrawing on a mandate, and what the giver sees of it. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { revokeMandate } from '../../src/federation/mandates/end.ts'
import { createGateway, type Gateway } from '../../src/gateway.ts'
import { pool } from '../../src/store/connection.ts'
import { asPerson, type Somebody } from '../support/as-person.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { acting, applicantOf, given, newcomer, onBehalf } from '../support/mandates.ts'
import { personToken } from '../support/person-token.ts'
import { storyOf } from './stories.ts'

const story = storyOf('zhejiang')
let gateway: TestGateway
let giver: Somebody
let agent: Somebody
let call: Caller
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('330100', '340100')
  giver = await applicantOf(gateway)
  agent = await newcomer(gateway)
  call = await asPerson(agent, gateway)
})
afterAll(() => gateway.close())

const revoke = (id: string) => revokeMandate(id, { dryRun: false }, acting(giver), gateway.gateway.deps)

/** Acts on the giver's mandate, as the giver sees them, the first first. */
async function acts(mandate: string): Promise<string[]> {
  const { body } = await (await asPerson(giver, gateway))(
    'GET',
    `/api/v1/me/mandates/${mandate}/uses?limit=100`,
  )
  return body.items.map(({ act }: { act: string }) => act).toReversed()
}

/** A case that the agent filed on a new mandate. */
async function filed() {
  const mandate = await given(giver, agent, gateway)
  const { status, body, headers } = await file(call, await onBehalf(call, agent, mandate))
  expect(status).toBe(201)
  return {
    mandate,
    id: body.id as string,
    number: body.caseNumber as string,
    etag: headers.get('etag') ?? '',
  }
}

test('a person files for themselves, and a client for itself as before', async () => {
  const own = await asPerson(giver, gateway)
  expect((await file(own, story.application(await upload(own, 'a.pdf')))).status).toBe(201)
  const client = await gateway.as(story.client)
  expect((await file(client, story.application(await upload(client, 'a.pdf')))).status).toBe(201)
})

describe('a person who files for another', () => {
  test.each<[string, (application: Record<string, unknown>) => object, readonly string[]]>([
    [
      'without being the agent',
      ({ agent: _agent, ...rest }) => rest,
      ['/applicant/idDocument/number', '/agent'],
    ],
    [
      'with another agent',
      ({ agent: one, ...rest }) => ({ ...rest, agent: { ...(one as object), idDocument: giver.idDocument } }),
      ['/applicant/idDocument/number', '/agent/idDocument/number'],
    ],
    ['without a mandate', (application) => application, ['/agent/mandate']],
  ])('%s is refused', async (_name, change, pointers) => {
    const told = await file(call, change(await onBehalf(call, agent, undefined)))
    expect([told.status, told.body.code]).toEqual([403, 'APPLICANT_NOT_SELF'])
    expect(told.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers)
    expect(told.bytes.toString()).not.toContain(giver.idDocument.number)
  })

  test('on a mandate does, and the use is there with the case', async () => {
    const { mandate, id } = await filed()
    const { body } = await (await asPerson(giver, gateway))('GET', `/api/v1/me/mandates/${mandate}/uses`)
    expect(body.items).toMatchObject([
      { act: 'file', caseId: id, clientId: 'sandbox-app', matter: story.application('')['matter'] },
    ])
  })

  test('in a dry run leaves no use', async () => {
    const mandate = await given(giver, agent, gateway)
    const told = await call('POST', '/api/v1/cases?dryRun=true', await onBehalf(call, agent, mandate), {
      'idempotency-key': crypto.randomUUID(),
    })
    expect(told.status).toBe(200)
    expect(await acts(mandate)).toEqual([])
  })

  test('under one key twice has filed once, and is told of the case while the mandate lives', async () => {
    const mandate = await given(giver, agent, gateway)
    const application = await onBehalf(call, agent, mandate)
    const key = { 'idempotency-key': crypto.randomUUID() }
    const [one, two] = [await file(call, application, key), await file(call, application, key)]
    expect([two.body.id, two.headers.get('idempotency-replayed')]).toEqual([one.body.id, 'true'])
    expect(await acts(mandate)).toEqual(['file', 'read'])
    await revoke(mandate)
    expect((await file(call, application, key)).body.code).toBe('CASE_NOT_FOUND')
  })
})

describe('the level of the log-in', () => {
  test('that a region needs is asked for in the words of RFC 9470', async () => {
    const low = await newcomer(gateway, { loa: 2 })
    const caller = await asPerson(low, gateway)
    const anhui = storyOf('anhui').application(await upload(caller, 'a.pdf'))
    const told = await file(caller, {
      ...anhui,
      applicant: { ...(anhui['applicant'] as object), idDocument: low.idDocument },
    })
    expect([told.status, told.body.code]).toEqual([401, 'ASSURANCE_TOO_LOW'])
    expect(told.headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_user_authentication", acr_values="urn:delta-gateway:loa:3"',
    )
  })
})

describe('the receiver', () => {
  test('reads, lists and follows the case while the mandate lives, and each look is a use', async () => {
    const { mandate, id } = await filed()
    for (const rest of ['', '/events', '/ledger'])
      expect((await call('GET', `/api/v1/cases/${id}${rest}`)).status).toBe(200)
    const list = await call('GET', '/api/v1/cases')
    expect(list.body.items.map((one: { id: string }) => one.id)).toContain(id)
    expect(await acts(mandate)).toEqual(['file', 'read', 'events', 'ledger', 'list'])
  })

  test('does not see the giver’s other cases', async () => {
    const own = await asPerson(giver, gateway)
    const { body } = await file(own, story.application(await upload(own, 'a.pdf')))
    await given(giver, agent, gateway)
    expect((await call('GET', `/api/v1/cases/${body.id}`)).body.code).toBe('CASE_NOT_FOUND')
  })

  test('corrects and withdraws, and each is a use', async () => {
    const { mandate, id, number, etag } = await filed()
    const { region } = gateway.region('zhejiang')
    const change = (act: string, tag: string, body: object) =>
      call('POST', `/api/v1/cases/${id}/${act}`, body, { 'if-match': tag })
    region.advance(number, { to: 'CORRECTION_REQUIRED' as never, fields: ['toAddress'] })
    await region.sendCallbacks()
    expect((await change('correction', etag, { form: { toAddress: 'x' } })).status).toBe(412)
    const { headers } = await call('GET', `/api/v1/cases/${id}`)
    const corrected = await change('correction', headers.get('etag') ?? '', {
      form: { toAddress: '测试路2号201室' },
    })
    expect(corrected.status).toBe(200)
    const withdrawn = await change('withdrawal', corrected.headers.get('etag') ?? '', { reason: '不再需要' })
    expect(withdrawn.status).toBe(200)
    expect(await acts(mandate)).toEqual(['file', 'read', 'correct', 'withdraw'])
  })

  test('reaches nothing of it after the end, while the giver sees all of it', async () => {
    const { mandate, id, etag } = await filed()
    await revoke(mandate)
    for (const rest of ['', '/events', '/ledger', '/result'])
      expect((await call('GET', `/api/v1/cases/${id}${rest}`)).body.code).toBe('CASE_NOT_FOUND')
    for (const [act, body] of [
      ['correction', { form: { toAddress: 'x' } }],
      ['withdrawal', { reason: 'x' }],
    ] as const)
      expect((await call('POST', `/api/v1/cases/${id}/${act}`, body, { 'if-match': etag })).body.code).toBe(
        'CASE_NOT_FOUND',
      )
    const list = await call('GET', '/api/v1/cases')
    expect(list.body.items.map((one: { id: string }) => one.id)).not.toContain(id)
    expect((await (await asPerson(giver, gateway))('GET', `/api/v1/cases/${id}`)).status).toBe(200)
    expect(await acts(mandate)).toEqual(['file'])
  })
})

describe('what stores nothing but shows the case', () => {
  /** Acts on one case that its holder finds in their list of looks, the first first. */
  async function looks(id: string): Promise<string[]> {
    const own = await asPerson(giver, gateway)
    const { body } = await own('GET', '/api/v1/me/accesses?limit=100')
    return (body.items as { act: string; caseIds: string[]; outcome: string }[])
      .filter(({ caseIds }) => caseIds.includes(id))
      .map(({ act, outcome }) => `${act} ${outcome}`)
      .toReversed()
  }
  const reason = { reason: '不再需要' }

  test('a repetition is a look, and refused when the mandate has ended', async () => {
    const { mandate, id, etag } = await filed()
    const header = { 'if-match': etag, 'idempotency-key': crypto.randomUUID() }
    const again = () => call('POST', `/api/v1/cases/${id}/withdrawal`, reason, header)
    expect((await again()).status).toBe(200)
    const second = await again()
    expect([second.status, second.headers.get('idempotency-replayed')]).toEqual([200, 'true'])
    expect(await acts(mandate)).toEqual(['file', 'withdraw', 'read'])
    expect(await looks(id)).toEqual(['cases.file granted', 'cases.withdraw granted', 'cases.read granted'])
    await revoke(mandate)
    const third = await again()
    expect([third.status, third.body.code]).toEqual([404, 'CASE_NOT_FOUND'])
    expect(third.headers.get('idempotency-replayed')).toBeNull()
  })

  test('a rehearsal is a look', async () => {
    const { id, etag } = await filed()
    const told = await call('POST', `/api/v1/cases/${id}/withdrawal?dryRun=true`, reason, {
      'if-match': etag,
    })
    expect(told.status).toBe(200)
    expect(await looks(id)).toEqual(['cases.file granted', 'cases.read granted'])
  })

  test('a repetition by a client for itself is a look', async () => {
    const client = await gateway.as(story.client)
    const application = story.application(await upload(client, 'a.pdf'))
    const header = { 'idempotency-key': crypto.randomUUID() }
    const [one, two] = [await file(client, application, header), await file(client, application, header)]
    expect(two.headers.get('idempotency-replayed')).toBe('true')
    expect(await looks(one.body.id)).toEqual(['cases.file granted', 'cases.read granted'])
  })

  test('a result that was asked for too early leaves the refusal', async () => {
    const { id } = await filed()
    expect((await call('GET', `/api/v1/cases/${id}/result`)).body.code).toBe('RESULT_NOT_READY')
    expect(await looks(id)).toEqual(['cases.file granted', 'cases.result RESULT_NOT_READY'])
  })
})

describe('a second gateway on the same database', () => {
  let second: Gateway
  beforeAll(async () => {
    second = await createGateway(
      readConfig({ DATABASE_URL: gateway.databaseUrl, DATA_DIR: gateway.dataDir, PUBLIC_URL: gateway.url }),
      { info: () => undefined, warn: () => undefined, error: () => undefined },
      { directory: gateway.sandbox.directory, clients: gateway.clients.directory, control: undefined },
    )
  })
  afterAll(() => second.close())

  test('refuses a mandate that the first has revoked, within two seconds', async () => {
    const mandate = await given(giver, agent, gateway)
    const authorization = `Bearer ${await personToken(gateway, agent.principal, { scope: 'cases persons' })}`
    const body = JSON.stringify(await onBehalf(call, agent, mandate))
    const there = async () => {
      const answer = await second.app.request('/api/v1/cases', {
        method: 'POST',
        body,
        headers: {
          authorization,
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        },
      })
      return (await answer.json()) as { id?: string; code?: string }
    }
    const before = await there()
    expect(before.id).toMatch(/^case_/)
    const from = performance.now()
    await revoke(mandate)
    const after = await there()
    expect(after.code).toBe('MANDATE_OVER')
    expect(performance.now() - from).toBeLessThan(2_000)
    const read = await second.app.request(`/api/v1/cases/${before.id}`, { headers: { authorization } })
    expect(read.status).toBe(404)
    expect(second.deps.endings.has('mandate', mandate)).toBe(false)
    await second.deps.endings.refresh()
    expect(second.deps.endings.has('mandate', mandate)).toBe(true)
  })
})

describe('a mandate that is revoked while a request runs', () => {
  /** Revokes in a transaction of its own that stays open until a request waits for it, then commits. */
  async function revokedDuring<T>(mandate: string, request: () => Promise<T>): Promise<T> {
    const sql = pool(gateway.databaseUrl, 2)
    let answer: Promise<T> | undefined
    try {
      await sql.begin(async (tx) => {
        await tx`update mandates set revoked_at = now() where id = ${mandate}`
        answer = request()
        await expect
          .poll(
            async () =>
              (
                await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
              ).length,
            { interval: 10 },
          )
          .toBeGreaterThan(0)
      })
    } finally {
      await sql.end()
    }
    return answer as Promise<T>
  }
  const stored = async () => {
    const sql = pool(gateway.databaseUrl, 1)
    const [row] =
      await sql`select (select count(*) from cases)::int as cases, (select count(*) from dispatches)::int as dispatches,
      (select count(*) from case_events)::int as events, (select count(*) from mandate_uses)::int as uses,
      (select count(*) from idempotency_keys)::int as keys`
    await sql.end()
    return { ...row }
  }

  test('stops a filing, which leaves nothing', async () => {
    const mandate = await given(giver, agent, gateway)
    const application = await onBehalf(call, agent, mandate)
    const before = await stored()
    const told = await revokedDuring(mandate, () => file(call, application))
    expect([told.status, told.body.code, told.body.errors[0].pointer]).toEqual([
      403,
      'MANDATE_OVER',
      '/agent/mandate',
    ])
    expect(await stored()).toEqual(before)
  })

  test('stops a withdrawal', async () => {
    const { mandate, id, etag } = await filed()
    const before = await stored()
    const told = await revokedDuring(mandate, () =>
      call('POST', `/api/v1/cases/${id}/withdrawal`, { reason: '不再需要' }, { 'if-match': etag }),
    )
    expect([told.status, told.body.code]).toEqual([403, 'MANDATE_OVER'])
    expect(await stored()).toEqual(before)
  })

  test('shows nothing to a look', async () => {
    const { mandate, id } = await filed()
    const told = await revokedDuring(mandate, () => call('GET', `/api/v1/cases/${id}`))
    expect([told.status, told.body.code]).toEqual([404, 'CASE_NOT_FOUND'])
  })

  test('is revoked after a filing that came first, which holds', async () => {
    const mandate = await given(giver, agent, gateway)
    const sql = pool(gateway.databaseUrl, 1)
    let revoked: Promise<unknown> = Promise.resolve()
    await sql.begin(async (tx) => {
      await tx`select 1 from mandates where id = ${mandate} for share`
      revoked = revoke(mandate)
      const told = await file(call, await onBehalf(call, agent, mandate))
      expect(told.status).toBe(201)
    })
    await revoked
    await sql.end()
    expect((await file(call, await onBehalf(call, agent, mandate))).body.code).toBe('MANDATE_OVER')
  })
})
