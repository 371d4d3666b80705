/** A message of a city that differs from its province's in a few members: they are put right on the way in and on the way out. */

interface Reading {
  readonly read: (wire: unknown, ...rest: never[]) => unknown
  readonly write: (...rest: never[]) => object
}
type Wire = Readonly<Record<string, unknown>>

/**
 * @param toCity the province's document as the city wants it
 * @param fromCity the city's document as the province would have written it; what was written comes back the same
 */
export const differing = <M extends Reading>(
  message: M,
  { toCity, fromCity }: { readonly toCity: (wire: Wire) => Wire; readonly fromCity: (wire: Wire) => Wire },
): M => ({
  ...message,
  // What is no object is refused by the province's own schema.
  read: (wire: unknown, ...rest: never[]) =>
    message.read(typeof wire === 'object' && wire !== null ? fromCity(wire as Wire) : wire, ...rest),
  write: (...rest: never[]) => toCity(message.write(...rest) as Wire),
})
