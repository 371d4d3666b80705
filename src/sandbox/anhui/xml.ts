import { Unreadable } from './refusals.ts'

/** One element: its children, or its text without the blanks around it (contract 3.7). */
export interface XmlElement {
  readonly name: string
  readonly children: readonly XmlElement[]
  readonly text: string
}

interface OpenElement {
  readonly name: string
  readonly children: XmlElement[]
  text: string
}

/** The only elements that may be repeated, with their parents (contract section 1). */
const LISTS: ReadonlySet<string> = new Set(['RECORDS/RECORD', 'FILES/FILEINFO'])
const PROLOG =
  /^<\?xml\s+version\s*=\s*["']1\.\d["'](\s+encoding\s*=\s*["'][\w.-]+["'])?(\s+standalone\s*=\s*["'](yes|no)["'])?\s*\?>/
const NAME = '[\\p{L}_][\\p{L}\\p{N}_.-]*'
const OPENING = new RegExp(`<(${NAME})\\s*(/?)>`, 'uy')
const CLOSING = new RegExp(`</(${NAME})\\s*>`, 'uy')
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const REFERENCE = /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-z]+));|&/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids exactly these.
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

const isXmlCharacter = (code: number): boolean =>
  code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && !FORBIDDEN.test(String.fromCodePoint(code))

function withoutReferences(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(REFERENCE, (_, hex?: string, decimal?: string, entity?: string) => {
    const named = entity === undefined ? undefined : ENTITIES[entity]
    if (named !== undefined) return named
    const code = hex === undefined ? Number(decimal ?? Number.NaN) : Number.parseInt(hex, 16)
    if (!isXmlCharacter(code) || Number.isNaN(code)) throw new Unreadable('reference')
    return String.fromCodePoint(code)
  })
}

const trimmed = (text: string): string => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')

/** Reads a document from its start to its end with a stack of the open elements. */
class Reader {
  readonly #source: string
  readonly #open: OpenElement[] = []
  #at: number
  #root: XmlElement | undefined

  constructor(source: string) {
    this.#source = source
    this.#at = PROLOG.exec(source)?.[0].length ?? 0
  }

  read(): XmlElement {
    while (this.#at < this.#source.length) {
      const next = this.#source.indexOf('<', this.#at)
      const end = next < 0 ? this.#source.length : next
      this.#addText(withoutReferences(this.#source.slice(this.#at, end)))
      this.#at = end
      if (next >= 0) this.#readMarkup()
    }
    if (this.#root === undefined || this.#open.length > 0) throw new Unreadable('unfinished')
    return this.#root
  }

  #addText(text: string): void {
    const current = this.#open.at(-1)
    if (current !== undefined) current.text += text
    else if (trimmed(text) !== '') throw new Unreadable('text outside')
  }

  #readMarkup(): void {
    if (this.#source.startsWith('<!--', this.#at)) {
      this.#skipTo('-->', 4)
    } else if (this.#source.startsWith('<![CDATA[', this.#at)) {
      if (this.#open.length === 0) throw new Unreadable('CDATA outside')
      const start = this.#at + 9
      this.#skipTo(']]>', 9)
      this.#addText(this.#source.slice(start, this.#at - 3))
    } else {
      this.#readTag()
    }
  }

  #skipTo(mark: string, from: number): void {
    const end = this.#source.indexOf(mark, this.#at + from)
    if (end < 0) throw new Unreadable('unfinished')
    this.#at = end + mark.length
  }

  /** An attribute, a DOCTYPE and a processing instruction fit neither form, and so they are refused. */
  #readTag(): void {
    CLOSING.lastIndex = this.#at
    const closing = CLOSING.exec(this.#source)
    OPENING.lastIndex = this.#at
    const opening = closing === null ? OPENING.exec(this.#source) : null
    if (opening !== null) {
      if (this.#root !== undefined) throw new Unreadable('second root')
      this.#open.push({ name: opening[1] ?? '', children: [], text: '' })
    }
    const isClosed = closing !== null || opening?.[2] === '/'
    if (closing !== null && closing[1] !== this.#open.at(-1)?.name) throw new Unreadable('nesting')
    if (closing === null && opening === null) throw new Unreadable('tag')
    this.#at += (closing ?? opening)?.[0].length ?? 0
    if (isClosed) this.#close()
  }

  #close(): void {
    const current = this.#open.pop()
    if (current === undefined) throw new Unreadable('nesting')
    const element: XmlElement = { ...current, text: trimmed(current.text) }
    if (element.children.length > 0 && element.text !== '') throw new Unreadable('mixed')
    const parent = this.#open.at(-1)
    if (parent === undefined) {
      this.#root = element
      return
    }
    const isList = LISTS.has(`${parent.name}/${element.name}`)
    if (!isList && parent.children.some(({ name }) => name === element.name)) throw new Unreadable('repeated')
    parent.children.push(element)
  }
}

/** Reads the XML of one form field (contract 3.7). Throws `Unreadable`. */
export function parseXml(source: string): XmlElement {
  if (FORBIDDEN.test(source)) throw new Unreadable('character')
  return new Reader(source).read()
}
