/** Attempts at a window's desk: by other windows, by a clerk alone, by somebody else's code, and by whoever has the database. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { revokeClerk } from '../../src/federation/desk/clerks.ts'
import { isWhole, noteCustody } from '../../src/federation/desk/custody.ts'
import { atDesk } from '../../src/federation/desk/enter.ts'
import { portrait } from '../../src/sandbox/pictures.ts'
import type { AccessRecord } from '../../src/schemas/access.ts'
import { inDatabase } from '../counter/support.ts'
import {
  type AtWork,
  agreed,
  certifiable,
  chosen,
  clerkAt,
  digitsOf,
  hidden,
  scanned,
  takenIn,
} from '../desk/support.ts'
import { numberOf } from '../portal/support.ts'
import { browserOf, type Somebody, somebody } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { formTokenIn } from '../support/page-reader.ts'

const NANTONG = '320600'
const MATTER = '开具无犯罪记录证明'

let gateway: TestGateway
let clerk: AtWork
let colleague: AtWork
let other: AtWork
let suzhou: AtWork
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(NANTONG)
  clerk = await clerkAt('sandbox-chongming', '陈一', '310151', gateway)
  colleague = await clerkAt('sandbox-chongming', '林二', '310151', gateway)
  other = await clerkAt('sandbox-nantong', '周三', '320681', gateway)
  suzhou = await clerkAt('sandbox-suzhou', '沈四', '320505', gateway)
})
afterAll(() => gateway.close())

let ordinal = 700
const newcomer = (): Promise<Somebody> => {
  ordinal += 1
  return somebody({ name: `测试来访${ordinal}`, number: numberOf('19810203', ordinal) }, gateway)
}
const pages = [portrait(1).bytes]

async function begun(person: Somebody): Promise<string> {
  const at = await takenIn(clerk, person, gateway)
  await chosen(clerk, at, MATTER, NANTONG)
  return at
}
const idOf = (at: string): string => at.split('/').at(-1) ?? ''
const looksAt = (person: Somebody) =>
  inDatabase(
    gateway,
    (sql) =>
      sql<
        { record: AccessRecord }[]
      >`select record from accesses where holder_key = ${gateway.gateway.deps.sealing.identity(person.idDocument)}`,
  )

describe('another client’s clerk', () => {
  test('reads nothing, changes nothing, and the attempt is recorded', async () => {
    const person = await newcomer()
    const at = await begun(person)
    const read = await other.browser.send(at)
    expect(read.status).toBe(404)
    expect(await read.text()).not.toContain(person.name)
    for (const step of ['form', 'matter', 'hand-over', 'custody'])
      expect((await other.post('/desk', `${at}/${step}`, { step: 'received' })).status).toBe(404)
    for (const paper of ['consent', 'notice'])
      expect((await other.browser.send(`${at}/${paper}.pdf`)).status).toBe(404)
    const refusals = (await looksAt(person)).filter(
      ({ record }) => record.body.id === 'sandbox-nantong' && record.outcome === 'DESK_CASE_NOT_FOUND',
    )
    expect(refusals.length).toBeGreaterThan(0)
    expect(refusals[0]?.record.fields).toEqual([])
  })

  test('of a city that does not decide sees nothing come in', async () => {
    const person = await newcomer()
    const at = await begun(person)
    await inDatabase(
      gateway,
      (sql) => sql`update desk_cases set handed_at = now(), state = 'handedOver' where id = ${idOf(at)}`,
    )
    expect(await other.page('/desk/incoming')).toContain(idOf(at).slice(-8))
    expect(await suzhou.page('/desk/incoming')).not.toContain(idOf(at).slice(-8))
    expect((await suzhou.browser.send(`/desk/incoming/${idOf(at)}`)).status).toBe(404)
    expect((await suzhou.post('/desk', `/desk/incoming/${idOf(at)}/arrived`)).status).toBe(404)
  })
})

describe('a clerk alone', () => {
  test('does not certify what they scanned, and the attempt is recorded', async () => {
    const person = await newcomer()
    const at = await begun(person)
    await scanned(clerk, at, 'consent', pages)
    const [certify = ''] = certifiable(await colleague.page(at))
    expect(certifiable(await clerk.page(at))).toEqual([])
    const own = await clerk.post(at, certify)
    expect(own.status).toBe(403)
    const { store } = gateway.gateway.deps
    expect((await store.deskCases.papersOf(idOf(at)))[0]?.certifiedBy).toBeNull()
    expect((await store.deskCases.read(idOf(at)))?.consent).toBeNull()
    expect((await looksAt(person)).map(({ record }) => record.outcome)).toContain('CERTIFIER_SAME')
  })

  test('cannot agree in the person’s place', async () => {
    const at = await begun(await newcomer())
    const answer = await clerk.browser.send(at.replace('/desk/cases', '/me/at-window'))
    expect(answer.headers.get('location')).toContain('/log-in')
  })
})

describe('a code', () => {
  test('of another purpose opens no case', async () => {
    const person = await newcomer()
    const page = await clerk.page('/desk')
    const hotel = await browserOf(person, gateway)
    await hotel.get('/me/code')
    const { location } = await hotel.post('/me/code', [['purpose', 'hotel']])
    const shown = await hotel.get(location ?? '')
    const code = /<p class="digits">([\d ]+)</.exec(shown.text)?.[1] ?? ''
    const fields = { token: formTokenIn(page) ?? '', id: hidden(page, 'id'), code }
    expect((await clerk.browser.send('/desk/cases', fields)).status).toBeGreaterThanOrEqual(400)
    expect(await gateway.gateway.deps.store.deskCases.read(fields.id)).toBeUndefined()
  })

  test('that was used at one window opens no case at another', async () => {
    const person = await newcomer()
    const code = await digitsOf(person, gateway)
    const tried = async (by: AtWork) => {
      const page = await by.page('/desk')
      const fields = { token: formTokenIn(page) ?? '', id: hidden(page, 'id'), code }
      return (await by.browser.send('/desk/cases', fields)).status
    }
    expect(await tried(clerk)).toBe(303)
    expect(await tried(other)).toBeGreaterThanOrEqual(400)
  })

  test('another person sees and agrees to nothing of it', async () => {
    const at = await begun(await newcomer())
    const stranger = await browserOf(await newcomer(), gateway)
    const own = at.replace('/desk/cases', '/me/at-window')
    expect((await stranger.get(own)).status).toBe(404)
    await stranger.get('/me/code')
    expect((await stranger.post(own, [])).status).toBe(404)
    expect((await gateway.gateway.deps.store.deskCases.read(idOf(at)))?.consent).toBeNull()
  })
})

test('a revoked clerk’s session is over in the same moment, and what they had open stays for colleagues', async () => {
  const leaver = await clerkAt('sandbox-chongming', '离职者', '310151', gateway)
  const at = await takenIn(leaver, await newcomer(), gateway)
  const secret = leaver.browser.cookies.get('__Host-delta-clerk')
  await revokeClerk(leaver.id, gateway.gateway.deps)
  expect(await atDesk(secret, gateway.gateway.deps)).toBeUndefined()
  expect((await leaver.browser.send(at)).headers.get('location')).toContain('/desk/log-in')
  expect((await colleague.browser.send(at)).status).toBe(200)
})

test('script in every field is text', async () => {
  const person = await newcomer()
  const at = await begun(person)
  await agreed(person, at, gateway, [])
  const bad = '<script>alert(1)</script>'
  const names = [...(await clerk.page(at)).matchAll(/ name="(\/[^"]+)"/g)].map(([, name = '']) => name)
  const told = await clerk.post(at, `${at}/form`, Object.fromEntries(names.map((name) => [name, bad])))
  expect(await told.text()).not.toContain(bad)
  expect(await clerk.page(at)).not.toContain(bad)
})

describe('custody', () => {
  const steps = ['received', 'stored', 'sent'] as const
  async function noted(): Promise<string> {
    ordinal += 1
    const id = `dsk_custody${ordinal}`
    const at = await atDesk(clerk.browser.cookies.get('__Host-delta-clerk'), gateway.gateway.deps)
    if (!at) throw new Error('no clerk')
    for (const step of steps)
      await noteCustody(
        id,
        { step, courier: '中国邮政速递', courierNumber: 'EX123456789CN' },
        'source',
        at,
        gateway.gateway.deps,
      )
    return id
  }
  const rowsOf = (id: string) => gateway.gateway.deps.store.deskCases.custodyOf(id)

  test('that nobody touched holds together', async () => {
    const rows = await rowsOf(await noted())
    expect(rows.map(({ step }) => step)).toEqual(steps)
    expect(isWhole(rows, gateway.gateway.deps)).toBe(true)
  })
  test.each([
    [
      'a number that was changed',
      `update desk_custody set courier_number = 'EX000000000CN' where number = 3`,
    ],
    ['a time that was moved', `update desk_custody set at = at - interval '1 day' where number = 2`],
    ['a step that was taken away', `delete from desk_custody where number = 2`],
    ['another clerk’s name', `update desk_custody set clerk_id = 'clk_other' where number = 1`],
  ])('shows %s', async (_what, statement) => {
    const id = await noted()
    await inDatabase(gateway, (sql) => sql.unsafe(`${statement} and desk_case_id = '${id}'`))
    expect(isWhole(await rowsOf(id), gateway.gateway.deps)).toBe(false)
  })
  test('takes no step twice, none out of order, and none of the other side', async () => {
    const id = await noted()
    const at = await atDesk(clerk.browser.cookies.get('__Host-delta-clerk'), gateway.gateway.deps)
    if (!at) throw new Error('no clerk')
    for (const step of ['received', 'sent', 'arrived', 'lost'])
      await expect(noteCustody(id, { step }, 'source', at, gateway.gateway.deps)).rejects.toMatchObject({
        code: 'CUSTODY_ORDER',
      })
  })
})
