/** What the log-in of the played Jiangsu refuses, in the contract's order of checks (4.e); signs and ciphers are written here again. */
import { createDecipheriv, createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import { simulateJiangsu } from './index.ts'

const START = Date.parse('2099-01-02T09:04:00+08:00')
const PATH = '/ebus/fakesfrz/usercenter/interfaces/jissso_packaging.do'
const PAGE = '/jsjis/front/login.do'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const WORD = 'FAKEAPPWORD12345'

type Fields = Readonly<Record<string, string | undefined>>

/** The played region, and calls of its identity platform; `undefined` leaves a field out. */
function open() {
  let [ms, serial] = [START, 0]
  const region = simulateJiangsu({
    now: () => new Date(ms),
    baseUrl: 'http://js.test',
    gatewayUrl: 'http://gateway.test',
    post: async () => ({ status: 200, body: '' }),
  })
  const send = async (path: string, body: string, headers: Record<string, string> = FORM) => {
    serial += 1
    const [timestamp, nonce] = [String(Math.floor(ms / 1000)), String(serial).padStart(16, '0')]
    const signed = `${timestamp}FAKE_TIF_TOKEN_JS_OUT_0001${nonce}${timestamp}`
    const bus = {
      'x-tif-paasid': 'fake_csj_gateway',
      'x-tif-timestamp': timestamp,
      'x-tif-nonce': nonce,
      'x-tif-signature': createHash('sha256').update(signed).digest('hex').toUpperCase(),
    }
    const init = { method: 'POST', headers: { ...bus, ...headers }, body }
    const answer = await region.app.request(`http://js.test${path}`, init)
    return { status: answer.status, body: (await answer.json()) as Record<string, string> }
  }
  const ask = async (servicename: string, params: unknown, more: Fields = {}) => {
    const time = more['time'] ?? new Date(ms + 8 * 3_600_000).toISOString().replaceAll(/\D/g, '').slice(0, 14)
    const fields: Fields = {
      appmark: 'fakecsjgw',
      time,
      sign: createHash('md5').update(`fakecsjgw${WORD}${time}`).digest('hex'),
      servicename,
      params: typeof params === 'string' ? params : JSON.stringify(params),
      ...more,
    }
    const told = Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as [string, string]],
    )
    return (await send(PATH, new URLSearchParams(told).toString())).body
  }
  const tokenFor = async (account: string): Promise<string> =>
    JSON.parse((await ask('ticketValidate', { ticket: region.logIn?.(account) }))['data'] ?? '').token
  const wait = (seconds: number) => {
    ms += seconds * 1000
  }
  return { region, send, ask, tokenFor, wait }
}

const goto = (url: string) => encodeURIComponent(Buffer.from(url).toString('base64'))
const BACK = goto('https://gw.test/back?state=1')

describe('the page', () => {
  test.each([
    ['another mark', `?appMark=other&gotoUrl=${BACK}`],
    ['another spelling', `?appmark=fakecsjgw&gotoUrl=${BACK}`],
    ['another member', `?appMark=fakecsjgw&gotoUrl=${BACK}&state=1`],
    ['no address', '?appMark=fakecsjgw'],
    ['an address twice', `?appMark=fakecsjgw&gotoUrl=${BACK}&gotoUrl=${BACK}`],
    ['an address in the clear', `?appMark=fakecsjgw&gotoUrl=${encodeURIComponent('https://gw.test/')}`],
    ['no padding', `?appMark=fakecsjgw&gotoUrl=${BACK.replaceAll('%3D', '')}`],
    ['a plus that was not encoded', `?appMark=fakecsjgw&gotoUrl=${btoa('https://gw.test/?>>>>')}`],
    ['base64url', `?appMark=fakecsjgw&gotoUrl=${Buffer.from('https://gw.test/?>>>>').toString('base64url')}`],
    ['another scheme', `?appMark=fakecsjgw&gotoUrl=${goto('javascript:alert(1)')}`],
    [
      'no UTF-8',
      `?appMark=fakecsjgw&gotoUrl=${encodeURIComponent(Buffer.from('https://gw.test/\xe4', 'latin1').toString('base64'))}`,
    ],
  ])('%s is refused with a page', async (_what, query) => {
    const { region } = open()
    const answer = await region.app.request(`http://js.test${PAGE}${query}`)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(region.refusals()).toMatchObject([{ operation: 'sso-login', status: 400 }])
    expect(JSON.stringify(region.refusals())).not.toContain('gw.test')
  })

  test('an unknown account is refused as well', async () => {
    const { region } = open()
    const path = `/jsjis/front/chosen.do?account=js_9999&gotoUrl=${BACK}`
    expect((await region.app.request(`http://js.test${path}`)).status).toBe(400)
  })

  test('shows persons and organisations, says that all is made up, and needs no bus', async () => {
    const address = `http://js.test${PAGE}?appMark=fakecsjgw&gotoUrl=${BACK}`
    const answer = await open().region.app.request(address)
    const text = await answer.text()
    expect(answer.status).toBe(200)
    for (const told of [
      '模拟地区, 人员和证件全部虚构',
      'width=device-width',
      '钱演示',
      '南通示范建设有限公司',
      '法定代表人 王示范',
    ])
      expect(text).toContain(told)
    expect(text).not.toMatch(/\d{17}/)
  })

  test('a POST to it has no headers of the bus', async () => {
    const answer = await open().region.app.request(`http://js.test${PAGE}`, { method: 'POST' })
    expect([answer.status, await answer.json()]).toMatchObject([401, { errcode: '1001' }])
  })
})

describe('the identity platform', () => {
  const refused = (retcode: string) => ({ retcode, data: '' })
  const TICKET = { ticket: 'T'.repeat(32) }

  test.each<[string, Fields, string]>([
    ['a field missing', { params: undefined, sign: 'x' }, '000006'],
    ['an empty field', { params: '' }, '000006'],
    ['an unknown field, before the sign', { more: '1', sign: 'x' }, '000006'],
    ['an unknown mark', { appmark: 'other' }, '000001'],
    ['a wrong sign, before the time', { sign: 'x', time: '20200101000000' }, '000001'],
    ['a time far away, before the service', { time: '20990102090059', servicename: 'none' }, '000005'],
    ['a time that is none', { time: '20991332090400' }, '000005'],
    ['a time in the hall’s form', { time: '2099-01-02 09:04:00' }, '000005'],
    ['an unknown service, before the parameters', { servicename: 'none', params: '[]' }, '000004'],
    ['parameters that are no JSON', { params: '{' }, '000006'],
    ['parameters that are a list', { params: '["a"]' }, '000006'],
    ['a null', { params: 'null' }, '000006'],
    ['another parameter', { params: '{"token":"x"}' }, '000006'],
    ['one parameter more', { params: '{"ticket":"x","more":"y"}' }, '000006'],
    ['a parameter that is a number', { params: '{"ticket":1}' }, '000006'],
    ['an unknown ticket', {}, '000002'],
    ['a ticket that every object has', { params: '{"ticket":"constructor"}' }, '000002'],
  ])('%s', async (_what, more, retcode) => {
    const { ask, region } = open()
    expect(await ask('ticketValidate', TICKET, more)).toMatchObject(refused(retcode))
    expect(region.refusals()).toMatchObject([{ operation: 'sso-exchange', status: 200, code: retcode }])
    expect(JSON.stringify(region.refusals())).not.toContain('TTTT')
  })

  test('three minutes away is still near', async () => {
    const { ask } = open()
    expect(await ask('ticketValidate', TICKET, { time: '20990102090100' })).toMatchObject(refused('000002'))
    expect(await ask('ticketValidate', TICKET, { time: '20990102090700' })).toMatchObject(refused('000002'))
    expect(await ask('ticketValidate', TICKET, { time: '20990102090701' })).toMatchObject(refused('000005'))
  })

  test.each([
    ['JSON', PATH, { 'content-type': 'application/json' }],
    ['another charset', PATH, { 'content-type': `${FORM['content-type']};charset=gbk` }],
    ['a query', `${PATH}?a=1`, FORM],
  ])('%s is refused by the bus', async (_what, path, headers) => {
    expect(await open().send(path, 'a=1', headers)).toMatchObject({ status: 400, body: { errcode: '1006' } })
  })

  test('without the bus there is no answer', async () => {
    const answer = await open().region.app.request(`http://js.test${PATH}`, { method: 'POST', headers: FORM })
    expect([answer.status, await answer.json()]).toMatchObject([401, { errcode: '1001' }])
  })

  test('a ticket is used up by its exchange, a token is not by its use, and ends after half an hour', async () => {
    const { region, ask, wait } = open()
    const ticket = region.logIn?.('js_0015')
    const { data = '' } = await ask('ticketValidate', { ticket })
    const { token, usertype } = JSON.parse(data)
    expect(usertype).toBe('1')
    expect(await ask('ticketValidate', { ticket })).toMatchObject(refused('000002'))
    for (const seconds of [0, 900, 900]) {
      wait(seconds)
      expect(await ask('findOutsideUserByToken', { token })).toMatchObject({ retcode: '000000' })
    }
    wait(1)
    expect(await ask('findOutsideUserByToken', { token })).toMatchObject(refused('000003'))
  })

  test('a person is not asked for as an organisation, nor the reverse; an unknown token comes first', async () => {
    const { ask, tokenFor, region } = open()
    const [person, firm] = [await tokenFor('js_0015'), await tokenFor('jscorp_T06A')]
    expect(await ask('findCorUserByToken', { token: person })).toMatchObject(refused('000007'))
    expect(await ask('findOutsideUserByToken', { token: firm })).toMatchObject(refused('000007'))
    expect(await ask('findCorUserByToken', { token: 'none' })).toMatchObject(refused('000003'))
    expect(region.refusals().map(({ operation }) => operation)).toEqual(Array(3).fill('sso-userinfo'))
  })

  test('user data have the members of the contract, in hex of either case', async () => {
    const { ask, tokenFor } = open()
    const read = async (service: string, account: string) => {
      const hex = (await ask(service, { token: await tokenFor(account) }))['data'] ?? ''
      const decipher = createDecipheriv('aes-128-ecb', WORD, null)
      const text = decipher.update(hex, 'hex', 'utf8') + decipher.final('utf8')
      return { hex, members: JSON.parse(text) as Record<string, string> }
    }
    const { person, corporate } = vectors.ssoPlaintext
    const [first, second] = [
      await read('findOutsideUserByToken', 'js_0015'),
      await read('findCorUserByToken', 'jscorp_T06A'),
    ]
    expect(Object.keys(first.members)).toEqual(Object.keys(person))
    expect(Object.keys(second.members)).toEqual(Object.keys(corporate))
    const { loginname, code, papersnumber, sex } = person
    expect(first.members).toMatchObject({
      loginname,
      code,
      papersnumber,
      sex,
      logintime: '2099-01-02 09:04:00',
    })
    expect([first.hex, second.hex].map((hex) => /[A-F]/.test(hex)).toSorted()).toEqual([false, true])
  })

  test('its operations have names', () => {
    const { region } = open()
    expect(region.operationOf('POST', PATH)).toBe('sso-exchange')
    expect(region.operationOf('GET', `${PAGE}?appMark=x`)).toBe('sso-login')
  })
})
