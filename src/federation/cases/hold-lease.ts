/** Work that is done under a lease keeps it for as long as its region takes. */
import { LIMITS } from '../../config.ts'
import type { Deps } from '../deps.ts'

/** Prolongs the lease of a case's work while `run` goes on: one slow call may last longer than a lease. */
export async function holdingLease<T>(
  caseId: string,
  prolong: (until: Date) => Promise<void>,
  { now, log }: Pick<Deps, 'now' | 'log'>,
  run: () => Promise<T>,
): Promise<T> {
  const beat = setInterval(() => {
    prolong(new Date(now().getTime() + LIMITS.leaseMs)).catch((error: unknown) =>
      log.warn({ case: caseId, reason: String(error) }, 'a lease was not prolonged'),
    )
  }, LIMITS.leaseMs / 3)
  try {
    return await run()
  } finally {
    clearInterval(beat)
  }
}
