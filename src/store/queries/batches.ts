/** Puts what is asked for at the same time into one transaction: while one batch is written the next gathers, and nobody waits for a timer. */

/** The most that one batch holds; beyond it the locks would be held too long. */
const MOST = 64

/** Batches that are written at once: a batch that waits for a lock does not stop the others. */
const AT_ONCE = 4

interface Waiting<T, R> {
  readonly item: T
  readonly resolve: (result: R) => void
  readonly reject: (reason: unknown) => void
}

/**
 * @param all does a batch in one transaction, and answers in its order
 * @param alone does one in a transaction of its own: for each of a batch that failed, so that one bad item harms no other
 */
export function batches<T, R>(
  all: (items: readonly T[]) => Promise<readonly R[]>,
  alone: (item: T) => Promise<R>,
): (item: T) => Promise<R> {
  const waiting: Waiting<T, R>[] = []
  let running = 0

  const run = async (batch: readonly Waiting<T, R>[]): Promise<void> => {
    try {
      const results = await all(batch.map(({ item }) => item))
      for (const [index, result] of results.entries()) batch[index]?.resolve(result)
    } catch {
      for (const { item, resolve, reject } of batch) await alone(item).then(resolve, reject)
    }
  }

  const next = (): void => {
    if (running >= AT_ONCE || waiting.length === 0) return
    running += 1
    void run(waiting.splice(0, MOST)).finally(() => {
      running -= 1
      next()
    })
  }

  return (item) =>
    new Promise<R>((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      // Whatever else arrives in this turn of the loop comes along.
      setImmediate(next)
    })
}
