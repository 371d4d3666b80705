/**
 * A certificate number stands in the address of every question for licences (contract 4.g.1): whatever goes wrong, nothing of the
 * address is in the error, and so in no log and no answer.
 */
import { describe, expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import type { Outgoing } from '../kit/transport.ts'
import {
  asking,
  identityCard,
  LICENCE_ID,
  licenceFile,
  licenceRow,
  licencesOf,
  shared,
} from './test-holdings.ts'
import { pretend, SECRETS } from './test-region.ts'

const file = Buffer.from('%PDF-1.4')
const CALLS = [
  ['find', (from: ReturnType<typeof licencesOf>) => from.find(asking)],
  [
    'fetch',
    (from: ReturnType<typeof licencesOf>) => from.fetch({ ...asking, licence: identityCard, reason: '' }),
  ],
  [
    'verify',
    (from: ReturnType<typeof licencesOf>) =>
      from.verify({ ...asking, claim: { identifier: LICENCE_ID, file } }),
  ],
] as const

/** Whatever may stand in an error that is logged: messages, facts, faults, stacks, and those of its causes. */
function everythingOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = error instanceof GatewayError ? JSON.stringify([error.code, error.facts, error.errors]) : ''
  return [error.message, error.stack, own, JSON.stringify(error), everythingOf(error.cause)].join('\n')
}

type Answer = Parameters<typeof pretend>[0]

/** Ways to fail, each with the address told back where there is room for it. */
const FAILURES: readonly (readonly [string, (out: Outgoing) => ReturnType<Answer>])[] = [
  ['another front’s 404', ({ url }) => ({ status: 404, json: { message: `Cannot GET ${url}` } })],
  ['another front’s 401', ({ url }) => ({ status: 401, json: { message: url, path: url } })],
  ['another front’s 413', ({ url }) => ({ status: 413, json: { message: { url } } })],
  ['a page with HTTP 404', ({ url }) => ({ status: 404, body: Buffer.from(`<p>${url}`) })],
  ['a page with HTTP 200', ({ url }) => ({ body: Buffer.from(`<p>${url}`) })],
  ['HTTP 502', ({ url }) => ({ status: 502, body: Buffer.from(url) })],
  ['HTTP 400', ({ url }) => ({ status: 400, json: { error: 'Bad Request', path: url } })],
  ['a refused parameter', ({ url }) => ({ json: { code: '04', msg: `参数错误:${url}`, datas: null } })],
  ['no record', ({ url }) => ({ json: { code: '06', msg: url, datas: null } })],
  ['a refusal without a code', ({ url }) => ({ json: { msg: url } })],
  ['rows that are none', ({ url }) => ({ json: shared([url]) })],
  ['another holder', () => ({ json: shared(licenceRow({ certificate_holder_code: '330203190203042021' })) })],
  ['another name', () => ({ json: shared(licenceRow({ certificate_holder: '测试乙' })) })],
  ['another file', () => ({ json: licenceFile({ file_digest: '0'.repeat(64) }) })],
]

describe.each(CALLS)('%s', (_name, call) => {
  test.each(FAILURES)('fails discreetly: %s', async (_what, answer) => {
    const { link, sent } = pretend((out) =>
      out.url.includes('refreshToken') ? { json: { code: '00', datas: SECRETS } } : answer(out),
    )
    const told = everythingOf(
      await call(licencesOf(link)).then(
        () => expect.unreachable(),
        (error: unknown) => error,
      ),
    )
    const secret = [...new URL(sent.at(-1)?.url ?? '').searchParams]
      .filter(([name]) => name !== 'use_purpose')
      .map(([, value]) => value)
    expect(secret.length).toBeGreaterThan(4)
    for (const value of [...secret, '测试甲', '测试乙', '330203190203042021', '?'])
      expect(told).not.toContain(value)
  })
})

test('the gateway’s own words are told, and no others', async () => {
  const of = async (message: unknown) => {
    const { link } = pretend(() => ({ status: 401, json: { message } }))
    return await link.health('330100').catch((error: GatewayError) => error.facts['message'])
  }
  expect(await of('The route_id is forbidden.')).toBe('The route_id is forbidden.')
  expect([await of('The route of 33010619010203101X'), await of(undefined)]).toEqual(['another', 'another'])
})
