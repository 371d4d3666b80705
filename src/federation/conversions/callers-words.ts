/** Faults of the canonical document, told at the pointers of what the caller sent. */
import type { RegionAdapter } from '../../adapters/kit/contract.ts'
import type { Arrow } from '../../adapters/kit/ledger.ts'
import type { Note } from '../../adapters/kit/trace.ts'
import { type FieldError, GatewayError } from '../../errors.ts'

/** Turns pointers into the canonical document into pointers into what the caller sent. */
export function inCallersWords(
  error: unknown,
  arrows: () => readonly Arrow[] | readonly Note[],
  source: RegionAdapter | undefined,
): unknown {
  if (!(error instanceof GatewayError) || error.errors.length === 0) return error
  const known = arrows().map((one) => ('canon' in one ? { from: one.wire, to: one.canon } : one))
  const explained = source?.dialect.application.explain() ?? []
  const errors = error.errors.map((fault) => callersFault(fault, known, explained))
  return new GatewayError(error.code, error.facts, { errors, cause: error.cause })
}

function callersFault(
  fault: FieldError,
  known: readonly { from: readonly string[]; to: readonly string[] }[],
  explained: ReturnType<RegionAdapter['dialect']['application']['explain']>,
): FieldError {
  const exact = known.find((one) => one.to.includes(fault.pointer) && one.from.length > 0)
  if (exact?.from[0] !== undefined) return { ...fault, pointer: exact.from[0] }
  // A member that is missing left no trace: the table tells what the caller calls it.
  for (let pointer = fault.pointer; pointer !== ''; pointer = pointer.slice(0, pointer.lastIndexOf('/'))) {
    const line = explained.find((one) => one.canon === pointer && one.wire.length > 0)
    if (line?.wire[0] !== undefined) return { ...fault, pointer: `/${line.wire[0]}` }
    const near = neighbour(pointer, fault.pointer, known)
    if (near !== undefined) return { ...fault, pointer: near }
  }
  return fault
}

/**
 * Where a missing member would stand: beside a neighbour of it. Where both documents are built alike, the place itself can be
 * named; elsewhere the neighbour must do.
 */
function neighbour(
  above: string,
  missing: string,
  known: readonly { from: readonly string[]; to: readonly string[] }[],
): string | undefined {
  for (const { from, to } of known) {
    const there = to.find((one) => one.startsWith(`${above}/`))
    if (from[0] === undefined || there === undefined) continue
    const rest = there.slice(above.length)
    return from[0].endsWith(rest)
      ? from[0].slice(0, from[0].length - rest.length) + missing.slice(above.length)
      : from[0]
  }
  return undefined
}
