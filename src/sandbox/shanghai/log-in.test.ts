/** What the log-in of the played Shanghai refuses, and what its pages are (contract 4.5). */
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/sh.json' with { type: 'json' }
import { simulateShanghai } from './index.ts'

const open = () =>
  simulateShanghai({
    now: () => new Date('2026-03-02T09:00:00+08:00'),
    baseUrl: 'http://sh.test',
    gatewayUrl: 'http://gateway.test',
    post: async () => ({ status: 200, body: '' }),
  })
const BACK = encodeURIComponent('https://gw.test/back?state=1')
const PERSONS = '/uc/naturalUser/jumpCountry.do'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

describe('the pages', () => {
  test.each([
    ['another ly', `${PERSONS}?ly=other&redirect_uri=${BACK}`],
    ['no ly', `${PERSONS}?redirect_uri=${BACK}`],
    ['another member', `${PERSONS}?ly=csj&redirect_uri=${BACK}&state=1`],
    ['an address that was not encoded', `${PERSONS}?ly=csj&redirect_uri=https://gw.test/back?a=1&b=2`],
    ['no address', `${PERSONS}?ly=csj`],
    ['an address twice', `${PERSONS}?ly=csj&redirect_uri=${BACK}&redirect_uri=${BACK}`],
    ['an address with a fragment', `${PERSONS}?ly=csj&redirect_uri=${BACK}%23part`],
    ['a relative address', `${PERSONS}?ly=csj&redirect_uri=%2Fback`],
    ['another scheme', `${PERSONS}?ly=csj&redirect_uri=javascript%3Aalert(1)`],
    ['ly for organisations', `/tsoauth/login.jsp?ly=csj&redirect_uri=${BACK}`],
    ['an account of the other page', `/tsoauth/chosen.do?account=np1&redirect_uri=${BACK}`],
    ['an unknown account', `/uc/naturalUser/chosen.do?account=np0&redirect_uri=${BACK}`],
  ])('%s is refused with a page', async (_what, path) => {
    const region = open()
    const answer = await region.app.request(`http://sh.test${path}`)
    expect(answer.status).toBe(400)
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(region.refusals()).toMatchObject([{ operation: 'sso-login', status: 400, code: 'PARAM_ERROR' }])
    expect(JSON.stringify(region.refusals())).not.toContain('gw.test')
  })

  test('say that all is made up, and fit a phone', async () => {
    const answer = await open().app.request(`http://sh.test${PERSONS}?ly=csj&redirect_uri=${BACK}`)
    const text = await answer.text()
    expect(text).toContain('模拟地区, 人员和证件全部虚构')
    expect(text).toContain('<html lang="zh-CN">')
    expect(text).toContain('width=device-width')
    expect(text).toContain('测试戊')
    expect(text).not.toContain('上海示例科技有限公司')
    expect(text).not.toMatch(/\d{17}/)
  })

  test('what stands in the address is escaped', async () => {
    const nasty = encodeURIComponent('https://gw.test/?"><script>alert(1)</script>')
    const answer = await open().app.request(`http://sh.test${PERSONS}?ly=csj&redirect_uri=${nasty}`)
    expect(await answer.text()).not.toContain('<script>')
  })

  test('an address without a query gets one', async () => {
    const path = `/uc/naturalUser/chosen.do?account=&redirect_uri=${encodeURIComponent('https://gw.test/back')}`
    const answer = await open().app.request(`http://sh.test${path}`)
    expect(answer.headers.get('location')).toBe('https://gw.test/back?error=access_denied')
  })
})

describe('me.do', () => {
  const ask = async (body: string, headers: Record<string, string> = FORM) => {
    const region = open()
    const ticket = String(region.logIn?.('np1'))
    const url = 'http://sh.test/uc/oauth2.0/me.do'
    const init = { method: 'POST', headers, body: body.replace('TICKET', ticket) }
    const answer = await region.app.request(url, init)
    return { status: answer.status, body: await answer.json() }
  }
  test.each([
    ['no field', '', FORM],
    ['an empty field', 'access_token=', FORM],
    ['another field', 'access_token=TICKET&more=1', FORM],
    ['a field twice', 'access_token=TICKET&access_token=TICKET', FORM],
    ['JSON', '{"access_token":"TICKET"}', { 'content-type': 'application/json' }],
    ['another charset', 'access_token=TICKET', { 'content-type': `${FORM['content-type']};charset=gbk` }],
  ])('%s is no request', async (_what, body, headers) => {
    expect(await ask(body, headers)).toEqual({ status: 400, body: { error: 'invalid_request' } })
  })

  test.each(['none', 'toString', '__proto__'])('the token %s is not valid', async (token) => {
    expect(await ask(`access_token=${token}`)).toEqual({ status: 200, body: { error: 'invalid_token' } })
  })

  test('utf-8 may be said', async () => {
    const headers = { 'content-type': `${FORM['content-type']};charset=UTF-8` }
    expect((await ask('access_token=TICKET', headers)).body).toMatchObject({ zwdtsw_user_id: 'shu-np1' })
  })

  test.each([
    ['sso-userinfo', 'np1'],
    ['sso-userinfo-legal', 'lp1'],
  ])('%s is told as the sample tells it', async (op, account) => {
    const region = open()
    const body = new URLSearchParams({ access_token: String(region.logIn?.(account)) })
    const answer = await region.app.request('http://sh.test/uc/oauth2.0/me.do', { method: 'POST', body })
    const sample = vectors.samples.find((one) => one.op === op)?.response.body
    expect(await answer.json()).toMatchObject(sample as object)
  })

  test('GET is not its method, and the operations have names', async () => {
    const region = open()
    expect((await region.app.request('http://sh.test/uc/oauth2.0/me.do')).status).toBe(405)
    expect(region.operationOf('POST', '/uc/oauth2.0/me.do')).toBe('sso-userinfo')
    expect(region.operationOf('GET', `${PERSONS}?ly=csj`)).toBe('sso-login')
    expect(region.operationOf('GET', '/tsoauth/login.jsp')).toBe('sso-login')
  })
})
