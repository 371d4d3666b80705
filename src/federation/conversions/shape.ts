/**
 * The shape of a document: its members, the lengths of its lists, and which values are empty, but no value. Documents of
 * one shape are converted by the same rows, so they share one ledger.
 */
export function shapeOf(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'e' : 's'
  if (typeof value !== 'object') return typeof value === 'number' ? 'n' : value === undefined ? 'u' : 'b'
  if (value === null) return 'z'
  let out = ''
  if (Array.isArray(value)) {
    for (const inner of value) out += `${shapeOf(inner)},`
    return `[${out}]`
  }
  for (const key in value) out += `${key}:${shapeOf((value as Record<string, unknown>)[key])};`
  return `{${out}}`
}

/** A cache that forgets what was unused longest. */
export function leastRecent<V>(capacity: number): {
  get: (key: string) => V | undefined
  set: (key: string, value: V) => void
} {
  const kept = new Map<string, V>()
  return {
    get: (key) => {
      const value = kept.get(key)
      if (value !== undefined && kept.size > capacity / 2) {
        kept.delete(key)
        kept.set(key, value)
      }
      return value
    },
    set: (key, value) => {
      kept.set(key, value)
      if (kept.size > capacity) {
        const oldest = kept.keys().next().value
        if (oldest !== undefined) kept.delete(oldest)
      }
    },
  }
}
