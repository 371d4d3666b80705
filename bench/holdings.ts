/** Photos of 41 cities, and licences verified: how long a question takes beside what the slowest place takes by itself. */
import { getToken } from '../src/cli/token.ts'
import { asked, CLIENT, figures, personOf, ROUNDS, slow, well, withBadCities } from './cities.ts'
import { type Bench, load, rowOf, withGateway } from './gateway.ts'

const SLOW_MS = 300
const SCOPE = 'photos licences'
const IDENTIFIER = '1.2.156.3005.2.11100000MB03271699022.340100.000000016.001.9'

/** Prints the tables. */
export async function benchHoldings(): Promise<void> {
  await withGateway(wellBench)
  await withBadCities(badBench)
}

/** All places answer. */
async function wellBench(bench: Bench): Promise<void> {
  const person = await personOf(bench, 'jiangsu', 'js_0015', SCOPE)
  const all = await asked(bench, person, '/api/v1/me/photos')
  await slow(bench, 'zhejiang', 'photo-query', SLOW_MS)
  const slowOne = await asked(
    bench,
    await personOf(bench, 'anhui', 'ahperson0001', SCOPE),
    '/api/v1/me/photos',
  )
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
  const person = await personOf(bench, 'jiangsu', 'js_0015', SCOPE)
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
