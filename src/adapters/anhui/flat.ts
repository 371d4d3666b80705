/** The three XML documents of an application as one flat object, and where each of its members stands in them. */
import { GatewayError } from '../../errors.ts'
import type { Explained } from '../kit/table.ts'
import type { Note } from '../kit/trace.ts'
import { type WireApplication as Wire, WireCallInfo, type WireServiceInfo } from './application.wire.ts'

/** The document without its nesting. */
export type Flat = WireCallInfo & WireServiceInfo & Pick<Wire, 'attrXml' | 'formXml'>

const CALL_AT = '/apasInfoXml/RECORD/CALLINFO'
const SERVICE_AT = '/apasInfoXml/RECORD/SERVICEINFO'

/** Where a pointer of the flat object stands in the document. */
export function placed(pointer: string): string {
  if (pointer.startsWith('/attrXml') || pointer.startsWith('/formXml')) return pointer
  return (pointer.slice(1) in WireCallInfo.properties ? CALL_AT : SERVICE_AT) + pointer
}

/** Takes the nesting away. */
export const flatten = (wire: Wire): Flat => ({
  ...wire.apasInfoXml.RECORD.SERVICEINFO,
  ...wire.apasInfoXml.RECORD.CALLINFO,
  attrXml: wire.attrXml,
  formXml: wire.formXml,
})

/** A note of the flat table, at home in the document; what is empty lost nothing. */
export function relocated(one: Note, from: Readonly<Record<string, unknown>>): Note {
  const empty =
    one.how === 'dropped' && one.wire.length > 0 && one.wire.every((pointer) => from[pointer.slice(1)] === '')
  return {
    ...one,
    wire: one.wire.map(placed),
    ...(empty ? { rule: 'absent', reason: '空值: 没有内容可转换' } : {}),
  }
}

/** Says where in the document a member that cannot be read stands. */
export function atHome(error: unknown): unknown {
  if (!(error instanceof GatewayError)) return error
  const errors = error.errors.map((one) => ({ ...one, pointer: placed(one.pointer) }))
  return new GatewayError(error.code, error.facts, { errors, cause: error })
}

/** A line of the flat table, as the document has it. */
export const inDocument = (line: Explained): Explained => ({
  ...line,
  wire: line.wire.map((name) => placed(name.startsWith('/') ? name : `/${name}`).slice(1)),
})
