/** Photos of 41 cities, and licences verified: how long a question takes beside what the slowest place takes by itself. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getToken } from '../src/cli/token.ts'
import { type Bench, exchangeForm, load, rowOf, withGateway } from './gateway.ts'

const CLIENT = 'sandbox-shanghai'
const ROUNDS = 20
const SLOW_MS = 300
const HANGING = ['320100', '320300', '330200', '340200', '340300']
const FAILING = ['320400', '330300', '340800']
const IDENTIFIER = '1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9'

/** Prints the tables. */
export async function benchHoldings(): Promise<void> {
  await withGateway(wellBench)
  const [hanging, failing] = [await place(false), await place(true)]
  const cities = Object.fromEntries([
    ...HANGING.map((city) => [city, { baseUrl: hanging.url }]),
    ...FAILING.map((city) => [city, { baseUrl: failing.url }]),
  ])
  await withGateway(badBench, (directory) => ({ ...directory, cities }))
  hanging.close()
  failing.close()
}

/** All places answer. */
async function wellBench(bench: Bench): Promise<void> {
  const person = await personOf(bench, 'jiangsu', 'js_0015')
  const all = await asked(bench, person, '/api/v1/me/photos')
  await slow(bench, 'zhejiang', 'photo-query', SLOW_MS)
  const slowOne = await asked(bench, await personOf(bench, 'anhui', 'ahperson0001'), '/api/v1/me/photos')
  await well(bench, 'zhejiang')
  console.log(`\nPhotos of 41 cities, ${ROUNDS} questions each, everything on this machine`)
  console.table({
    'all places answer at once': figures(all),
    [`one region takes ${SLOW_MS} ms`]: figures(slowOne),
    [`the same, over its ${SLOW_MS} ms`]: figures(slowOne.map((ms) => ms - SLOW_MS)),
  })
  await verifying(bench)
}

/** Five places hang and three fail. */
async function badBench(bench: Bench): Promise<void> {
  const person = await personOf(bench, 'jiangsu', 'js_0015')
  const times = await asked(bench, person, '/api/v1/me/photos')
  console.log('\nThe same with five cities that hang and three that fail')
  console.table({ 'a complete statement': figures(times) })
}

async function verifying({ url, keyOf }: Bench): Promise<void> {
  const token = await getToken({ gateway: url, client: CLIENT, key: keyOf(CLIENT), scope: 'licences' })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const shot = (body: object) => () => ({
    method: 'POST' as const,
    path: '/api/v1/licences/verify',
    headers,
    body: JSON.stringify(body),
  })
  const identifier = shot({ identifier: IDENTIFIER })
  const claim = {
    division: '310000',
    kind: 'idCard',
    number: '310101190001010011',
    holder: { name: '测试甲', idDocument: { type: '111', number: '310101190001010011' } },
  }
  await load(url, { seconds: 2, atOnce: 4 }, identifier)
  const form = await load(url, { seconds: 10, atOnce: 4 }, identifier)
  await load(url, { seconds: 2, atOnce: 2 }, shot(claim))
  const atRegion = await load(url, { seconds: 10, atOnce: 2 }, shot(claim))
  console.log('\nLicences verified, for 10 s each')
  console.table({
    'an identifier': rowOf(form, 200),
    'a licence at its region (the sandbox’s answer included)': rowOf(atRegion, 200),
  })
}

/** Times of questions one after the other, in milliseconds, sorted. The first is not counted: it opens the connections. */
async function asked({ url }: Bench, authorization: string, path: string): Promise<readonly number[]> {
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
const figures = (times: readonly number[]) => ({
  'p50 (ms)': at(times, 0.5),
  'p95 (ms)': at(times, 0.95),
  'most (ms)': at(times, 1),
})

/** A token of a person of the sandbox, by the exchange of their region's log-in. */
async function personOf(bench: Bench, region: string, account: string): Promise<string> {
  const who = { client: CLIENT, region, account }
  const answer = await fetch(`${bench.url}/oidc/token`, {
    method: 'POST',
    body: await exchangeForm(bench, who, { scope: 'photos licences' }),
  })
  return `Bearer ${((await answer.json()) as { access_token: string }).access_token}`
}

const slow = async ({ desk }: Bench, region: string, operation: string, ms: number) =>
  void (await fetch(`${desk}/${region}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind: 'slow', operation, ms }),
  }))
const well = async ({ desk }: Bench, region: string) =>
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
