import type { Fits } from './formats.ts'
import { BadMember } from './refusals.ts'
import { parseXml, type XmlElement } from './xml.ts'

/** The rule of one leaf: whether it must be there and non-empty, and what its text must look like. */
export interface Rule {
  readonly required: boolean
  readonly fits?: Fits
}

/** A leaf that must be present and non-empty, **R** in the contract. */
export const must = (fits?: Fits): Rule => ({ required: true, ...(fits === undefined ? {} : { fits }) })

/** A leaf that may be absent or empty, **O** in the contract. */
export const may = (fits?: Fits): Rule => ({ required: false, ...(fits === undefined ? {} : { fits }) })

function checkValue(name: string, value: string, rule: Rule): void {
  if (value === '') {
    if (rule.required) throw new BadMember(name)
  } else if (rule.fits?.(value) === false) {
    throw new BadMember(name)
  }
}

/** Texts by element or member name. Absent ones are empty. */
export type Texts<Names extends string> = Readonly<Record<Names, string>>

/**
 * Reads the leaves of a block in the order of the contract's table, then refuses what the table does not name.
 * `blocks` are names that may be there too and are read elsewhere.
 */
export function readLeaves<Names extends string>(
  block: XmlElement,
  rules: Readonly<Record<Names, Rule>>,
  blocks: readonly string[] = [],
): Texts<Names> {
  const byName = new Map(block.children.map((child) => [child.name, child]))
  const texts: Record<string, string> = {}
  for (const [name, rule] of Object.entries<Rule>(rules)) {
    const leaf = byName.get(name)
    if (leaf !== undefined && leaf.children.length > 0) throw new BadMember(name)
    texts[name] = leaf?.text ?? ''
    checkValue(name, texts[name], rule)
  }
  for (const { name } of block.children) {
    if (!Object.hasOwn(rules, name) && !blocks.includes(name)) throw new BadMember(name)
  }
  // Every name of `rules` was set in the loop above.
  return texts as Texts<Names>
}

/** The blocks of an element by name: all of them must be there, and nothing else may be. */
export function readBlocks<Names extends string>(
  element: XmlElement,
  names: readonly Names[],
): Readonly<Record<Names, XmlElement>> {
  if (element.text !== '') throw new BadMember(names[0] ?? element.name)
  const blocks: Record<string, XmlElement> = {}
  for (const name of names) {
    const block = element.children.find((child) => child.name === name)
    if (block === undefined || block.text !== '') throw new BadMember(name)
    blocks[name] = block
  }
  const allowed: readonly string[] = names
  for (const { name } of element.children) if (!allowed.includes(name)) throw new BadMember(name)
  // Every name was set in the loop above.
  return blocks as Readonly<Record<Names, XmlElement>>
}

/** The root element of a form field. An absent, empty or unreadable field is refused with its own name. */
export function readXml(fields: ReadonlyMap<string, string>, field: string, root: string): XmlElement {
  let element: XmlElement
  try {
    element = parseXml(fields.get(field) ?? '')
  } catch {
    throw new BadMember(field)
  }
  if (element.name !== root) throw new BadMember(field)
  return element
}

/** A parsed JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Reads a JSON body. Throws `BadMember('body')`. */
export function readJson(body: Buffer): JsonObject {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch {
    // Answered below like any other body that is no JSON object.
  }
  throw new BadMember('body')
}

/** Refuses the first member that is not among the names. */
export function refuseUnknown(body: JsonObject, names: readonly string[]): void {
  for (const name of Object.keys(body)) if (!names.includes(name)) throw new BadMember(name)
}

/** A string member; absent is empty, and `null` or another type is refused. */
export function textMember(body: JsonObject, name: string, rule: Rule): string {
  const value = Object.hasOwn(body, name) ? body[name] : ''
  if (typeof value !== 'string') throw new BadMember(name)
  checkValue(name, value, rule)
  return value
}

/** A member that must be a JSON number, whole, from 1 to `max`. */
export function countMember(body: JsonObject, name: string, max: number): number {
  const value = Object.hasOwn(body, name) ? body[name] : undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > max) {
    throw new BadMember(name)
  }
  return value
}
