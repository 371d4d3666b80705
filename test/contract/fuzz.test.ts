/**
 * The API held to its own OpenAPI document by requests that nobody thought of: every answer is in the document, whole, and none says that
 * we failed. `npm run fuzz` sends a hundred thousand; `SEED` repeats a run.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenApi, operationsOf } from './fuzz/document.ts'
import { type Answer, judgeOf } from './fuzz/judge.ts'
import { type Request, requestsOf } from './fuzz/requests.ts'
import { CALLERS, callerOf, startWorld } from './fuzz/world.ts'

const EXCHANGES = Number(process.env['FUZZ'] ?? 2_000)
const SEED = Number(process.env['SEED'] ?? 41)
/** So many at once: some wait for 41 cities. */
const AT_ONCE = 8

let world: Awaited<ReturnType<typeof startWorld>>
let document: OpenApi
beforeAll(async () => {
  world = await startWorld()
  document = (await world.gateway.anyone('GET', '/openapi.json')).body
})
afterAll(() => world.gateway.close())

/** As many requests to each operation, by turns, so that what one does stands before the next. */
function drawn(): readonly Request[] {
  const operations = operationsOf(document)
  const draw = requestsOf(document, world.known, CALLERS, callerOf)
  const rounds = Math.ceil(EXCHANGES / operations.length)
  const lists = operations.map((operation, turn) =>
    fc.sample(draw(operation), { numRuns: rounds, seed: SEED + turn }),
  )
  return Array.from({ length: rounds }, (_, round) => lists.flatMap((list) => list[round] ?? [])).flat()
}

test(
  `${EXCHANGES} generated requests get answers that are in the document, and none of 500`,
  async () => {
    const judge = judgeOf(document)
    const faults = new Map<string, string>()
    const statuses = new Map<number, number>()
    const queue = drawn().values()
    const worker = async (): Promise<void> => {
      for (const request of queue) {
        const answer = await world.exchange(request)
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
        for (const fault of judge(request, answer)) {
          const name = `${request.method} ${request.operation.path}: ${fault}`
          if (!faults.has(name)) faults.set(name, shown(request))
        }
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    const counts = [...statuses].sort(([one], [other]) => one - other)
    process.stderr.write(`${counts.map(([status, count]) => `${status}: ${count}`).join(', ')}\n`)
    expect([...faults].map(([name, request]) => `${name}\n  ${request}`)).toEqual([])
    // A generator that never gets through the first door would find nothing.
    expect(share(statuses, (status) => status < 300)).toBeGreaterThan(0.2)
    expect(share(statuses, (status) => status >= 400)).toBeGreaterThan(0.25)
  },
  60_000 + EXCHANGES * 100,
)

const shown = ({ address, who, headers, body }: Request): string =>
  `${who} ${address} ${JSON.stringify(headers)} ${JSON.stringify(body)}`.slice(0, 700)

function share(statuses: ReadonlyMap<number, number>, fits: (status: number) => boolean): number {
  const [some, all] = [0, 0].map((_, part) =>
    [...statuses].reduce((sum, [status, count]) => sum + (part === 1 || fits(status) ? count : 0), 0),
  )
  return (some ?? 0) / (all ?? 1)
}

test('an answer with one thing that is not in the document is found', () => {
  const judge = judgeOf(document)
  const operation = operationsOf(document).find(({ operationId }) => operationId === 'listRegions')
  if (!operation) throw new Error('no regions')
  const request = { operation, method: 'GET' } as Request
  const answer = (over: { status?: number; headers?: object; body?: object }): Answer => ({
    status: over.status ?? 200,
    headers: new Headers({
      'content-type': 'application/json',
      'x-request-id': 'req_12345678',
      ratelimit: '"minute";r=1;t=1',
      ...over.headers,
    }),
    bytes: Buffer.from(JSON.stringify(over.body ?? { items: [], nextCursor: null })),
  })
  expect(judge(request, answer({}))).toEqual([])
  expect(judge(request, answer({ status: 500 }))).toEqual(['status 500'])
  expect(judge(request, answer({ status: 418 }))).toHaveLength(1)
  expect(judge(request, answer({ headers: { 'x-else': '1' } }))).toEqual(['header x-else'])
  expect(judge(request, answer({ headers: { 'content-type': 'text/html' } }))).toHaveLength(1)
  expect(judge(request, answer({ body: { items: [{}] } }))).toHaveLength(1)
  const problem = { type: '/', title: 'x', status: 400, code: 'DUPLICATE_CASE', instance: 'req_12345678' }
  const headers = { 'content-type': 'application/problem+json' }
  expect(judge(request, answer({ status: 400, headers, body: problem }))).toEqual([
    'code DUPLICATE_CASE with 400',
  ])
})
