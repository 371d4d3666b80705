/** A clerk at an address: two small calls that whoever owns the platform puts in front of its test environment. The sandbox has them. */
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
  ticket: async (account) =>
    String((await asked(`${url.replace(/\/$/, '')}/tickets`, { account }))['ticket']),
})
