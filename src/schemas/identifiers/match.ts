/**
 * When two identity documents are the same: type and number, exactly. Only what the national rules themselves call one number
 * in two spellings is brought together; nothing is ever concluded from a name.
 */
import type { IdDocument } from '../application.ts'
import { residentId } from './resident-id.ts'

/** 来往内地通行证: the first nine characters stay for life, and older cards add the count of the issue. */
const HK_MACAO = /^([HM]\d{8})\d{2}$/

/** The text under which a document is found. Documents of one person and type have one text. */
export function matchText({ type, number }: IdDocument): string {
  const plain = number.replaceAll(/[\s-]/g, '').toUpperCase()
  // Numbers of the first generation of cards are the second's without century and check character.
  if (type === '111' && /^\d{15}$/.test(plain)) return `${type}:${residentId.modern(plain)}`
  if (type === '516') return `${type}:${HK_MACAO.exec(plain)?.[1] ?? plain}`
  return `${type}:${plain}`
}
