/** Faults of members that a codec reads beside others: told at the member's own place, not at that of the whole. */
import { GatewayError, type ProblemCode } from '../../errors.ts'

/** A member that is missing or cannot be read. `pointer` is that of the document, or of the flat application. */
export const unreadable = (
  pointer: string,
  label: string,
  code: Extract<ProblemCode, 'FIELD_UNREADABLE' | 'CODE_UNKNOWN'> = 'FIELD_UNREADABLE',
): GatewayError =>
  new GatewayError(
    code,
    { field: pointer },
    {
      errors: [
        {
          pointer,
          code,
          zh: `“${label}”缺失或无法读取`,
          en: `${label} is missing or cannot be read`,
        },
      ],
    },
  )

/** The canonical word of a code. @throws GatewayError `CODE_UNKNOWN` at `pointer`. */
export function wordAt<Canon extends string>(
  table: { readonly find: (code: unknown) => Canon | undefined },
  code: unknown,
  pointer: string,
  label: string,
): Canon {
  const word = table.find(code)
  if (word === undefined) throw unreadable(pointer, label, 'CODE_UNKNOWN')
  return word
}
