/** What the tests of this folder share: the contract's known answers, and its catalogue as documents. */
import vectors from '../../../test/vectors/sh.json' with { type: 'json' }
import type { ApplicationContext } from '../kit/contract.ts'
import type { ShanghaiConfig } from './config.ts'
import { matter } from './matter.ts'

export { vectors }
// The configuration of the vectors is the contract's own.
export const config = vectors.config as ShanghaiConfig
export const options = config.options as Record<string, unknown>
export const context = { options }

/** The first recorded call of an operation. */
export const sample = (op: string) =>
  vectors.samples.find((one) => one.op === op) as unknown as {
    request: { body: unknown }
    response: { body: unknown }
  }

/** A matter of the catalogue as one document of the dialect. */
export function row(code: string): Record<string, unknown> {
  const found = vectors.catalogue.find((one) => one.itemCode === code)
  if (!found) throw new Error(code)
  const { detail, form, materials, servicePoints, ...rest } = found as unknown as Record<string, object>
  return { ...rest, ...detail, molder: JSON.stringify(form), stuffs: materials, areas: servicePoints }
}

/** 户籍事项证明, the matter of the recorded case. */
export const proof = matter.read(row('312099003000'), context)

export const applying: ApplicationContext = {
  matter: proof,
  options,
  sourceNumber: 'CSJ20260302AAAAAAAAAAAA',
  appliedAt: '2026-03-02T09:05:00+08:00',
}
