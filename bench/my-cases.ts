/** A person's cases in 41 cities: how long the question takes beside what the slowest place takes by itself. */
import { asked, figures, personOf, ROUNDS, slow, well, withBadCities } from './cities.ts'
import { type Bench, withGateway } from './gateway.ts'

const SLOW_MS = 300
const PATH = '/api/v1/me/cases'

/** Prints the tables. */
export async function benchMyCases(): Promise<void> {
  await withGateway(wellBench)
  await withBadCities(badBench)
}

/** All places answer. */
async function wellBench(bench: Bench): Promise<void> {
  const all = await asked(bench, await personOf(bench, 'jiangsu', 'js_0015', 'cases'), PATH)
  await slow(bench, 'zhejiang', 'case-list', SLOW_MS)
  const slowOne = await asked(bench, await personOf(bench, 'anhui', 'ahperson0001', 'cases'), PATH)
  await well(bench, 'zhejiang')
  console.log(`\nA person’s cases in 41 cities, ${ROUNDS} questions each, everything on this machine`)
  console.table({
    'all places answer at once': figures(all),
    [`one region takes ${SLOW_MS} ms`]: figures(slowOne),
    [`the same, over its ${SLOW_MS} ms`]: figures(slowOne.map((ms) => ms - SLOW_MS)),
  })
}

/** Five places hang and three fail. */
async function badBench(bench: Bench): Promise<void> {
  const times = await asked(bench, await personOf(bench, 'jiangsu', 'js_0015', 'cases'), PATH)
  console.log('\nThe same with five cities that hang and three that fail')
  console.table({ 'a complete statement': figures(times) })
}
