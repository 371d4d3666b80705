/**
 * 电子证照标识, GB/T 36904-2018: `1.2.156.3005.2` and five parts, joined by dots.
 *
 * | part | characters | meaning |
 * |---|---|---|
 * | type | 21 | credit code of the organ that defines the licence type (18) and its serial (3) |
 * | issuer | any | credit code of the issuer, or a division, or another code |
 * | serial | any | serial number |
 * | version | 3 | digits |
 * | check | 1 | ISO 7064 MOD 37,36 over the four parts, without dots and root |
 *
 * The check was computed on public identifiers and on those of the regions' samples, which agree.
 */
import { type Checked, failed } from './result.ts'

const ROOT = '1.2.156.3005.2.'
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

export interface LicenceIdParts {
  readonly type: string
  readonly issuer: string
  readonly serial: string
  readonly version: string
}

const worth = (code: number): number => (code < 58 ? code - 48 : code - 55)

/** The check character (ISO 7064 MOD 37,36) of digits and capital letters. */
export function mod3736(text: string): string {
  let product = 36
  for (let i = 0; i < text.length; i += 1) {
    const sum = (product + worth(text.charCodeAt(i))) % 36
    product = ((sum === 0 ? 36 : sum) * 2) % 37
  }
  return ALPHABET[(37 - product) % 36] ?? ''
}

export const licenceId = {
  name: 'Electronic licence identifier',
  localName: '电子证照标识',
  /** Without blanks, in capitals. */
  compact: (text: string): string => text.replaceAll(/\s/g, '').toUpperCase(),
  validate: (identifier: string): Checked<LicenceIdParts> => {
    if (identifier.length > 200) {
      return failed('length', '电子证照标识过长', 'It has more than 200 characters')
    }
    if (!identifier.startsWith(ROOT)) {
      return failed('component', '电子证照标识的根不对', 'It does not begin with the root of licences')
    }
    const parts = identifier.slice(ROOT.length).split('.')
    if (parts.length !== 5) {
      return failed('length', '电子证照标识应有五段', 'It has five parts after its root')
    }
    const [type = '', issuer = '', serial = '', version = '', check = ''] = parts
    const shaped =
      /^[0-9A-Z]{21}$/.test(type) &&
      /^[0-9A-Z]+$/.test(issuer) &&
      /^[0-9A-Z]+$/.test(serial) &&
      /^\d{3}$/.test(version) &&
      /^[0-9A-Z]$/.test(check)
    if (!shaped) {
      return failed('format', '电子证照标识的某一段格式不对', 'One of its parts has the wrong form')
    }
    if (mod3736(type + issuer + serial + version) !== check) {
      return failed('checksum', '电子证照标识的校验码不对', 'Its check character is wrong')
    }
    return { ok: true, type, issuer, serial, version }
  },
}
