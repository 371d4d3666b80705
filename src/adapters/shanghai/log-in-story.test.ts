/** A log-in from the page to the person, adapter and played region against each other (4.5). */
import { describe, expect, test } from 'vitest'
import { simulateShanghai } from '../../sandbox/shanghai/index.ts'
import type { AccountKind } from '../kit/log-in.ts'
import type { Transport } from '../kit/transport.ts'
import { shanghai } from './index.ts'

const RETURN = 'http://gateway.test/sso/sh/return?state=s1'

/** The played region, its log-in, and a browser that follows one link of its page. */
function open() {
  let ms = Date.parse('2026-03-02T09:00:00+08:00')
  const now = () => new Date(ms)
  const world = {
    now,
    baseUrl: 'http://sh.test',
    gatewayUrl: 'http://gateway.test',
    post: async () => ({ status: 200, body: '' }),
  }
  const region = simulateShanghai(world)
  const transport: Transport = async ({ url, method, headers, body }) => {
    const init = { method, headers: { ...headers }, ...(body === undefined ? {} : { body: String(body) }) }
    const answer = await region.app.request(url, init)
    const bytes = Buffer.from(await answer.arrayBuffer())
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: bytes }
  }
  const link = shanghai.logIn?.(region.config as never, transport, now)
  if (!link) throw new Error('no log-in')

  const page = async (kind: AccountKind) => {
    const answer = await region.app.request(link.address({ returnTo: RETURN, kind }))
    expect(answer.status).toBe(200)
    const text = await answer.text()
    const hrefs = [...text.matchAll(/<a[^>]* href="([^"]+)"/g)].map((one) =>
      String(one[1]).replaceAll('&amp;', '&'),
    )
    return { text, hrefs }
  }
  const click = async (kind: AccountKind, account: string) => {
    const { hrefs } = await page(kind)
    const href = hrefs.find((one) => new URLSearchParams(one.split('?')[1]).get('account') === account)
    const answer = await region.app.request(`http://sh.test${href}`)
    expect(answer.status).toBe(302)
    return new URL(String(answer.headers.get('location')))
  }
  const wait = (seconds: number) => {
    ms += seconds * 1000
  }
  return { region, world, link, page, click, wait }
}

const ticketOf = ({ link }: ReturnType<typeof open>, back: URL) => String(link.ticketIn(back.searchParams))

describe('a log-in in the played Shanghai', () => {
  test('a person: page, link, way back, person; the ticket works once', async () => {
    const here = open()
    const back = await here.click('person', 'np8')
    expect(back.href).toMatch(
      /^http:\/\/gateway\.test\/sso\/sh\/return\?state=s1&access_token=[0-9a-f-]{36}$/,
    )
    const ticket = ticketOf(here, back)
    expect(await here.link.identify({ ticket, returnTo: RETURN })).toEqual({
      subject: 'shu-np8',
      kind: 'person',
      level: 3,
      rawLevel: '3',
      person: {
        name: '测试通',
        idDocument: { type: '111', number: '310101199003070000' },
        mobile: '10000000007',
      },
    })
    await expect(here.link.identify({ ticket })).rejects.toMatchObject({ code: 'LOGIN_TICKET_INVALID' })
    expect(here.region.refusals()).toMatchObject([
      { operation: 'sso-userinfo', status: 200, code: 'invalid_token' },
    ])
  })

  test('an organisation, whose agent is not its legal representative', async () => {
    const here = open()
    const ticket = ticketOf(here, await here.click('organisation', 'lp2'))
    expect(await here.link.identify({ ticket })).toMatchObject({
      kind: 'organisation',
      level: 2,
      person: { name: '测试乙', idDocument: { type: '111', number: '320102190102020022' } },
      organisation: {
        name: '苏州示例制造有限公司',
        idDocument: { type: '001', number: '91320500MA1TEXT145' },
        legalRepresentative: { name: '测试丁' },
      },
    })
  })

  test('who gives up brings no ticket', async () => {
    const here = open()
    const back = await here.click('person', '')
    expect(back.search).toBe('?state=s1&error=access_denied')
    expect(here.link.ticketIn(back.searchParams)).toBeUndefined()
  })

  test('a ticket lives half an hour', async () => {
    const here = open()
    const [early, late] = [String(here.region.logIn?.('np1')), String(here.region.logIn?.('np1'))]
    here.wait(1800)
    expect((await here.link.identify({ ticket: early })).subject).toBe('shu-np1')
    here.wait(1)
    await expect(here.link.identify({ ticket: late })).rejects.toMatchObject({ code: 'LOGIN_TICKET_INVALID' })
  })

  test('a locked account gets a ticket, and is not let in; one without real name is, at level 0', async () => {
    const here = open()
    const ticket = ticketOf(here, await here.click('person', 'np9'))
    await expect(here.link.identify({ ticket })).rejects.toMatchObject({ code: 'ACCOUNT_LOCKED' })
    const other = ticketOf(here, await here.click('person', 'np5'))
    expect(await here.link.identify({ ticket: other })).toMatchObject({ level: 0, kind: 'person' })
  })

  test('every listed account can be logged in by a program, and by a link of its page', async () => {
    const here = open()
    const accounts = here.region.accounts ?? []
    expect(accounts.length).toBeGreaterThan(11)
    for (const { id, kind, level } of accounts.filter((one) => one.id !== 'np9')) {
      const ticket = String(here.region.logIn?.(id))
      const found = await here.link.identify({ ticket })
      expect([found.kind, found.rawLevel]).toEqual([kind, level])
      expect((await here.page(kind)).hrefs.some((href) => href.includes(`account=${id}&`))).toBe(true)
    }
    expect(() => here.region.logIn?.('np0')).toThrow('There is no account np0')
  })

  test('a ticket survives a restart, and a state of before there was a log-in can be loaded', async () => {
    const here = open()
    const ticket = String(here.region.logIn?.('np1'))
    const { tickets: _, ...older } = here.region.save() as Record<string, unknown>
    const again = simulateShanghai(here.world)
    again.load(here.region.save())
    const body = new URLSearchParams({ access_token: ticket })
    const ask = () => again.app.request('http://sh.test/uc/oauth2.0/me.do', { method: 'POST', body })
    expect(await (await ask()).json()).toMatchObject({ zwdtsw_user_id: 'shu-np1' })
    again.load(older)
    expect(await (await ask()).json()).toEqual({ error: 'invalid_token' })
  })
})
