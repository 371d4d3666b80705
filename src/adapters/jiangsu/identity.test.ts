/** The identity platform's own frame: known answers of the sign and of the cipher (3.3), and the forms of the samples (4.e). */
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import { jisForm, jisSign, userData } from './identity.ts'
import { config, sample } from './test-samples.ts'

const JIS = config.credentials.jis

describe('the frame of the identity platform', () => {
  const known = vectors.signing as unknown as readonly Record<string, string>[]
  const signs = known.filter((one) => one['name'] === 'jis-sign')
  const ciphers = known.filter((one) => one['name'] === 'jis-aes')
  test('every known answer was looked at', () => expect([signs.length, ciphers.length]).toEqual([2, 2]))

  test.each(signs)('the sign of $time', ({ appmark = '', appword = '', time = '', expected }) => {
    expect(jisSign({ appmark, appword }, time)).toBe(expected)
  })

  test.each(ciphers)('user data $plaintext', ({ key = '', plaintext, expected = '' }) => {
    const keys = { appmark: 'x', appword: key }
    expect(userData(keys, expected)).toBe(plaintext)
    expect(userData(keys, expected.toUpperCase())).toBe(plaintext)
  })

  test.each(['sso-exchange', 'sso-userinfo', 'sso-userinfo-corp', 'sso-exchange-used-ticket'])(
    'the form of %s is the sample’s',
    (op) => {
      const body = String(sample(op).request.body)
      const { time = '', servicename = '', params = '' } = Object.fromEntries(new URLSearchParams(body))
      const at = new Date(`${time.replace(/^(....)(..)(..)(..)(..)(..)$/, '$1-$2-$3T$4:$5:$6')}+08:00`)
      expect(new URLSearchParams(jisForm(JIS, at, servicename, JSON.parse(params))).toString()).toBe(body)
    },
  )

  test('what was not written with the secret is nothing', () => {
    const { key = '', expected = '' } = ciphers[1] ?? {}
    expect(userData({ ...JIS, appword: 'ANOTHERSECRET123' }, expected)).toBeUndefined()
    expect(userData({ ...JIS, appword: key }, expected)).toBeDefined()
    // Nothing, no hex, no whole blocks, the last block missing.
    for (const broken of ['', 'zz'.repeat(16), expected.slice(2), expected.slice(0, -32), `${expected}00`])
      expect([broken, userData(JIS, broken)]).toEqual([broken, undefined])
  })
})
