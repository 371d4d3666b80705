/** A bound on how much is done at once; what comes later waits in order. */
export type Turns = <T>(run: () => Promise<T>) => Promise<T>

export function turns(most: number): Turns {
  const waiting: (() => void)[] = []
  let running = 0
  return async (run) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await run()
    } finally {
      // The turn is handed on; only without anybody waiting does it end.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
