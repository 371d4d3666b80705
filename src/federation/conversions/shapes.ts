/**
 * What is kept for documents of one shape. A shape is a document's members, the lengths of its lists and which of its values
 * are empty, but no value.
 */

const KIND = { object: 0, list: 1, empty: 2, text: 3, number: 4, boolean: 5, nothing: 6 } as const

function kindOf(scalar: unknown): number {
  if (typeof scalar === 'string') return scalar === '' ? KIND.empty : KIND.text
  if (typeof scalar === 'number') return KIND.number
  return typeof scalar === 'boolean' ? KIND.boolean : KIND.nothing
}

/** The shape of a value: its kind, the names of its members in their order, and the shapes of what is in it. */
interface Shape {
  readonly kind: number
  readonly names: readonly string[]
  readonly inside: readonly Shape[]
}

const NONE: readonly never[] = []

function shapeOf(value: unknown): Shape {
  if (typeof value !== 'object' || value === null) return { kind: kindOf(value), names: NONE, inside: NONE }
  if (Array.isArray(value)) return { kind: KIND.list, names: NONE, inside: value.map(shapeOf) }
  return { kind: KIND.object, names: Object.keys(value), inside: Object.values(value).map(shapeOf) }
}

const sizeOf = ({ inside }: Shape): number => inside.reduce((sum, one) => sum + sizeOf(one), 1)

function has(value: unknown, shape: Shape): boolean {
  if (typeof value !== 'object' || value === null) return kindOf(value) === shape.kind
  return Array.isArray(value) ? listHas(value, shape) : objectHas(value, shape)
}

function listHas(list: readonly unknown[], { kind, inside }: Shape): boolean {
  if (kind !== KIND.list || inside.length !== list.length) return false
  let at = 0
  for (const shape of inside) {
    if (!has(list[at], shape)) return false
    at += 1
  }
  return true
}

function objectHas(value: object, { kind, names, inside }: Shape): boolean {
  if (kind !== KIND.object) return false
  let at = 0
  // Every document is walked through here: `for … in` makes no list of names, and most members are text, which needs no call.
  for (const name in value) {
    const shape = inside[at]
    if (shape === undefined || names[at] !== name) return false
    const inner = (value as Record<string, unknown>)[name]
    if (typeof inner === 'string' && inner !== '' ? shape.kind !== KIND.text : !has(inner, shape))
      return false
    at += 1
  }
  return at === names.length
}

/** Documents that were met, and what is kept for them. */
interface Met<V> {
  readonly shape: Shape
  readonly kept: V
}

type Word = string | number

/** One step on the way through words. Most steps have one that follows, and no map is made for it. */
interface Step<V> {
  readonly word: Word
  next: Step<V> | undefined
  others: Map<Word, Step<V>> | undefined
  readonly met: Met<V>[]
}

const stepOf = <V>(word: Word): Step<V> => ({ word, next: undefined, others: undefined, met: [] })

/** So many shapes are remembered under the same words, those that come often first: they are tried one after the other. */
const MOST_MET = 64

/**
 * A tree of words, with the shapes that were met under them. It starts anew when it has grown to `capacity` words and values, so
 * that no caller can fill the memory with shapes of his own.
 */
export function shapeTree<V>(capacity: number) {
  let root = stepOf<V>('')
  let size = 0

  const follow = (at: Step<V>, word: Word): Step<V> => {
    if (at.next?.word === word) return at.next
    const known = at.others?.get(word)
    if (known) return known
    const made = stepOf<V>(word)
    size += 1
    if (at.next) {
      at.others ??= new Map()
      at.others.set(word, made)
    } else at.next = made
    return made
  }

  const remember = (met: Met<V>[], documents: readonly unknown[], kept: V): V => {
    const shape = shapeOf(documents)
    size += sizeOf(shape)
    if (met.length >= MOST_MET) met.pop()
    met.push({ shape, kept })
    return kept
  }

  return {
    /** What is kept for documents of these shapes under these words and branches; made the first time. */
    keep: (
      words: readonly Word[],
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
      const [first] = at.met
      if (first && listHas(documents, first.shape)) return first.kept
      return find(at.met, documents)?.kept ?? remember(at.met, documents, make())
    },
  }
}

/** What was met in this shape after the first. It takes the place of the one before it, so that what comes often is found soon. */
function find<V>(met: Met<V>[], documents: readonly unknown[]): Met<V> | undefined {
  const at = met.findIndex(({ shape }, index) => index > 0 && listHas(documents, shape))
  const [before, found] = [met[at - 1], met[at]]
  if (!before || !found) return undefined
  met[at - 1] = found
  met[at] = before
  return found
}
