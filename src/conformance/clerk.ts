/** A clerk and a clock at an address: small calls that whoever owns the platform puts in front of its test environment. The sandbox has them. */
import type { Clerk } from './bench.ts'

async function asked(url: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  })
  if (!answer.ok) throw new Error(`the clerk answered HTTP ${answer.status}`)
  return (await answer.json()) as Record<string, unknown>
}

/** @param url `http://127.0.0.1:4350/__sandbox/zhejiang`, say */
export const clerkAt = (url: string): Clerk => ({
  advance: async (caseNumber, act) =>
    void (await asked(`${url.replace(/\/$/, '')}/cases/${encodeURIComponent(caseNumber)}/advance`, act)),
  ticket: async (account, service) =>
    String(
      (await asked(`${url.replace(/\/$/, '')}/tickets`, { account, ...(service ? { service } : {}) }))[
        'ticket'
      ],
    ),
})

/**
 * The clock of a platform whose test environment has one of its own, as the sandbox does: `GET` answers `{"now": "2026-03-02T01:00:00Z"}`.
 * It is as it was read last, and goes on by itself from there.
 */
export function clockAt(url: string): { readonly now: () => Date; readonly read: () => Promise<void> } {
  let aheadMs = 0
  return {
    now: () => new Date(Date.now() + aheadMs),
    read: async () => {
      const answer = await fetch(url, { signal: AbortSignal.timeout(CLOCK_MS) })
      const told = Date.parse(String(((await answer.json()) as { now?: unknown }).now))
      if (Number.isNaN(told)) throw new Error('the clock tells no time')
      aheadMs = told - Date.now()
    },
  }
}

/** A callback waits for the clock: it must not make it late. */
const CLOCK_MS = 1_000
