/**
 * A form whose fields hold XML in the charset that each field's own prolog names (contract section 1, trap 3). An ordinary
 * form parser would read gb2312 as UTF-8 and destroy it, so the percent-encoded bytes are decoded by hand.
 */
import { GatewayError } from '../../errors.ts'

const PERCENT = 0x25
const PLUS = 0x2b
const PROLOG = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.-]{1,40})["']/

/** The bytes behind a percent-encoded name or value. @throws GatewayError `FIELD_UNREADABLE`. */
function bytesOf(encoded: string): Buffer {
  const from = Buffer.from(encoded, 'latin1')
  const out = Buffer.allocUnsafe(from.length)
  let length = 0
  for (let at = 0; at < from.length; at += 1) {
    let byte = from[at] ?? 0
    if (byte === PLUS) byte = 0x20
    else if (byte === PERCENT) {
      const hex = from.toString('latin1', at + 1, at + 3)
      if (!/^[0-9a-fA-F]{2}$/.test(hex)) throw new GatewayError('FIELD_UNREADABLE')
      byte = Number.parseInt(hex, 16)
      at += 2
    }
    out[length] = byte
    length += 1
  }
  return out.subarray(0, length)
}

/** Text of bytes in the charset of their prolog: UTF-8, or gb2312, which is read as its superset GB18030. */
function decode(bytes: Buffer): string {
  const charset = PROLOG.exec(bytes.toString('latin1', 0, 200))?.[1]?.toLowerCase() ?? 'utf-8'
  if (charset !== 'utf-8' && charset !== 'gb2312') throw new GatewayError('FIELD_UNREADABLE')
  try {
    return new TextDecoder(charset === 'gb2312' ? 'gb18030' : 'utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new GatewayError('FIELD_UNREADABLE', {}, { cause })
  }
}

/** The fields of a form. @throws GatewayError `FIELD_UNREADABLE` with the fact `field`, the name of the one that is wrong. */
export function readForm(body: Buffer): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const pair of body.toString('latin1').split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    let name = 'body'
    try {
      const told = bytesOf(equals < 0 ? pair : pair.slice(0, equals)).toString('latin1')
      if (!/^[\w.-]{1,60}$/.test(told)) throw new GatewayError('FIELD_UNREADABLE')
      name = told
      if (fields.has(name)) throw new GatewayError('FIELD_UNREADABLE')
      fields.set(name, decode(bytesOf(equals < 0 ? '' : pair.slice(equals + 1))))
    } catch (cause) {
      throw new GatewayError('FIELD_UNREADABLE', { field: name }, { cause })
    }
  }
  return fields
}
