/** Questions to 41 cities, for a bench: persons who ask, places that are slow, hang or fail, and figures. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Bench, exchangeForm, withGateway } from './gateway.ts'

export const CLIENT = 'sandbox-shanghai'
export const ROUNDS = 20
const HANGING = ['320100', '320300', '330200', '340200', '340300']
const FAILING = ['320400', '330300', '340800']

/** A gateway five of whose cities hang and three fail. */
export async function withBadCities(work: (bench: Bench) => Promise<void>): Promise<void> {
  const [hanging, failing] = [await place(false), await place(true)]
  const cities = Object.fromEntries([
    ...HANGING.map((city) => [city, { baseUrl: hanging.url }]),
    ...FAILING.map((city) => [city, { baseUrl: failing.url }]),
  ])
  await withGateway(work, (directory) => ({ ...directory, cities }))
  hanging.close()
  failing.close()
}

/** Times of questions one after the other, in milliseconds, sorted. The first is not counted: it opens the connections. */
export async function asked({ url }: Bench, authorization: string, path: string): Promise<readonly number[]> {
  const times: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const since = performance.now()
    const answer = await fetch(url + path, { headers: { authorization } })
    const { completeness } = (await answer.json()) as { completeness?: { asked: number } }
    if (completeness?.asked !== 41) throw new Error(`a question was answered with ${answer.status}`)
    if (round > 0) times.push(performance.now() - since)
  }
  return times.toSorted((one, other) => one - other)
}

const at = (times: readonly number[], part: number) =>
  Math.round((times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0) * 10) / 10
export const figures = (times: readonly number[]) => ({
  'p50 (ms)': at(times, 0.5),
  'p95 (ms)': at(times, 0.95),
  'most (ms)': at(times, 1),
})

/** A token of a person of the sandbox, by the exchange of their region's log-in. */
export async function personOf(
  bench: Bench,
  region: string,
  account: string,
  scope: string,
): Promise<string> {
  const who = { client: CLIENT, region, account }
  const answer = await fetch(`${bench.url}/oidc/token`, {
    method: 'POST',
    body: await exchangeForm(bench, who, { scope }),
  })
  return `Bearer ${((await answer.json()) as { access_token: string }).access_token}`
}

export const slow = async ({ desk }: Bench, region: string, operation: string, ms: number) =>
  void (await fetch(`${desk}/${region}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'slow', operation, ms }),
  }))
export const well = async ({ desk }: Bench, region: string) =>
  void (await fetch(`${desk}/${region}/faults`, { method: 'DELETE' }))

/** A place that takes every request and never answers, or always fails. */
async function place(fails: boolean): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((request, response) => {
    request.resume()
    if (fails) response.writeHead(500).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
