/** What regions hold of persons, for tests: who asks, what a receiver opens, and places that do not answer. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { compactDecrypt, importJWK, type JWK } from 'jose'
import { pool } from '../../src/store/connection.ts'
import { asPerson, type Somebody, somebody, type Wanted } from './as-person.ts'
import type { Caller, TestGateway, Told } from './gateway.ts'

/** Jiangsu's 张测试 of Suzhou: a photo of an identity card, four licences. */
export const SUZHOU: Wanted = { name: '张测试', number: '320501190001010015', region: 'jiangsu' }
/** Anhui's 测试甲 of Hefei: a recent photo of an identity card and licences there, nothing elsewhere. */
export const HEFEI: Wanted = { name: '测试甲', number: '34010319000101001X', region: 'anhui' }
/** Shanghai's 测试甲. */
export const SHANGHAI: Wanted = { name: '测试甲', number: '310101190001010011', region: 'shanghai' }

export const ALL_SCOPES = 'photos licences persons cases'

/** A person who has logged in, and the API as an app of theirs sees it. */
export async function holder(
  wanted: Wanted,
  gateway: TestGateway,
  scope = ALL_SCOPES,
): Promise<{ person: Somebody; own: Caller }> {
  const person = await somebody(wanted, gateway)
  return { person, own: await asPerson(person, gateway, { scope }) }
}

/** What a receiver reads in what was handed over. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into what was handed over member by member.
export async function opened(client: string, answer: Told, gateway: TestGateway): Promise<any> {
  const key = await importJWK(gateway.clients.encryption[client] as JWK, 'ECDH-ES+A256KW')
  const { plaintext } = await compactDecrypt(answer.bytes.toString(), key)
  return JSON.parse(Buffer.from(plaintext).toString())
}

/** The id of a region's matter by its name. */
export async function matterId(gateway: TestGateway, region: string, name: string): Promise<string> {
  const { body } = await gateway.anyone(
    'GET',
    `/api/v1/matters?region=${region}&q=${encodeURIComponent(name)}`,
  )
  const found = body.items.find((one: { name: { zh: string } }) => one.name.zh === name)
  if (!found) throw new Error(`${region} does not offer ${name}`)
  return found.id
}

/** One statement in the gateway's database. */
export async function inDatabase<T>(
  gateway: TestGateway,
  run: (sql: ReturnType<typeof pool>) => Promise<T>,
): Promise<T> {
  const sql = pool(gateway.databaseUrl, 1)
  try {
    return await run(sql)
  } finally {
    await sql.end()
  }
}

/** A server that takes every request and answers as it is told: never, or with a failure. */
export async function badPlace(
  kind: 'hangs' | 'fails',
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server: Server = createServer((request, response) => {
    request.resume()
    if (kind === 'fails') response.writeHead(500).end('upstream error')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
