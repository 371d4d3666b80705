/**
 * Wrong tickets, counted for each client and minute. A client that brings too many is asked to wait, so that nobody can try
 * tickets out on a region through us.
 */

import { perMinute } from '../per-minute.ts'

/** More than a busy client's mistakes, far fewer than trying out needs. */
const MOST_A_MINUTE = 600

export interface WrongTickets {
  /** Whether this client must wait for the next minute. */
  readonly isOver: (clientId: string) => boolean
  readonly count: (clientId: string) => void
}

export function wrongTickets(now: () => Date): WrongTickets {
  const counts = perMinute(now)
  return {
    isOver: (clientId) => counts.of(clientId) >= MOST_A_MINUTE,
    count: (clientId) => void counts.add(clientId),
  }
}
