/** The XML that stands inside strings (contract 4.a.2): no prolog, entities or CDATA; one child parses as one, several as many. */
import { XMLParser } from 'fast-xml-parser'
import { GatewayError } from '../../errors.ts'
import { oneOrMany } from '../kit/codecs.ts'

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  processEntities: true,
  htmlEntities: false,
})

/** The items of a list two levels down: `<DATAAREA><outer><inner>…`. Absent text is `""`. */
export function itemsOf(
  xml: string,
  outer: string,
  inner: string,
): readonly Readonly<Record<string, unknown>>[] {
  if (xml === '') return []
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) throw new GatewayError('FIELD_UNREADABLE')
  try {
    const root = parser.parse(xml) as { DATAAREA?: Record<string, unknown> | string }
    const list = typeof root.DATAAREA === 'object' ? root.DATAAREA[outer] : undefined
    const items =
      typeof list === 'object' && list !== null ? (list as Record<string, unknown>)[inner] : undefined
    return oneOrMany<Record<string, unknown>>(items)
  } catch (cause) {
    throw new GatewayError('FIELD_UNREADABLE', {}, { cause })
  }
}

/** The text of an element; nothing for one that is absent, or has children. */
export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** Elements of one item, in the order given. */
export const elements = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `<${name}>${escapeText(value)}</${name}>`)
    .join('')

/** The list again. */
export const listOf = (outer: string, inner: string, items: readonly string[]): string =>
  `<DATAAREA>${items.length === 0 ? `<${outer}/>` : `<${outer}>${items.map((item) => `<${inner}>${item}</${inner}>`).join('')}</${outer}>`}</DATAAREA>`
