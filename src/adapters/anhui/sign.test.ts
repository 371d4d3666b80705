/** The known answers of the PLAIN signature (contract 3.3). */
import { expect, test } from 'vitest'
import { readForm } from './form-body.ts'
import { contentMd5, headersFor, signature, stringToSign } from './sign.ts'
import { config, vectors } from './test-vectors.ts'

interface Vector {
  readonly name: string
  readonly requestTarget: string
  readonly nonce: string
  readonly timestamp: string
  readonly appId: string
  readonly secret: string
  readonly body: string
  readonly expected: {
    readonly contentMd5: string
    readonly stringToSign: string
    readonly signature: string
  }
}

const plain = vectors.signing.filter((one) => one.strategy === 'PLAIN')

test.each(plain as unknown as readonly Vector[])('$name', (vector) => {
  const { requestTarget: target, nonce, timestamp, body, expected } = vector
  const signed = { target, nonce, timestamp, appId: vector.appId, contentMd5: expected.contentMd5 }
  expect(contentMd5(body)).toBe(expected.contentMd5)
  expect(stringToSign(signed)).toBe(expected.stringToSign)
  expect(signature(vector.secret, signed)).toBe(expected.signature)
  expect(signature(`${vector.secret}x`, signed)).not.toBe(expected.signature)
  expect(signature(vector.secret, { ...signed, target: `${target}?` })).not.toBe(expected.signature)
  const headers = headersFor(signed, vector.secret, 'g', config.options)
  expect(headers['S-Auth-Signature']).toBe(expected.signature)
  expect('S-Content-MD5' in headers).toBe(body !== '')
})

test('trap 14: the query is signed', () => {
  const vector = vectors.signing.find((one) => one.name === 'get-with-query')
  expect(vector?.expected.stringToSign).toContain('?areaCode=340100000000|')
})

test('trap 3: the prolog inside the percent-encoded value decides the charset', () => {
  const vector = vectors.signing.find((one) => one.name === 'callback-gb2312')
  const decoded = vector?.expected as { contentMd5: string; decodedForm: Record<string, string> }
  const body = Buffer.from(vector?.body ?? '', 'latin1')
  expect(contentMd5(body)).toBe(decoded.contentMd5)
  expect(Object.fromEntries(readForm(body))).toEqual(decoded.decodedForm)
})
