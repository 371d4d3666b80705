/** What a client may ask of a log-in: its level, its age, a new one, or none at all; and what the proof of it says. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { digestOf } from '../../src/federation/identity/log-in.ts'
import { pool } from '../../src/store/connection.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { type Visitor, visitor } from '../support/page-reader.ts'
import { logIn, residentNumber } from '../support/person-token.ts'
import { payloadOf } from '../support/tokens.ts'
import { APP, asked, redeemed, sent } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const NAME = '测试乙'
let people = 400
const newPerson = (loa: 1 | 2 | 3 | 4) => {
  people += 1
  return logIn(gateway, { name: NAME, number: residentNumber(people), loa })
}
const level = (loa: number) => `urn:delta-gateway:loa:${loa}`

/** Logs in at Shanghai's page with an account whose label has these words, as the person would. */
async function logInAt(by: Visitor, page: string, account: string) {
  const start =
    /href="(\/log-in\/shanghai\?kind=person[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const away = (await by.send(start)).headers.get('location') ?? ''
  const theirs = await (await fetch(away)).text()
  const links = [...theirs.matchAll(/<a [^>]*href="([^"]+)"[^>]*>(.*?)<\/a>/gs)]
  const link = links.find(([, , text]) => text?.includes(account))?.[1]?.replaceAll('&amp;', '&')
  expect(link).toBeTruthy()
  const back = await fetch(new URL(link ?? '', away), { redirect: 'manual' })
  return by.follow(back.headers.get('location') ?? '')
}

/** As if the person had logged in an hour ago. */
async function makeOlder(by: Visitor): Promise<void> {
  const sql = pool(gateway.databaseUrl, 1)
  const id = digestOf(by.cookies.get('__Host-delta') ?? '')
  const changed = await sql`
    update authentications set at = at - interval '1 hour'
    where id = (select authentication_id from sessions where id = ${id}) returning id`
  await sql.end()
  expect(changed).toHaveLength(1)
}

describe('a level that the log-in does not have', () => {
  test('is said on the page, and a better account goes on', async () => {
    const person = await newPerson(2)
    const by = visitor(gateway, person.cookie)
    await sent(gateway, by)
    const first = await sent(gateway, by, { acr_values: level(4) })
    expect(first.code).toBeNull()
    expect(first.page).toContain('需要实名等级 4, 您现在是 2')

    const arrived = await logInAt(by, first.page, '测试通')
    const { body } = await redeemed(gateway, { ...first, code: arrived.url.searchParams.get('code') })
    expect(payloadOf(body.id_token)).toMatchObject({ acr: level(4) })
    expect(payloadOf(body.access_token)).toMatchObject({ loa: 4 })
  })

  test('cannot be had by going back to the question with the old log-in', async () => {
    const by = visitor(gateway, (await newPerson(2)).cookie)
    const first = await sent(gateway, by, { acr_values: level(4) })
    const again = await by.follow(first.url.href)
    expect(again.page).toContain('需要实名等级 4')
    expect((await by.follow(`${first.url.pathname}/consent`, 'yes')).url.searchParams.get('code')).toBeNull()
  })

  test('is refused at once where no page may be shown', async () => {
    const by = visitor(gateway, (await newPerson(2)).cookie)
    await sent(gateway, by)
    const { url } = await sent(gateway, by, { acr_values: level(3), prompt: 'none' })
    expect(url.searchParams.get('error')).toMatch(/^(login|interaction)_required$/)
    expect(url.searchParams.get('code')).toBeNull()
  })
})

test('a level that is there is not asked for, and a class of somebody else’s asks for nothing', async () => {
  const by = visitor(gateway, (await newPerson(3)).cookie)
  expect((await sent(gateway, by, { acr_values: `${level(2)} ${level(3)}` })).code).toBeTruthy()
  expect((await sent(gateway, by, { acr_values: 'urn:elsewhere:gold' })).code).toBeTruthy()
})

test.each([{ max_age: '0' }, { max_age: '1' }, { prompt: 'login' }])(
  '%j wants a new log-in, once',
  async (more: Record<string, string>) => {
    const by = visitor(gateway, (await newPerson(3)).cookie)
    await makeOlder(by)
    await sent(gateway, by)
    const first = await sent(gateway, by, more)
    expect(first.page).toContain('请您登录')
    const arrived = await logInAt(by, first.page, '测试通')
    expect(arrived.url.searchParams.get('code')).toBeTruthy()
    expect(arrived.url.searchParams.get('error')).toBeNull()
  },
)

test('an id token says who, how well and when, to this client alone, and nothing about the person', async () => {
  const person = await newPerson(3)
  const by = visitor(gateway, person.cookie)
  const more = { acr_values: level(2), max_age: '3600', login_hint: NAME, nonce: 'of-the-client' }
  const { body } = await redeemed(gateway, await sent(gateway, by, more))
  const said = payloadOf(body.id_token)
  expect(said).toEqual({
    // What the log-in has, and not what was asked for.
    acr: level(3),
    loa: 3,
    region: 'shanghai',
    aud: APP,
    iss: gateway.url,
    sub: gateway.gateway.deps.sealing.subject(APP, person.personId),
    nonce: 'of-the-client',
    auth_time: expect.any(Number),
    iat: expect.any(Number),
    exp: said.iat + 600,
  })
  for (const token of [body.id_token, body.access_token])
    for (const secret of [NAME, person.personId, person.principal.authenticationId])
      expect(JSON.stringify(payloadOf(token))).not.toContain(secret)
})

test('an answer at the page for consent counts for the person who was asked', async () => {
  const [first, second] = [await newPerson(3), await newPerson(3)]
  const by = visitor(gateway, first.cookie)
  const { address, verifier } = await asked(gateway)
  const { url } = await by.follow(address, 'stay')
  expect(url.pathname).toMatch(/consent$/)
  by.cookies.set('__Host-delta', second.cookie.slice('__Host-delta='.length))
  const { url: end } = await by.follow(url.href)
  const { body } = await redeemed(gateway, { code: end.searchParams.get('code'), verifier })
  const { subject } = gateway.gateway.deps.sealing
  // Either the second person is asked anew, or there is no code; it is never the first one's by the second one's hand.
  if (body.id_token) expect(payloadOf(body.id_token).sub).toBe(subject(APP, second.personId))
})
