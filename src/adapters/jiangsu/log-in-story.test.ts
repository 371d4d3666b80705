/** A log-in from the page to the person, adapter and played region against each other (4.e). */
import { describe, expect, test } from 'vitest'
import { simulateJiangsu } from '../../sandbox/jiangsu/index.ts'
import type { Transport } from '../kit/transport.ts'
import { jiangsu } from './index.ts'

const RETURN = 'http://gateway.test/sso/js/back?state=s1'

/** The played region, its log-in, and a browser that follows one link of its page. */
function open(credentials: Readonly<Record<string, unknown>> = {}, returnTo = RETURN) {
  let ms = Date.parse('2026-03-02T09:00:00+08:00')
  const now = () => new Date(ms)
  const world = {
    now,
    baseUrl: 'http://js.test',
    gatewayUrl: 'http://gateway.test',
    post: async () => ({ status: 200, body: '' }),
  }
  const region = simulateJiangsu(world)
  const sent: string[] = []
  const transport: Transport = async ({ url, method, headers, body }) => {
    sent.push(String(body))
    const init = { method, headers: { ...headers }, ...(body === undefined ? {} : { body: String(body) }) }
    const answer = await region.app.request(url, init)
    const bytes = Buffer.from(await answer.arrayBuffer())
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: bytes }
  }
  const config = {
    ...region.config,
    credentials: { ...(region.config['credentials'] as object), ...credentials },
  }
  const link = jiangsu.logIn?.(config as never, transport, now)
  if (!link) throw new Error('no log-in')

  const page = async () => {
    const answer = await region.app.request(link.address({ returnTo, kind: 'person' }))
    expect(answer.status).toBe(200)
    const hrefs = [...(await answer.text()).matchAll(/<a[^>]* href="([^"]+)"/g)]
    return hrefs.map((one) => String(one[1]).replaceAll('&amp;', '&'))
  }
  const click = async (account: string) => {
    const href = (await page()).find(
      (one) => new URLSearchParams(one.split('?')[1]).get('account') === account,
    )
    const answer = await region.app.request(`http://js.test${href}`)
    expect(answer.status).toBe(302)
    return new URL(String(answer.headers.get('location')))
  }
  const wait = (seconds: number) => {
    ms += seconds * 1000
  }
  return { region, world, link, page, click, wait, sent }
}

const ticketOf = ({ link }: ReturnType<typeof open>, back: URL) => String(link.ticketIn(back.searchParams))

describe('a log-in in the played Jiangsu', () => {
  test('a person: page, link, way back, person; the ticket works once', async () => {
    const here = open()
    const back = await here.click('js_0000')
    expect(back.href).toMatch(/^http:\/\/gateway\.test\/sso\/js\/back\?state=s1&ticket=[0-9A-Za-z_-]{16,64}$/)
    const ticket = ticketOf(here, back)
    expect(await here.link.identify({ ticket, returnTo: RETURN })).toMatchObject({
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
      { operation: 'sso-exchange', status: 200, code: '000002', message: '票据无效或已使用' },
    ])
  })

  test('an organisation, whose agent is not its legal representative', async () => {
    const here = open()
    const ticket = ticketOf(here, await here.click('jscorp_T14G'))
    expect(await here.link.identify({ ticket })).toMatchObject({
      kind: 'organisation',
      level: 3,
      person: { name: '张测试', idDocument: { type: '111', number: '320501190001010015' } },
      organisation: {
        name: '南京样例贸易有限公司',
        idDocument: { type: '001', number: '91320100MA1TEXT14G' },
        legalRepresentative: {
          name: '李样例',
          idDocument: { type: '111', number: '320102190102030028' },
        },
      },
    })
  })

  test('who gives up comes back without a ticket', async () => {
    const back = await open().click('')
    expect(back.href).toBe(RETURN)
  })

  test('a ticket stands before a fragment, and other letters than ASCII are encoded', async () => {
    const back = await open({}, 'http://gateway.test/返回#part').click('js_0015')
    expect(back.href).toMatch(/^http:\/\/gateway\.test\/%E8%BF%94%E5%9B%9E\?ticket=T[0-9a-f]{32}#part$/)
  })

  test('a ticket lives two minutes', async () => {
    const here = open()
    const [early, late] = [String(here.region.logIn?.('js_0015')), String(here.region.logIn?.('js_0015'))]
    here.wait(120)
    expect((await here.link.identify({ ticket: early })).person.name).toBe('张测试')
    here.wait(1)
    await expect(here.link.identify({ ticket: late })).rejects.toMatchObject({
      code: 'LOGIN_TICKET_INVALID',
      facts: { code: '000002' },
    })
  })

  test('a wrong secret of the identity platform, and one of the bus', async () => {
    const wrong = open({ jis: { appmark: 'fakecsjgw', appword: 'ANOTHERSECRET123' } })
    const ticket = String(wrong.region.logIn?.('js_0015'))
    await expect(wrong.link.identify({ ticket })).rejects.toMatchObject({
      code: 'REGION_AUTH',
      facts: { code: '000001' },
    })
    const bus = open({ tifToken: 'other' })
    await expect(bus.link.identify({ ticket })).rejects.toMatchObject({
      code: 'REGION_AUTH',
      facts: { code: '1002' },
    })
  })

  test('every listed account can be logged in by a program, and by a link of the page', async () => {
    const here = open()
    const accounts = here.region.accounts ?? []
    expect(accounts).toHaveLength(11 + 13)
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(11 + 13)
    expect(accounts.some(({ level }) => level === '0')).toBe(true)
    const hrefs = await here.page()
    const subjects = new Set<string>()
    for (const { id, kind, level } of accounts) {
      const found = await here.link.identify({ ticket: String(here.region.logIn?.(id)) })
      expect([found.kind, found.rawLevel]).toEqual([kind, level])
      subjects.add(found.subject)
      expect(hrefs.some((href) => href.includes(`account=${id}&`))).toBe(true)
    }
    expect(subjects.size).toBe(11 + 13)
    expect(() => here.region.logIn?.('js_9999')).toThrow('There is no account js_9999')
  })

  test('a ticket survives a restart, and a state of before there was a log-in can be loaded', async () => {
    const here = open()
    const ticket = String(here.region.logIn?.('js_0015'))
    const saved = here.region.save() as Record<string, unknown>
    const { tickets: _, tokens: __, ...older } = saved
    here.region.load(saved)
    expect(await here.link.identify({ ticket })).toMatchObject({ kind: 'person' })
    here.region.load(older)
    await expect(here.link.identify({ ticket })).rejects.toMatchObject({ code: 'LOGIN_TICKET_INVALID' })
  })
})
