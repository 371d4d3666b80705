/** The signature of the bus against the contract's known answers (3.1). */
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import { busSignature } from './sign.ts'
import { config, samples } from './test-samples.ts'

describe('signing', () => {
  test.each(vectors.signing.filter((one) => one.name === 'bus-signature'))('vector $timestamp', (vector) => {
    const { timestamp = '', token = '', nonce = '', expected } = vector as Record<string, string>
    expect(busSignature(timestamp, token, nonce)).toBe(expected)
    expect(busSignature(timestamp, token, `${nonce}x`)).not.toBe(expected)
  })
  test('every sample of ours is signed as we sign', () => {
    const ours = samples.filter((one) => one.request.headers['x-tif-paasid'] === config.credentials.paasid)
    expect(ours.length).toBeGreaterThan(20)
    for (const { request } of ours)
      expect(
        busSignature(
          request.headers['x-tif-timestamp'] ?? '',
          config.credentials.tifToken,
          request.headers['x-tif-nonce'] ?? '',
        ),
      ).toBe(request.headers['x-tif-signature'])
  })
})
