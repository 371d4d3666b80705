/** What grows has its bound: log-ins that somebody starts, sessions of a person; and what fails tells nobody's data. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { authenticated, digestOf } from '../../src/federation/identity/log-in.ts'
import { openSession, sessionOf, sessionsOf } from '../../src/federation/identity/sessions.ts'
import { rateLimit } from '../../src/http/limits.ts'
import { portalRoutes } from '../../src/portal/routes.ts'
import { pool } from '../../src/store/connection.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { logIn, residentNumber } from '../support/person-token.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const rows = async (statement: string) => {
  const sql = pool(gateway.databaseUrl, 1)
  try {
    return await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}

describe('sessions of a person', () => {
  test('are so many and no more: the one that was used the longest ago ends, with its log-in', async () => {
    const { deps } = gateway.gateway
    const { personId, cookie } = await logIn(gateway, { name: '测试乙', number: residentNumber(601) })
    for (let more = 0; more < LIMITS.sessionsOfPerson; more += 1) {
      const found = await authenticated({ personId, organisationId: null, region: 'anhui', loa: 3 }, deps)
      await openSession(found, '测试浏览器', deps)
    }
    expect(await sessionsOf(personId, deps)).toHaveLength(LIMITS.sessionsOfPerson)
    expect(await sessionOf(cookie.slice(cookie.indexOf('=') + 1), deps)).toBeUndefined()
    const [open] = await rows(
      `select count(*)::int as count from authentications where person_id = '${personId}' and ended_at is null`,
    )
    expect(open?.['count']).toBe(LIMITS.sessionsOfPerson)
  })
})

describe('log-ins that are started', () => {
  test('are so many in a minute; the next is told on a page to wait, and leaves no row', async () => {
    const { deps } = gateway.gateway
    const never = () => Promise.reject(new Error('nobody is sent here'))
    const pages = portalRoutes({
      deps,
      interactions: { read: never, loggedIn: never, consented: never, refused: never },
      logOut: never,
      limit: rateLimit(() => new Date('2026-03-02T08:00:20Z'), 3),
      live: gateway.gateway.live,
      eventStream: () => new Response(null),
      isSandbox: true,
      api: { tags: [], operations: [], schemas: {} },
      visit: undefined,
    })
    const answers = await Promise.all(Array.from({ length: 5 }, () => pages.request('/log-in/shanghai')))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 302, 302, 429, 429])
    const over = answers.find(({ status }) => status === 429)
    expect(over?.headers.get('retry-after')).toBe('40')
    expect(over?.headers.get('content-type')).toContain('text/html')
    expect(await rows('select 1 from log_ins')).toHaveLength(3)
    expect((await pages.request('/log-in')).status).toBe(200)
  })

  test('are limited in the gateway as it is put together', async () => {
    const { headers } = await fetch(`${gateway.url}/log-in/shanghai`, { redirect: 'manual' })
    expect(headers.get('ratelimit-policy')).toBe(`"minute";q=${LIMITS.logInsPerMinute};w=60`)
  })

  test('are forgotten when their time is over', async () => {
    await rows(`update log_ins set until = now() - interval '1 second'`)
    await gateway.gateway.deps.store.logIns.forget(new Date())
    expect(await rows('select 1 from log_ins')).toHaveLength(0)
  })
})

test('a statement that fails tells no log what it was about', async () => {
  const { cookie, personId } = await logIn(gateway, { name: '测试乙', number: residentNumber(602) })
  const secret = cookie.slice(cookie.indexOf('=') + 1)
  await rows('alter table sessions rename to sessions_elsewhere')
  const { status, body } = await gateway.anyone('GET', '/me', undefined, { cookie })
  await rows('alter table sessions_elsewhere rename to sessions')
  await rows('alter table persons rename to persons_elsewhere')
  await gateway.anyone('GET', '/me', undefined, { cookie })
  await rows('alter table persons_elsewhere rename to persons')
  expect(status).toBe(500)
  const told = JSON.stringify(gateway.told)
  expect(told).toContain('a page failed')
  expect(told).toContain('sessions.ts')
  for (const one of [secret, digestOf(secret), personId]) {
    expect(told).not.toContain(one)
    expect(String(body)).not.toContain(one)
  }
})
