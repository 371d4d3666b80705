/**
 * Wrong tickets, counted for each client and minute. A client that brings too many is asked to wait, so that nobody can try
 * tickets out on a region through us.
 */

/** More than a busy client's mistakes, far fewer than trying out needs. */
const MOST_A_MINUTE = 600

export interface WrongTickets {
  /** Whether this client must wait for the next minute. */
  readonly isOver: (clientId: string) => boolean
  readonly count: (clientId: string) => void
}

export function wrongTickets(now: () => Date): WrongTickets {
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
  return {
    isOver: (clientId) => (current().get(clientId) ?? 0) >= MOST_A_MINUTE,
    count: (clientId) => void current().set(clientId, (current().get(clientId) ?? 0) + 1),
  }
}
