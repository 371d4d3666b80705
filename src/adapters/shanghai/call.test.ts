/** The token that every call needs, and the addresses that calls go to (contract 1, 3.1). */
import { describe, expect, test } from 'vitest'
import type { Incoming, Outgoing, Transport } from '../kit/transport.ts'
import { caller } from './call.ts'
import type { ShanghaiConfig } from './config.ts'
import { json, refused } from './test-region.ts'
import { config } from './test-vectors.ts'

/** Tokens are t1, t2 …; a business call is answered by the token that it carries. */
function region(
  answer: (token: string) => Incoming,
  token: (n: number) => unknown = tokenOf,
  own: ShanghaiConfig = config,
) {
  const sent: Outgoing[] = []
  let [count, ms] = [0, 0]
  const transport: Transport = async (out) => {
    sent.push(out)
    await Promise.resolve()
    if (!out.url.endsWith('/oauth2/getToken')) return answer(JSON.parse(String(out.body)).accessToken)
    count += 1
    return json(token(count))
  }
  const call = caller(own, transport, () => new Date(ms))
  return { call, sent, tokens: () => count, pass: (seconds: number) => (ms += seconds * 1000) }
}
const tokenOf = (n: number): unknown => ({ access_token: `t${n}`, expires_in: 3600 })
const fine = () => json({ isSuccess: true, code: 200, msg: null, data: { is: 'well' } })
const ask = (here: ReturnType<typeof region>) =>
  here.call.json('case-query', '/uapply/getApplyBase', { applyNo: '1' })

describe('the token', () => {
  test('is asked for as a form of two fields', async () => {
    const here = region(fine)
    expect(await ask(here)).toEqual({ is: 'well' })
    const [first, second] = here.sent
    expect(first).toMatchObject({
      method: 'POST',
      url: 'http://127.0.0.1:4310/ac-product-api/oauth2/getToken',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'clientId=csj-gw-fake&clientSecret=FAKE_CLIENT_SECRET_SH',
    })
    expect(second).toMatchObject({
      method: 'POST',
      url: 'http://127.0.0.1:4310/ac-product-api/uapply/getApplyBase',
      headers: { 'content-type': 'application/json;charset=UTF-8' },
      body: '{"accessToken":"t1","applyNo":"1"}',
    })
  })

  test.each([3600, '3600'])('is kept until 120 seconds before its end of %j', async (expires) => {
    const here = region(fine, (n) => ({ access_token: `t${n}`, expires_in: expires }))
    await ask(here)
    here.pass(3479)
    await ask(here)
    expect(here.tokens()).toBe(1)
    here.pass(1)
    await ask(here)
    expect(here.tokens()).toBe(2)
  })

  test('is fetched once for all who wait', async () => {
    const here = region(fine)
    await Promise.all(Array.from({ length: 8 }, () => ask(here)))
    expect(here.tokens()).toBe(1)
  })

  test('that has ended is dropped, and the call repeated once', async () => {
    const here = region((token) => (token === 't1' ? refused('TOKEN_INVALID') : fine()))
    expect(await ask(here)).toEqual({ is: 'well' })
    expect([here.tokens(), here.sent.length]).toEqual([2, 4])
  })

  test('that is refused twice is a failure of authentication', async () => {
    const here = region(() => refused('TOKEN_INVALID'))
    await expect(ask(here)).rejects.toMatchObject({ code: 'REGION_AUTH' })
    expect(here.tokens()).toBe(2)
  })

  test('another refusal is not repeated', async () => {
    const here = region(() => refused('PARAM_ERROR', '参数错误:applyNo'))
    await expect(ask(here)).rejects.toMatchObject({ code: 'REGION_REJECTED', facts: { member: 'applyNo' } })
    expect(here.sent).toHaveLength(2)
  })

  test('a wrong secret is told with HTTP 200', async () => {
    const here = region(fine, () => ({ error: 'invalid_client' }))
    await expect(ask(here)).rejects.toMatchObject({
      code: 'REGION_AUTH',
      facts: { operation: 'token', code: 'invalid_client' },
    })
  })
})

describe('addresses', () => {
  test('an absolute base is used instead of baseUrl', async () => {
    const here = region(fine, tokenOf, {
      ...config,
      options: { ...config.options, apiBase: 'https://api.example/x' },
    })
    await ask(here)
    expect(here.sent.map(({ url }) => url)).toEqual([
      'https://api.example/x/oauth2/getToken',
      'https://api.example/x/uapply/getApplyBase',
    ])
  })

  test('health is a GET without a token', async () => {
    const here = region(fine)
    const sent: Outgoing[] = []
    const health = (answer: Incoming) =>
      caller(
        config,
        async (out) => {
          sent.push(out)
          return answer
        },
        () => new Date(0),
      ).health()
    await health(fine())
    expect(sent).toEqual([{ method: 'GET', url: 'http://127.0.0.1:4310/ac-product-api/health', headers: {} }])
    await expect(health(json({ isSuccess: false, errorCode: 'SYSTEM_ERROR' }))).rejects.toMatchObject({
      code: 'REGION_UNAVAILABLE',
    })
    expect(here.tokens()).toBe(0)
  })
})
