/** A resident with a code, and counters that scan it. */
import { pool } from '../../src/store/connection.ts'
import type { Caller, TestGateway, Told } from '../support/gateway.ts'
import { type LoggedIn, logIn, personToken, residentNumber } from '../support/person-token.ts'

/** The API as a resident's app. */
export interface Resident extends LoggedIn {
  readonly name: string
  readonly number: string
  readonly api: Caller
}

let ordinal = 100

/** A resident who has just logged in with an app. */
export async function resident(
  gateway: TestGateway,
  more: { loa?: 1 | 2 | 3 | 4; scope?: string; region?: 'shanghai' | 'anhui' } = {},
): Promise<Resident> {
  ordinal += 1
  const [name, number] = [`测试住客${ordinal}`, residentNumber(ordinal)]
  const loggedIn = await logIn(gateway, { name, number, ...more })
  return { name, number, ...loggedIn, api: await callerFor(gateway, loggedIn, more.scope) }
}

/** The API with a token of this log-in. */
export async function callerFor(
  gateway: TestGateway,
  { principal }: Pick<LoggedIn, 'principal'>,
  scope?: string,
): Promise<Caller> {
  const token = await personToken(gateway, principal, scope === undefined ? {} : { scope })
  return (method, at, body, headers) =>
    gateway.anyone(method, at, body, { authorization: `Bearer ${token}`, ...headers })
}

/** Makes a code; the answer's body. */
export async function makeCode({ api }: Pick<Resident, 'api'>, purpose = 'hotel'): Promise<Told['body']> {
  const made = await api('POST', '/api/v1/me/codes', { purpose })
  if (made.status !== 201) throw new Error(`no code: ${made.status} ${JSON.stringify(made.body)}`)
  return made.body
}

/** Scans at a counter. */
export const scan = (counter: Caller, code: string, purpose = 'hotel') =>
  counter('POST', '/api/v1/persons/verify', { code, purpose })

/** What the resident reads of their scans. */
export const scansOf = async ({ api }: Pick<Resident, 'api'>): Promise<Told['body'][]> =>
  (await api('GET', '/api/v1/me/scans')).body.items

/** Runs statements on the gateway's database. */
export async function inDatabase<T>(
  { databaseUrl }: Pick<TestGateway, 'databaseUrl'>,
  run: (sql: ReturnType<typeof pool>) => Promise<T>,
): Promise<T> {
  const sql = pool(databaseUrl, 1)
  try {
    return await run(sql)
  } finally {
    await sql.end()
  }
}

/** Puts a code's minute into the past. */
export const letEnd = (gateway: TestGateway, id: string) =>
  inDatabase(
    gateway,
    (sql) => sql`update identity_codes set until = now() - interval '1 second' where id = ${id}`,
  )

/** Digits that are as right as a code's and, but for one chance in a thousand million, nobody's. */
export function strangeDigits(seed: number): string {
  const digits = String(seed).padStart(9, '0')
  let product = 10
  for (const digit of digits) product = (((product + Number(digit)) % 10 || 10) * 2) % 11
  return digits + ((11 - product) % 10)
}
