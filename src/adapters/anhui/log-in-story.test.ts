/** A whole log-in against the played platform: page, link, way back, and who it was. */
import { expect, test } from 'vitest'
import type { Alarm } from '../kit/codes.ts'
import type { Transport } from '../kit/transport.ts'
import { anhui } from './index.ts'
import { played } from './test-played.ts'

const RETURN_TO = 'http://127.0.0.1:8080/sso/ah/callback?state=s%2F1'

function arrive() {
  const { region, config, pass, now } = played()
  const alarms: Alarm[] = []
  const transport: Transport = async (out) => {
    const answer = await region.app.fetch(
      new Request(out.url, {
        method: out.method,
        headers: out.headers,
        ...(out.body === undefined ? {} : { body: new Uint8Array(Buffer.from(out.body)) }),
      }),
    )
    const body = Buffer.from(await answer.arrayBuffer())
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body }
  }
  const link = anhui.logIn?.(config, transport, now, alarms)
  if (!link) throw new Error('no log-in')
  /** What a person does: opens the page and follows the link of that name. */
  const choose = async (name: string): Promise<string> => {
    const address = link.address({ returnTo: RETURN_TO, kind: 'person' })
    const html = await (await region.app.request(address)).text()
    const href = new RegExp(`<a href="([^"]+)">${name}</a>`).exec(html)?.[1] ?? ''
    const back = await region.app.request(new URL(href.replaceAll('&amp;', '&'), address).href)
    const location = new URL(back.headers.get('location') ?? '')
    expect(location.searchParams.get('state')).toBe('s/1')
    return link.ticketIn(location.searchParams) ?? ''
  }
  return { region, link, choose, alarms, pass }
}

test('a person and an organisation log in', async () => {
  const { link, choose, alarms } = arrive()
  expect(await link.identify({ ticket: await choose('测试通'), returnTo: RETURN_TO })).toMatchObject({
    kind: 'person',
    level: 3,
    person: { name: '测试通', idDocument: { type: '111', number: '310101199003070000' } },
    homeDivision: '340100',
  })
  expect(
    await link.identify({ ticket: await choose('芜湖示例制造有限公司'), returnTo: RETURN_TO }),
  ).toMatchObject({
    kind: 'organisation',
    level: 2,
    person: { name: '测试丙' },
    organisation: {
      idDocument: { type: '001', number: '91340200MA2FAKE100' },
      legalRepresentative: { name: '测试乙' },
    },
  })
  expect(alarms).toEqual([])
})

test('every account is read by its level, with a ticket that another system brings', async () => {
  const { region, link, alarms } = arrive()
  const levels: number[] = []
  for (const { id, kind, name } of region.accounts ?? []) {
    const account = await link.identify({ ticket: region.logIn?.(id) ?? '' })
    expect(account).toMatchObject({ subject: id, kind })
    expect(account).toMatchObject(kind === 'person' ? { person: { name } } : { organisation: { name } })
    levels.push(account.level)
  }
  expect(levels.slice(0, 11)).toEqual([3, 2, 1, 3, 2, 0, 3, 3, 3, 2, 2])
  // Then one resident of each of the sixteen cities.
  expect(levels.slice(11)).toEqual(Array.from({ length: 16 }, () => 3))
  expect(alarms).toEqual([])
})

test('a ticket works once, for half a minute and for one address', async () => {
  const { link, choose, pass } = arrive()
  const used = await choose('测试甲')
  await link.identify({ ticket: used, returnTo: RETURN_TO })
  const late = await choose('测试甲')
  pass(31)
  const elsewhere = await choose('测试甲')
  for (const [ticket, returnTo, code] of [
    [used, RETURN_TO, 'INVALID_TICKET'],
    [late, RETURN_TO, 'INVALID_TICKET'],
    [elsewhere, `${RETURN_TO}2`, 'INVALID_SERVICE'],
    [elsewhere, RETURN_TO, 'INVALID_TICKET'],
  ] as const)
    await expect(link.identify({ ticket, returnTo })).rejects.toMatchObject({
      code: 'LOGIN_TICKET_INVALID',
      facts: { region: 'anhui', code },
    })
})

test('the app brings a token instead of a ticket, once', async () => {
  const { region, link } = arrive()
  const token = region.logIn?.('ahperson0002', 'wanshitong') ?? ''
  expect(await link.identify({ ticket: token })).toMatchObject({
    subject: 'ahperson0002',
    kind: 'person',
    level: 2,
  })
  await expect(link.identify({ ticket: token })).rejects.toMatchObject({
    code: 'LOGIN_TICKET_INVALID',
    facts: { region: 'anhui', code: 'U0001' },
  })
})
