import { BadMember, Unreadable } from './refusals.ts'

const PLUS = 0x2b
const PERCENT = 0x25
const DECLARED = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)["']/

function hexAt(bytes: Buffer, at: number): number {
  const text = bytes.toString('latin1', at, at + 2)
  return /^[0-9a-fA-F]{2}$/.test(text) ? Number.parseInt(text, 16) : -1
}

/** The bytes behind one percent-encoded half of a form pair; `undefined` when a `%` is not followed by two digits. */
function percentDecoded(bytes: Buffer): Buffer | undefined {
  const decoded = Buffer.allocUnsafe(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at += 1) {
    let byte = bytes[at] ?? 0
    if (byte === PLUS) byte = 0x20
    else if (byte === PERCENT) {
      byte = hexAt(bytes, at + 1)
      if (byte < 0) return undefined
      at += 2
    }
    decoded[length] = byte
    length += 1
  }
  return decoded.subarray(0, length)
}

/**
 * The text of a form field: the XML prolog inside the bytes says in which charset they are (contract section 1).
 * Throws `Unreadable` for another charset and for bytes that are not in it.
 */
function decodedXml(bytes: Buffer): string {
  const declared = DECLARED.exec(bytes.toString('latin1', 0, 200))?.[1]?.toLowerCase() ?? 'utf-8'
  if (declared !== 'utf-8' && declared !== 'gb2312') throw new Unreadable('charset')
  try {
    return new TextDecoder(declared === 'gb2312' ? 'gb18030' : 'utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Unreadable('bytes')
  }
}

/**
 * Reads an urlencoded body whose fields hold XML. Only the given names may occur, each once.
 * Throws `BadMember` with the field's name, or with `body` when not even the names can be read.
 */
export function readForm(body: Buffer, names: readonly string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (let start = 0; start < body.length; ) {
    const found = body.indexOf('&', start)
    const end = found < 0 ? body.length : found
    const pair = body.subarray(start, end)
    start = end + 1
    if (pair.length === 0) continue
    const equals = pair.indexOf('=')
    const name = percentDecoded(equals < 0 ? pair : pair.subarray(0, equals))?.toString('utf8')
    if (name === undefined) throw new BadMember('body')
    if (!names.includes(name) || fields.has(name)) throw new BadMember(name)
    const value = equals < 0 ? Buffer.alloc(0) : percentDecoded(pair.subarray(equals + 1))
    if (value === undefined) throw new BadMember(name)
    try {
      fields.set(name, decodedXml(value))
    } catch {
      throw new BadMember(name)
    }
  }
  return fields
}
