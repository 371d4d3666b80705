/** One call: where it goes, what stands around it, and what a refusal of the bus asks for (1.1, 3.1, 4.d). */
import { describe, expect, test } from 'vitest'
import type { FiledCase } from '../kit/contract.ts'
import type { Incoming, Outgoing, Transport } from '../kit/transport.ts'
import { caller } from './call.ts'
import { jiangsu } from './index.ts'
import { busSignature } from './sign.ts'
import { config, jsonOf, now, sample } from './test-samples.ts'

const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' }
const DONE = { status: { code: 200, text: '' }, custom: { code: 1 } }
const answer = (body: unknown, more: Partial<Incoming> = {}): Incoming => ({
  status: 200,
  headers: JSON_TYPE,
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  ...more,
})
const refused = (errcode: string, headers: Record<string, string> = {}) =>
  answer({ errcode, errmsg: '' }, { status: 401, headers: { ...JSON_TYPE, ...headers } })

/** A transport that gives these answers in turn, and what went through it. */
function through(...answers: readonly Incoming[]) {
  const left = [...answers]
  const sent: (Outgoing & { timeoutMs: number })[] = []
  const transport: Transport = async (out, { timeoutMs }) => {
    sent.push({ ...out, timeoutMs })
    return left.shift() ?? answer(DONE)
  }
  return { call: caller(config, transport, now), link: jiangsu.connect(config, transport, now), sent }
}
const filed = {
  division: '320500',
  handle: { projectguid: '5c169abe-b050-b37d-ce01-eb5ceb594eb5' },
} as unknown as FiledCase

describe('what goes out', () => {
  test('a hall call: path by its bus code, signed headers, token and params', async () => {
    const { call, sent } = through()
    await call.hall('case-check', 'project', 'zwdtProject/checkAllMaterialIsSubmit', { areacode: '320500' })
    const [out] = sent
    expect(out).toMatchObject({
      method: 'POST',
      url: `${config.baseUrl}/ebus/fakebjk/rest/zwdtProject/checkAllMaterialIsSubmit`,
      timeoutMs: 10_000,
      body: '{"token":"FAKE_MODULE_TOKEN_JS_OUT_0001","params":{"areacode":"320500"}}',
      headers: { 'content-type': 'application/json;charset=UTF-8', 'x-tif-paasid': 'fake_csj_gateway' },
    })
    const {
      'x-tif-timestamp': at = '',
      'x-tif-nonce': nonce = '',
      'x-tif-signature': sign,
    } = out?.headers ?? {}
    expect(at).toBe(String(now().getTime() / 1000))
    expect(nonce).toMatch(/^[0-9A-Za-z]{16}$/)
    expect(sign).toBe(busSignature(at, config.credentials.tifToken, nonce))
  })

  test('an upload: the sample’s query and parts, a quote as %22, a minute’s time', async () => {
    const { call, sent } = through()
    const { path, body } = sample('material-upload').request
    const query = Object.fromEntries(new URL(path, config.baseUrl).searchParams)
    await call.upload(query, {
      name: '身份证.pdf',
      contentType: 'application/pdf',
      bytes: Buffer.from('%PDF-1.4 fake'),
    })
    expect(sent[0]).toMatchObject({ method: 'POST', url: config.baseUrl + path, timeoutMs: 60_000 })
    const told = (text: string) =>
      text.replaceAll(/--+[0-9A-Za-z]*(boundary1|delta[0-9a-f]+)(--)?/g, '--x').trim()
    expect(told(String(sent[0]?.body))).toBe(told(String(body).replaceAll(/\r?\n/g, '\r\n')))
    await call.upload(query, { name: 'a"b.pdf', contentType: 'application/pdf', bytes: Buffer.from('x') })
    expect(String(sent[1]?.body)).toContain('filename="a%22b.pdf"')
  })

  test('a download and the health of a city: the sample’s queries, and no body', async () => {
    const { link, sent } = through(answer('%PDF', { headers: { 'content-type': 'application/pdf' } }))
    const { path } = sample('material-download').request
    await link.download(filed, new URL(path, config.baseUrl).searchParams.get('attachguid') ?? '')
    await link.health('320500')
    expect(sent.map(({ method, url, timeoutMs }) => [method, url, timeoutMs])).toEqual([
      ['GET', config.baseUrl + path, 60_000],
      ['GET', config.baseUrl + sample('health').request.path, 10_000],
    ])
    for (const out of sent) {
      expect(out).not.toHaveProperty('body')
      expect(out.headers).not.toHaveProperty('content-type')
    }
  })
})

describe('a refusal of the bus', () => {
  test('a used nonce is mended once by fresh headers', async () => {
    const { link, sent } = through(refused('1004'))
    await link.health('320500')
    expect(sent).toHaveLength(2)
    expect(sent[0]?.headers['x-tif-nonce']).not.toBe(sent[1]?.headers['x-tif-nonce'])
    const twice = through(refused('1004'), refused('1004'))
    await expect(twice.link.health('320500')).rejects.toMatchObject({ code: 'REGION_AUTH' })
    expect(twice.sent).toHaveLength(2)
  })

  test('a clock that went wrong is set by the platform’s own date, for this call and the next', async () => {
    const date = new Date(now().getTime() + 600_000)
    const { link, sent } = through(refused('1003', { date: date.toUTCString() }))
    await link.health('320500')
    await link.health('320500')
    const seconds = sent.map((out) => Number(out.headers['x-tif-timestamp']) - now().getTime() / 1000)
    expect(seconds).toEqual([0, 600, 600])
  })

  test.each(['1001', '1002', '1005', '1007'])('%s is not tried again', async (errcode) => {
    const { link, sent } = through(refused(errcode))
    await expect(link.health('320500')).rejects.toMatchObject({
      code: 'REGION_AUTH',
      facts: { code: errcode },
    })
    expect(sent).toHaveLength(1)
  })
})

describe('a download', () => {
  const get = (incoming: Incoming) => through(incoming).link.download(filed, 'g')

  test('is the bytes, with the name that came', async () => {
    const { headers = {} } = sample('material-download').response
    expect(await get(answer('%PDF-1.4 fake', { headers }))).toEqual({
      name: '身份证.pdf',
      contentType: 'application/pdf',
      bytes: Buffer.from('%PDF-1.4 fake'),
    })
  })

  test('is none when it is JSON or 5xx, whatever else it says', async () => {
    const pdf = { 'content-type': 'application/pdf' }
    await expect(get(answer('%PDF', { status: 503, headers: pdf }))).rejects.toMatchObject({
      code: 'REGION_UNAVAILABLE',
    })
    await expect(get(refused('1002'))).rejects.toMatchObject({ code: 'REGION_AUTH' })
    await expect(get(answer(DONE))).rejects.toMatchObject({ code: 'REGION_ANSWER_INVALID' })
    const refusal = jsonOf(sample('case-query-not-found').response.body)
    await expect(get(answer(refusal))).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' })
  })
})

test('a city out of service is not well', async () => {
  const { link } = through(answer({ ...DONE, custom: { code: '0', text: '服务暂停' } }))
  await expect(link.health('320500')).rejects.toMatchObject({ code: 'REGION_UNAVAILABLE' })
})

test('a city that the directory does not list is not asked', async () => {
  const { link, sent } = through()
  const asked = [link.health('330100'), link.listMatters({ division: '321400', page: 1, pageSize: 1 })]
  for (const one of asked) await expect(one).rejects.toMatchObject({ code: 'REGION_NOT_CONNECTED' })
  expect(sent).toEqual([])
})
