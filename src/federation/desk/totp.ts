/**
 * Codes of an authenticator (TOTP, RFC 6238): six digits, HMAC-SHA-1, thirty seconds, which every authenticator app reads. A code
 * counts in its own step and the ones beside it, for clocks that are not quite right.
 */
import { Secret, TOTP } from 'otpauth'

const BESIDE = 1
const SECONDS = 30

/** A new key, of 160 bits as the RFC asks for. In base 32, as it is typed into an app. */
export const newTotpKey = (): string => new Secret({ size: 20 }).base32

const totpOf = (key: string, label: string) =>
  new TOTP({
    issuer: '长三角专窗',
    label,
    secret: Secret.fromBase32(key),
    algorithm: 'SHA1',
    digits: 6,
    period: SECONDS,
  })

/** What an authenticator reads off the QR code. */
export const totpUri = (key: string, label: string): string => totpOf(key, label).toString()

/** The step of time whose code this is; `undefined` when it is none of now. */
export function stepOf(key: string, code: string, now: Date): number | undefined {
  const plain = code.replace(/\s/g, '')
  if (!/^[0-9]{6}$/.test(plain)) return undefined
  const totp = totpOf(key, '')
  const delta = totp.validate({ token: plain, timestamp: now.getTime(), window: BESIDE })
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / SECONDS) + delta
}
