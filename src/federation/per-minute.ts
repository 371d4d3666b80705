/** Counts by key that begin anew each minute: what a limit for an address or a client stands on. */

export interface PerMinute {
  /** Counts one more. @returns how many there are now */
  readonly add: (key: string) => number
  readonly of: (key: string) => number
  /** Until the counts begin anew. */
  readonly secondsLeft: () => number
}

/** Of this process alone. */
export function perMinute(now: () => Date): PerMinute {
  let minute = 0
  let counts = new Map<string, number>()
  const current = () => {
    const latest = Math.floor(now().getTime() / 60_000)
    if (latest !== minute) {
      minute = latest
      counts = new Map()
    }
    return counts
  }
  const of = (key: string) => current().get(key) ?? 0
  return {
    of,
    add: (key) => {
      const count = of(key) + 1
      counts.set(key, count)
      return count
    },
    secondsLeft: () => 60 - Math.floor((now().getTime() / 1000) % 60),
  }
}
