import iconv from 'iconv-lite'
import { choose } from './freedoms.ts'
import type { Office } from './office.ts'

/** The two charsets in which callbacks come (contract section 1 and 4c). */
export type Charset = 'utf-8' | 'gb2312'

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const UNRESERVED = /[A-Za-z0-9*\-._]/

const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? '')

/** One element with a text. An empty one is written in either of its two forms. */
function leaf(office: Office, name: string, text: string): string {
  if (text === '' && choose(office, 2) === 0) return `<${name}/>`
  return `<${name}>${escaped(text)}</${name}>`
}

/** A block of leaves, now and then with one that no table names. */
export function block(office: Office, name: string, leaves: Readonly<Record<string, string>>): string {
  const written = Object.entries(leaves).map(([member, text]) => leaf(office, member, text))
  if (choose(office, 3) === 0) written.push(leaf(office, 'EXT1', ''))
  return `<${name}>${written.join('')}</${name}>`
}

/** The percent-encoded form of a text in a charset, byte by byte, as `application/x-www-form-urlencoded` has it. */
function percentEncoded(text: string, charset: Charset): string {
  // What GB 2312 proper lacks is in its superset, which is what the name stands for here.
  const bytes = charset === 'gb2312' ? iconv.encode(text, 'gb18030') : Buffer.from(text)
  let encoded = ''
  for (const byte of bytes) {
    const character = String.fromCharCode(byte)
    if (UNRESERVED.test(character)) encoded += character
    else if (byte === 0x20) encoded += '+'
    else encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return encoded
}

/** The form body of the given fields, each with a prolog that names the charset. */
export function formBody(fields: readonly (readonly [string, string])[], charset: Charset): string {
  return fields
    .map(([name, xml]) => {
      const document = `<?xml version="1.0" encoding="${charset}"?>${xml}`
      return `${name}=${percentEncoded(document, charset)}`
    })
    .join('&')
}
