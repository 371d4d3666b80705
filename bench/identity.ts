/** Tokens: checking them at the API, exchanging a region's log-in for one, and the log-in page. Everything on this machine. */
import { getToken } from '../src/cli/token.ts'
import { type Bench, exchangeForm, load, rowOf, withGateway } from './gateway.ts'

const SECONDS = Number(process.env['SECONDS'] ?? 20)
const WARM = { seconds: 3, atOnce: 8 }
const CLIENT = 'sandbox-shanghai'

export async function benchIdentity(): Promise<void> {
  await withGateway(async (bench) => {
    const { url, keyOf } = bench
    const token = await getToken({ gateway: url, client: CLIENT, key: keyOf(CLIENT), scope: 'cases' })
    // The door that does least behind the check: the scope is missing, and that is said.
    const checked = () => ({
      method: 'GET' as const,
      path: '/api/v1/me',
      headers: { authorization: `Bearer ${token}` },
    })
    const page = () => ({ method: 'GET' as const, path: '/log-in', headers: {} })
    const exchange = await exchangeShots(bench)
    await load(url, WARM, checked)
    const verifying = await load(url, { seconds: SECONDS, atOnce: 32 }, checked)
    await load(url, WARM, page)
    const pages = await load(url, { seconds: Math.min(SECONDS, 10), atOnce: 8 }, page)
    await load(url, WARM, exchange)
    const exchanging = await load(url, { seconds: SECONDS, atOnce: 8 }, exchange)
    console.log(`\nIdentity: for ${SECONDS} s each, everything on this machine`)
    console.table({
      'tokens checked at the API': rowOf(verifying, 403),
      'log-in pages': rowOf(pages, 200),
      'log-ins exchanged for tokens (Shanghai’s me.do included)': rowOf(exchanging, 200),
    })
  })
}

/** Requests with a ticket and a client's assertion each. Both are made beforehand, since neither is the gateway's work. */
async function exchangeShots(bench: Bench) {
  const count = Math.round((SECONDS + WARM.seconds) * 1_300)
  const accounts = ['np1', 'np2', 'np6', 'np8', 'lp1', 'lp2']
  const ready: string[] = []
  for (let made = 0; made < count; made += 200)
    ready.push(
      ...(await Promise.all(
        Array.from({ length: 200 }, async (_, index) => {
          const account = accounts[index % accounts.length] ?? ''
          const who = { client: CLIENT, region: 'shanghai', account }
          return (await exchangeForm(bench, who, { audience: 'anhui' })).toString()
        }),
      )),
    )
  return () => {
    const body = ready.pop()
    if (body === undefined) throw new Error('more exchanges than tickets: make more beforehand')
    return {
      method: 'POST' as const,
      path: '/oidc/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    }
  }
}
