/** A whole log-in against the played platform: page, link, way back, and who it was. */
import { expect, test } from 'vitest'
import type { Alarm } from '../kit/codes.ts'
import type { Transport } from '../kit/transport.ts'
import { zhejiang } from './index.ts'
import { meet } from './test-platform.ts'

const RETURN_TO = 'https://gw.example.invalid/sso/zj/callback?state=abc123'

async function arrive() {
  const { platform, config, now } = await meet()
  const { region } = platform
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
  const link = zhejiang.logIn?.(config, transport, now, alarms)
  if (!link) throw new Error('no log-in')
  /** What a person does: opens the page and follows the link of that name. */
  const choose = async (name: string): Promise<string> => {
    const page = await region.app.request(link.address({ returnTo: RETURN_TO, kind: 'person' }))
    const href = new RegExp(`<a href="([^"]+)">${name.replaceAll(/[()]/g, '[()]')}</a>`).exec(
      await page.text(),
    )?.[1]
    const back = await region.app.request(
      `${platform.region.config['baseUrl']}${href?.replaceAll('&amp;', '&')}`,
    )
    const address = new URL(back.headers.get('location') ?? '')
    expect(address.searchParams.get('state')).toBe('abc123')
    return link.ticketIn(address.searchParams) ?? ''
  }
  return { platform, region, link, choose, alarms }
}

test('a person and an organisation log in', async () => {
  const { link, choose, alarms } = await arrive()
  expect(await link.identify({ ticket: await choose('测试通'), returnTo: RETURN_TO })).toMatchObject({
    kind: 'person',
    level: 3,
    person: { name: '测试通', idDocument: { type: '111', number: '310101199003070000' } },
  })
  expect(
    await link.identify({ ticket: await choose('长三角测试科技(杭州)有限公司'), returnTo: RETURN_TO }),
  ).toMatchObject({
    kind: 'organisation',
    level: 3,
    person: { name: '测试乙' },
    organisation: {
      idDocument: { type: '001', number: '91330100MA9TEXT19M' },
      legalRepresentative: { name: '测试甲' },
    },
    homeDivision: '330100',
  })
  expect(alarms).toEqual([])
})

test('every account can be read by its level; the one without user data is refused', async () => {
  const { region, link } = await arrive()
  const levels: unknown[] = []
  for (const { id, kind, name } of region.accounts ?? []) {
    const found = await link.identify({ ticket: region.logIn?.(id) ?? '' }).catch((error: unknown) => error)
    if (id === 'empty') {
      expect(found).toMatchObject({ code: 'LOGIN_TICKET_INVALID', facts: { code: 'C-USER-SSO-USER-EMPTY' } })
      continue
    }
    expect(found).toMatchObject({ subject: id, kind })
    expect(found).toMatchObject(kind === 'person' ? { person: { name } } : { organisation: { name } })
    levels.push((found as { level: number }).level)
  }
  expect(levels.slice(0, 10)).toEqual([3, 3, 1, 0, 3, 1, 3, 3, 1, 0])
  // Then one resident of each of the eleven areas.
  expect(levels.slice(10)).toEqual(Array.from({ length: 11 }, () => levels[0]))
})

test('a ticket works once, and for a minute', async () => {
  const { platform, link, choose } = await arrive()
  const used = await choose('测试甲')
  await link.identify({ ticket: used })
  const late = await choose('测试甲')
  platform.pass(61)
  for (const ticket of [used, late, 'debug_tk_unknown'])
    await expect(link.identify({ ticket })).rejects.toMatchObject({
      code: 'LOGIN_TICKET_INVALID',
      facts: { region: 'zhejiang', code: 'C-USER-SSO-TICKET-INVALID' },
    })
})
