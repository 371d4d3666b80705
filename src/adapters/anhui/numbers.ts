/** The key of an application at Anhui, made by the gateway (contract 1, Identifiers). */
import { hash } from 'node:crypto'

const BYTES = 16

// It stands in an application once for each document: the last one is remembered.
let last = { sourceNumber: '', unid: '' }

/** `UNID`: 32 lower-case hex of the source number, so that every attempt and both sides of a restart have the same. */
export function unidOf(sourceNumber: string): string {
  if (last.sourceNumber !== sourceNumber || last.unid === '')
    last = { sourceNumber, unid: hash('sha256', sourceNumber, 'buffer').toString('hex', 0, BYTES) }
  return last.unid
}
