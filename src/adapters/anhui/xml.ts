/**
 * The XML that travels in form fields (contract sections 1 and 3.7): elements without attributes, a prolog that names the
 * charset of the percent-encoded bytes, lists as repeated elements.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { GatewayError } from '../../errors.ts'

/** A parsed element: its text, its children by name, or, where it is repeated, all of them. */
export type Element = string | { readonly [name: string]: Element | readonly Element[] }

const PROLOG = '<?xml version="1.0" encoding="utf-8"?>'
const NAME = /^[A-Za-z_][\w.-]{0,99}$/

const NO_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** A text without what XML 1.0 has no place for: most control characters, and halves of a pair. */
export const xmlText = (text: string): string => text.replaceAll(NO_CHARACTER, '')

const escapeText = (text: string) =>
  xmlText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')

function write(name: string, value: unknown): string {
  if (value === undefined) return ''
  if (!NAME.test(name)) throw new GatewayError('CONVERSION_INCOMPLETE', { reason: 'no name of an element' })
  if (Array.isArray(value)) return value.map((one) => write(name, one)).join('')
  if (typeof value !== 'object' || value === null) return `<${name}>${escapeText(String(value))}</${name}>`
  const inner = Object.entries(value).map(([child, content]) => write(child, content))
  return `<${name}>${inner.join('')}</${name}>`
}

/** A document of one root, in the order of its members; arrays become repeated elements. */
export const xmlOf = (root: string, content: object): string => PROLOG + write(root, content)

// `htmlEntities` is what makes this parser understand numeric references as well.
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  processEntities: true,
  htmlEntities: true,
})

/** Elements by their local names, attributes behind an `@`. */
const localParser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  processEntities: true,
  htmlEntities: true,
  removeNSPrefix: true,
})

/** The root element by its name. @throws GatewayError `FIELD_UNREADABLE` for what is no XML, or has a DOCTYPE. */
export const parseXml = (told: string, root: string): Element => rootOf(parser, told, root)

/** The root element by its local name, since the letters before it may be any; attributes are members that begin with `@`. */
export const parseLocalXml = (told: string, root: string): Element => rootOf(localParser, told, root)

function rootOf(parser: XMLParser, told: string, root: string): Element {
  // A blank before the prolog says nothing, and the parser would refuse it.
  const text = told.trim()
  if (/<!DOCTYPE|<!ENTITY/i.test(text) || XMLValidator.validate(text) !== true)
    throw new GatewayError('FIELD_UNREADABLE')
  let parsed: Record<string, Element>
  try {
    parsed = parser.parse(text) as Record<string, Element>
  } catch (cause) {
    throw new GatewayError('FIELD_UNREADABLE', {}, { cause })
  }
  const found = Object.entries(parsed).filter(([name]) => !name.startsWith('?'))
  const [first] = found
  if (found.length !== 1 || first?.[0] !== root || Array.isArray(first[1]))
    throw new GatewayError('FIELD_UNREADABLE')
  return first[1]
}

/** The children of an element; none where it is empty or holds text. */
export const childrenOf = (element: unknown): Readonly<Record<string, unknown>> =>
  typeof element === 'object' && element !== null && !Array.isArray(element)
    ? (element as Readonly<Record<string, unknown>>)
    : {}
