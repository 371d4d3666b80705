import { describe, expect, test } from 'vitest'
import { openCallback } from './callback.ts'
import { shanghai } from './index.ts'
import { callbackText, signCallback } from './sign.ts'
import { config, vectors } from './test-vectors.ts'

describe('callbacks', () => {
  const callbacks = vectors.samples.filter((one) => one.op === 'callback') as unknown as {
    event: string
    request: { path: string; headers: Record<string, string>; body: unknown }
  }[]
  const signed = (body: string, headers: Record<string, string> = {}, at = 1_772_414_100_000) => {
    const nonce = 'abcdef0123456789'
    const own = {
      'x-sh-timestamp': String(at),
      'x-sh-nonce': nonce,
      'x-sh-signature': signCallback(
        config.credentials.callbackSecret,
        callbackText('/sh/callback/applyFk', String(at), nonce, Buffer.from(body)),
      ),
      ...headers,
    }
    return openCallback(
      { method: 'POST', target: '/sh/callback/applyFk', headers: own, body: Buffer.from(body) },
      config,
      new Date(at),
    )
  }
  test.each(callbacks)('$event of the story is read', ({ event, request }) => {
    const opened = signed(JSON.stringify(request.body))
    expect(opened).toMatchObject({
      accepted: true,
      content: { event: { status: event, caseNumber: 'CSJ202603020000001' } },
    })
  })
  test('trap 17: the raw bytes are signed, and a retry keeps its event id', () => {
    const body = JSON.stringify(callbacks[0]?.request.body, null, 2)
    expect(signed(body)).toMatchObject({ accepted: true })
    expect(signed(body, { 'x-sh-signature': 'f'.repeat(64) })).toMatchObject({
      accepted: false,
      answer: { status: 401 },
    })
  })
  test.each([
    ['a missing header', { 'x-sh-nonce': '' }, 0, 'SIGN_INVALID'],
    ['an old clock', {}, 301_000, 'TIMESTAMP_INVALID'],
  ])('refuses %s', (_name, headers, late, code) => {
    const at = 1_772_414_100_000
    const opened = openCallback(
      {
        method: 'POST',
        target: '/sh/callback/applyFk',
        headers: {
          'x-sh-timestamp': String(at),
          'x-sh-nonce': 'abcdef0123456789',
          'x-sh-signature': 'a'.repeat(64),
          ...headers,
        },
        body: Buffer.from('{}'),
      },
      config,
      new Date(at + late),
    )
    expect(opened).toMatchObject({ accepted: false })
    if (!opened.accepted) expect(JSON.parse(opened.answer.body)).toMatchObject({ errorCode: code })
  })
  test('a bad member is named, an unknown word is not refused', () => {
    const body = structuredClone(callbacks[0]?.request.body) as { data: Record<string, unknown> }
    expect(signed(JSON.stringify({ ...body, data: { ...body.data, opTime: '' } }))).toMatchObject({
      content: { answer: { body: expect.stringContaining('参数错误:opTime') } },
    })
    expect(signed(JSON.stringify({ ...body, data: { ...body.data, status: '飞走了' } }))).toMatchObject({
      content: { event: { status: 'UNKNOWN', alarms: [{ code: '飞走了' }] } },
    })
  })
})

test('the configuration of the contract fits, and one without a secret does not', () => {
  expect(shanghai.callbackPaths(vectors.config as never)).toEqual(['/sh/callback/applyFk'])
})
