/** A message is a schema and a table: what the region sends is checked and read, what it gets is written and checked. */
import type { TSchema } from 'typebox'
import { type FieldError, GatewayError } from '../../errors.ts'
import { validator } from '../../schemas/validate.ts'
import type { Alarmed } from './codes.ts'
import type { Codec, Context, Explained } from './table.ts'
import type { Note } from './trace.ts'
import { ROOT, traced } from './trace.ts'

/** One document of one dialect, read and written through the canonical form. */
export interface Message<Wire, Canon, C extends Context> {
  readonly name: string
  /** JSON Schema 2020-12 of the wire document, as TypeBox wrote it. */
  readonly schema: TSchema
  /**
   * Checks and reads. `notes`, when given, receives the trace.
   * @throws GatewayError `BODY_INVALID` (schema), `FIELD_UNREADABLE` or `CODE_UNKNOWN` (a field), each with pointers into the wire document.
   */
  readonly read: (wire: unknown, context: C, notes?: Note[]) => Canon
  /**
   * Writes and checks. @throws GatewayError `CONVERSION_INCOMPLETE` with pointers into the canonical document.
   */
  readonly write: (canon: Canon, context: C, notes?: Note[]) => Wire
  readonly explain: () => readonly Explained[]
}

/** Binds a schema and a compiled table. */
export function message<Wire extends object, Canon, C extends Context>(
  name: string,
  schema: TSchema,
  codec: Codec<Wire, Canon, C>,
): Message<Wire, Canon, C> {
  const check = validator(schema)

  /** A trace goes the same way a second time, and is not heard of again. */
  const hear = (way: 'read' | 'write', given: unknown, context: C & Alarmed, notes: Note[] | undefined) =>
    notes ?? context.alarms?.heard?.({ message: name, way, given, context })

  const read = (wire: unknown, context: C, notes?: Note[]): Canon => {
    hear('read', wire, context, notes)
    const errors = check(wire)
    if (errors) throw new GatewayError('BODY_INVALID', { message: name }, { errors })
    // The schema has just been checked, so the value has the shape that it describes.
    return codec.decode(wire as Wire, context, notes ? { ...ROOT, notes } : ROOT)
  }

  const write = (canon: Canon, context: C, notes?: Note[]): Wire => {
    hear('write', canon, context, notes)
    const wire = encode(canon, context, notes)
    const errors = check(wire)
    if (errors) throw incomplete(name, errors, trace(canon, context))
    return wire
  }

  const encode = (canon: Canon, context: C, notes?: Note[]): Wire => {
    try {
      return codec.encode(canon, context, notes ? { ...ROOT, notes } : ROOT)
    } catch (cause) {
      if (
        !(cause instanceof GatewayError) ||
        (cause.code !== 'FIELD_UNREADABLE' && cause.code !== 'CODE_UNKNOWN')
      )
        throw cause
      throw new GatewayError(
        'CONVERSION_INCOMPLETE',
        { ...cause.facts, message: name },
        { cause, errors: cause.errors },
      )
    }
  }

  const trace = (canon: Canon, context: C): readonly Note[] => {
    const place = traced()
    codec.encode(canon, context, place)
    return place.notes
  }

  return { name, schema, read, write, explain: () => codec.rows?.() ?? [] }
}

/** Turns faults in the wire document into faults of the canonical fields that it was written from. */
function incomplete(name: string, errors: readonly FieldError[], notes: readonly Note[]): GatewayError {
  const told = errors.map((error) => {
    const note = notes.find((n) =>
      n.wire.some((w) => error.pointer === w || error.pointer.startsWith(`${w}/`)),
    )
    const pointer = note?.canon[0]
    const label = note?.label ?? error.pointer
    return {
      pointer: pointer ?? '',
      code: error.code,
      zh: `${label}: ${error.zh}`,
      en: `${label}: ${error.en}`,
    }
  })
  return new GatewayError('CONVERSION_INCOMPLETE', { message: name }, { errors: told })
}
