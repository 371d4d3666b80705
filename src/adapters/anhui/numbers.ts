/** The key of an application at Anhui, made by the gateway (contract 1, Identifiers). */
import { createHash } from 'node:crypto'

const LENGTH = 32

/** `UNID`: 32 lower-case hex of the source number, so that every attempt and both sides of a restart have the same. */
export const unidOf = (sourceNumber: string): string =>
  createHash('sha256').update(sourceNumber, 'utf8').digest('hex').slice(0, LENGTH)
