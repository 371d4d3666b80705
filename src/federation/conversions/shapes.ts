/**
 * What is kept for documents of one shape. A shape is a document's members, the lengths of its lists and which of its values
 * are empty, but no value.
 */

/** Marks of structure are numbers, so that no member's name can be taken for one. */
const MARK = { object: 0, list: 1, end: 2, empty: 3, string: 4, number: 5, boolean: 6, nothing: 7 } as const

function markOf(scalar: unknown): number {
  if (typeof scalar === 'string') return scalar === '' ? MARK.empty : MARK.string
  if (typeof scalar === 'number') return MARK.number
  return typeof scalar === 'boolean' ? MARK.boolean : MARK.nothing
}

/** One step on the way through a document. Most steps have one that follows, and no map is made for it. */
interface Step<V> {
  readonly token: string | number
  next: Step<V> | undefined
  others: Map<string | number, Step<V>> | undefined
  kept: V | undefined
}

const stepOf = <V>(token: string | number): Step<V> => ({
  token,
  next: undefined,
  others: undefined,
  kept: undefined,
})

/**
 * A tree of shapes, which starts anew when it has grown to `capacity` steps, so that no caller can fill the memory with shapes
 * of his own.
 */
export function shapeTree<V>(capacity: number) {
  let root = stepOf<V>('')
  let size = 0

  const follow = (at: Step<V>, token: string | number): Step<V> => {
    if (at.next?.token === token) return at.next
    const known = at.others?.get(token)
    if (known) return known
    const made = stepOf<V>(token)
    size += 1
    if (at.next) {
      at.others ??= new Map()
      at.others.set(token, made)
    } else at.next = made
    return made
  }

  const walk = (from: Step<V>, value: unknown): Step<V> => {
    if (typeof value !== 'object' || value === null) return follow(from, markOf(value))
    if (!Array.isArray(value)) return members(follow(from, MARK.object), value)
    let at = follow(from, MARK.list)
    for (const inner of value) at = walk(at, inner)
    return follow(at, MARK.end)
  }

  /** A member that holds text, as most do, is one step: its name alone. */
  const members = (from: Step<V>, value: object): Step<V> => {
    let at = from
    for (const key in value) {
      const inner = (value as Record<string, unknown>)[key]
      at = follow(at, key)
      if (typeof inner !== 'string' || inner === '') at = walk(at, inner)
    }
    return follow(at, MARK.end)
  }

  return {
    /** What is kept for documents of these shapes under these words and branches; made the first time. */
    keep: (
      words: readonly (string | number)[],
      branches: readonly string[],
      documents: readonly unknown[],
      make: () => V,
    ): V => {
      if (size > capacity) {
        root = stepOf<V>('')
        size = 0
      }
      let at = root
      for (const word of words) at = follow(at, word)
      for (const branch of branches) at = follow(at, branch)
      for (const document of documents) at = walk(at, document)
      at.kept ??= make()
      return at.kept
    },
  }
}
