/** What is signed is cut out of the body as it stands, and checked against the contract's known answers (contract 3.4). */
import { expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import { objectTextOf } from './raw-data.ts'
import { verifies } from './sm2.ts'

const KEY = vectors.directory.credentials.licence.sm2PublicKey
const ANSWERS = vectors.signing.flatMap((one) =>
  one.name === 'licence-sign-verify' && 'sign' in one
    ? [
        { label: '', ...one } as unknown as Readonly<
          Record<'label' | 'body' | 'data' | 'userId' | 'sign', string>
        > & { expected: boolean },
      ]
    : [],
)

test('the contract has five known answers, two of which do not verify', () => {
  expect(ANSWERS.map(({ expected }) => expected).toSorted()).toEqual([false, false, true, true, true])
})

test.each(ANSWERS)('$label: verifies $expected', ({ data, sign, userId, expected, body }) => {
  expect(verifies(data, sign, KEY, userId)).toBe(expected)
  if (expected) expect(objectTextOf(body, 'data')).toBe(data)
})

const [GOOD] = ANSWERS
test.each<[string, (sign: string) => string]>([
  ['no signature', () => ''],
  ['Base64 of another alphabet', (sign) => sign.replaceAll('+', '-').replaceAll('/', '_')],
  ['no padding', (sign) => sign.replace(/=+$/, '')],
  ['a line break', (sign) => `${sign.slice(0, 76)}\r\n${sign.slice(76)}`],
  ['hex', (sign) => Buffer.from(sign, 'base64').toString('hex')],
  [
    'DER',
    (sign) => Buffer.concat([Buffer.from('304402', 'hex'), Buffer.from(sign, 'base64')]).toString('base64'),
  ],
  ['zeros', () => Buffer.alloc(64).toString('base64')],
  ['ones', () => Buffer.alloc(64, 255).toString('base64')],
])('%s does not verify', (_what, change) => {
  const { data = '', sign = '', userId = '' } = GOOD ?? {}
  expect(verifies(data, sign, KEY, userId)).toBe(true)
  expect(verifies(data, change(sign), KEY, userId)).toBe(false)
})

test.each([
  ['{"head":{"sign":"x"},"data":{"a":"1", "b":"2"}}', '{"a":"1", "b":"2"}'],
  ['{"data":{},"head":{"sign":"x"}}', '{}'],
  ['{ "data" :\r\n\t{ "a" : 1 } , "head":{} }', '{ "a" : 1 }'],
  ['{"head":{"sign":"\\"data\\":{1}","data":{"no":1}},"data":{"a":"}{\\\\"}}', '{"a":"}{\\\\"}'],
  ['{"x":["data",{"data":{"no":1}}],"data":{"a":{"b":[{"c":1}]}}}', '{"a":{"b":[{"c":1}]}}'],
  ['{"x":"data","\\u0064ata":{"a":"é中"}}', '{"a":"é中"}'],
  // The one that JSON gives when a name stands there twice: what is handled is what was signed.
  ['{"data":{"a":1},"head":{"sign":"x"},"data":{"a":2}}', '{"a":2}'],
])('out of %s is cut %s', (body, text) => {
  JSON.parse(body)
  expect(objectTextOf(body, 'data')).toBe(text)
})

test.each(['{"data":[{}]}', '{"data":"{}"}', '{"head":{"data":{}}}', '{}', '[{"data":{}}]'])(
  'out of %s nothing is cut',
  (body) => {
    expect(objectTextOf(body, 'data')).toBeUndefined()
  },
)
