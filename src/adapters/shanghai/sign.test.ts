/** Every signing vector of the contract (3.4, section 9) that concerns what the gateway speaks. */
import { describe, expect, test } from 'vitest'
import { ROOT } from '../kit/trace.ts'
import { division, nine, regionCode } from './areas.ts'
import { callbackText, signCallback, sm3 } from './sign.ts'
import { config, vectors } from './test-vectors.ts'

type Vector = Readonly<Record<string, string>> & { readonly valid?: boolean }
const kind = (name: string) => vectors.signing.filter((one) => one.kind === name) as unknown as Vector[]

describe('callback', () => {
  test.each(kind('callback').map((one) => [one['name'], one] as const))('%s', (_name, vector) => {
    const {
      secret = '',
      path = '',
      timestamp = '',
      nonce = '',
      body = '',
      signature,
      valid,
      bodySm3,
      text,
    } = vector
    const made = callbackText(path, timestamp, nonce, Buffer.from(body))
    if (valid === false) {
      expect(signCallback(secret, made)).not.toBe(signature)
      return
    }
    if (bodySm3) expect(sm3(body)).toBe(bodySm3)
    if (text) expect(made).toBe(text)
    expect(signCallback(secret, made)).toBe(signature)
  })

  test('the known answer of the contract', () => {
    const body = Buffer.from('{"applyNo":"001003519900001"}')
    expect(sm3(body)).toBe('0f368e60a8768289c2edac1d24de950b4340ebc9a58f434f0de2baac24a20eee')
    const text = callbackText('/sh/callback/applyFk', '1700000000000', 'abcdef0123456789', body)
    expect(signCallback('FAKE_CLIENT_SECRET_SH', text)).toBe(
      'c2a6ddc0be26d897d0f28b754a82d2f9a91175b29109d3c6a9e804f5409de449',
    )
  })
})

test.each(kind('sm3').map((one) => [one['name'], one] as const))('%s', (_name, { body = '', expected }) => {
  expect(sm3(body)).toBe(expected)
})

test.each(kind('area').map((one) => [one['name'], one] as const))('%s', (_name, vector) => {
  const { form, canonical = '', raw } = vector
  expect(division(raw)).toBe(canonical)
  const codec = form === 'city' ? regionCode : form === '9' ? nine : undefined
  // Twelve digits stand in callbacks alone, which the gateway never writes.
  if (codec) expect(codec.encode(canonical, {}, ROOT)).toBe(raw)
})

test('the item code of generateApplyNo has the prefix of the configuration', () => {
  const vector = kind('derive').find((one) => one['name'] === 'apply-no-item-code')
  expect(`${config.options.casePrefix}${vector?.['itemCode']}`).toBe(vector?.['expected'])
})
