import { describe, expect, test } from 'vitest'
import { openKit, samplesOf } from './test-kit.ts'
import { failure, get, tokenOf } from './test-log-in.ts'

describe('the user service', () => {
  const plain = (data: unknown) => {
    const { rowNum: _, ext1: __, accessToken: ___, ...rest } = data as Record<string, unknown>
    return rest
  }
  test.each([
    ['sso-userinfo', '/nperson/info', 'ahperson0001'],
    ['sso-legalinfo', '/legal/info', 'ahlegal00002'],
  ])('answers %s as recorded, for thirty minutes', async (op, path, userId) => {
    const kit = openKit()
    const asked = { userId, access_token: await tokenOf(kit, userId) }
    const recorded = samplesOf(op)[0]?.response.body as unknown as Record<string, unknown>
    kit.pass(1800)
    const { status, json } = await get(kit, path, asked)
    expect([status, { ...json, data: plain(json['data']) }]).toEqual([
      200,
      { ...recorded, data: plain(recorded['data']) },
    ])
    kit.pass(1)
    expect(failure(await get(kit, path, asked))).toEqual([200, false, 'U0001', '令牌不存在或已过期', null])
  })

  test('refuses in the order of its codes', async () => {
    const kit = openKit()
    const token = await tokenOf(kit, 'ahperson0001')
    const refused = async (path: string, query: Record<string, string>) =>
      failure(await get(kit, path, query)).slice(2, 4)
    expect(await refused('/nperson/info', { userId: '', access_token: 'x', more: '1' })).toEqual([
      'U0004',
      '参数错误:more',
    ])
    expect(await refused('/nperson/info', { access_token: token })).toEqual(['U0004', '参数错误:userId'])
    expect(await refused('/nperson/info', { userId: 'x' })).toEqual(['U0004', '参数错误:access_token'])
    expect((await refused('/nperson/info', { userId: 'x', access_token: 'x' }))[0]).toBe('U0001')
    expect((await refused('/legal/info', { userId: 'ahlegal00001', access_token: token }))[0]).toBe('U0002')
    expect((await refused('/legal/info', { userId: 'ahperson0001', access_token: token }))[0]).toBe('U0003')
  })

  test('stands behind the Shield in its own group, while the page and the exchange do not', async () => {
    const kit = openKit()
    const wrong = await kit.send('GET', '/uccp-user/nperson/info?userId=a&access_token=b', '', '', {
      headers: { 'S-Auth-GroupId': 'fakegroupah01' },
    })
    expect([wrong.status, wrong.json['code']]).toEqual([401, '10005'])
    const unsigned = await kit.region.app.request(
      'http://ah.test/uccp-user/nperson/info?userId=a&access_token=b',
    )
    expect(unsigned.status).toBe(401)
  })
})

describe('the token of the app', () => {
  const path = '/uccp-server/app/tokenInfo'
  test('tells once, within five minutes, who uses the app, with a token of the user', async () => {
    const kit = openKit()
    const token = kit.region.logIn?.('ahperson0002', 'wanshitong') ?? ''
    expect(token).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/)
    kit.pass(300)
    const { json } = await kit.form(path, { token })
    const recorded = samplesOf('sso-apptoken')[0]?.response.body as { data: Record<string, unknown> }
    const { rowNum: _, ext1: __, accessToken: ___, ...expected } = recorded.data
    expect(json).toMatchObject({ status: true, code: '0', message: '', data: expected })
    const { accessToken } = json['data'] as { accessToken: string }
    const read = await get(kit, '/nperson/info', { userId: 'ahperson0002', access_token: accessToken })
    expect(read.json['status']).toBe(true)
    expect((await kit.form(path, { token })).json['code']).toBe('U0001')
    const late = kit.region.logIn?.('ahperson0002', 'wanshitong') ?? ''
    kit.pass(301)
    expect((await kit.form(path, { token: late })).json['code']).toBe('U0001')
  })

  test.each([
    ['token', {}],
    ['token', { token: '' }],
    ['more', { token: 'x', more: '1' }],
  ])('is refused with U0004 for a wrong %s', async (member, fields: Record<string, string>) => {
    const answer = await openKit().form(path, fields)
    expect(failure(answer)).toEqual([200, false, 'U0004', `参数错误:${member}`, null])
  })

  test('is refused with U0004 in another content type', async () => {
    const answer = await openKit().send('POST', path, '{"token":"x"}', 'application/json')
    expect(failure(answer)).toEqual([200, false, 'U0004', '参数错误:Content-Type', null])
  })
})
