/** A session cannot be fixed, kept beyond its end, or go on at an app after its owner has ended it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { digestOf } from '../../src/federation/identity/log-in.ts'
import { pool } from '../../src/store/connection.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { formTokenIn, type Visitor, visitor } from '../support/page-reader.ts'
import { type LoggedIn, logIn, residentNumber } from '../support/person-token.ts'
import { payloadOf } from '../support/tokens.ts'
import { APP, redeemed, sent } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

let people = 300
const newPerson = (loa: 1 | 2 | 3 | 4 = 3): Promise<LoggedIn> => {
  people += 1
  return logIn(gateway, { name: '测试乙', number: residentNumber(people), loa })
}

/** Makes a session older, as if hours had passed. */
async function age({ cookie }: LoggedIn, column: 'used_at' | 'until', ms: number): Promise<void> {
  const sql = pool(gateway.databaseUrl, 1)
  const id = digestOf(cookie.slice(cookie.indexOf('=') + 1))
  const changed = await sql`
    update sessions set ${sql(column)} = ${sql(column)} - make_interval(secs => ${ms / 1000}) where id = ${id} returning id`
  await sql.end()
  expect(changed).toHaveLength(1)
}

/** Whether the gateway's own pages still know the browser. */
const isKnown = async (by: Visitor) => (await by.send('/me')).status === 200

describe('an app that was logged in through us gets no code', () => {
  const ends: readonly [string, (person: LoggedIn, by: Visitor) => Promise<unknown>][] = [
    [
      'when its owner has logged out at the portal',
      async (_person, by) => {
        const token = formTokenIn(await (await by.send('/me')).text()) ?? ''
        expect((await by.send('/log-out', { token })).status).toBe(303)
      },
    ],
    [
      'when its owner has ended it from another device',
      async (person, by) => {
        const phone = visitor(
          gateway,
          (await logIn(gateway, { name: '测试乙', number: residentNumber(people) })).cookie,
        )
        const page = await (await phone.send('/me')).text()
        const others = [
          ...page.matchAll(/action="(\/me\/sessions\/[^"]+)"(?:(?!<\/form>).)*<\/form>/gs),
        ].filter(([form]) => !form.includes('本机'))
        expect(others).toHaveLength(1)
        expect((await phone.send(others[0]?.[1] ?? '', { token: formTokenIn(page) ?? '' })).status).toBe(303)
        expect(person.cookie).toContain(by.cookies.get('__Host-delta'))
      },
    ],
    ['after half an hour of rest', (person) => age(person, 'used_at', LIMITS.sessionIdleMs + 1000)],
    ['after twelve hours', (person) => age(person, 'until', LIMITS.sessionMs)],
  ]
  test.each(ends)('%s', async (_name, end) => {
    const person = await newPerson()
    const by = visitor(gateway, person.cookie)
    expect((await sent(gateway, by)).code).toBeTruthy()
    expect((await sent(gateway, by)).code).toBeTruthy()
    const before = new Map(by.cookies)
    await end(person, by)
    for (const [name, value] of before) by.cookies.set(name, value)

    expect(await isKnown(by)).toBe(false)
    const { code, page } = await sent(gateway, by)
    expect(code).toBeNull()
    expect(page).toContain('请您登录')
    const silent = await sent(gateway, by, { prompt: 'none' })
    expect(silent.url.searchParams.get('error')).toBe('login_required')
  })
})

test('after another person logged in with the same browser an app gets the code of that person', async () => {
  const [first, second] = [await newPerson(), await newPerson()]
  const by = visitor(gateway, first.cookie)
  await sent(gateway, by)
  by.cookies.set('__Host-delta', second.cookie.slice('__Host-delta='.length))
  const { body } = await redeemed(gateway, await sent(gateway, by))
  const { subject } = gateway.gateway.deps.sealing
  expect(payloadOf(body.id_token).sub).toBe(subject(APP, second.personId))
  expect(payloadOf(body.access_token).sub).toBe(subject(APP, second.personId))
})

test('the cookie of the authorization server alone gets no code', async () => {
  const by = visitor(gateway, (await newPerson()).cookie)
  await sent(gateway, by)
  by.cookies.delete('__Host-delta')
  expect((await sent(gateway, by)).code).toBeNull()
})
