/** Keys rotate while a gateway works: no request fails, old tokens count, and what was sealed and indexed before is still there. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rotateKeys } from '../../src/cli/keys.ts'
import { personFor } from '../../src/federation/identity/persons.ts'
import { sealing } from '../../src/federation/sealing.ts'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { keysOf, logIn, personToken, residentNumber } from '../support/person-token.ts'

let gateway: TestGateway
let caller: Caller
beforeAll(async () => {
  gateway = await startTestGateway()
  caller = await gateway.as('sandbox-shanghai', 'cases')
})
afterAll(() => gateway.close())

/** The command, and what each process does within a second of it. */
async function rotateNow(kind: string): Promise<void> {
  const file = path.join(gateway.dataDir, 'keys.json')
  await rotateKeys({ values: { kind, file }, positionals: [] })
  await gateway.gateway.refreshKeys()
}

test('signing keys rotate five times under constant requests, and none of them fails', async () => {
  const faults: string[] = []
  const kids = new Set<string>()
  const counts = { tokens: 0, requests: 0, sets: 0 }
  let isOver = false
  const note = (what: string, status: number) => {
    if (status !== 200) faults.push(`${what} ${status}`)
  }
  const newTokens = async () => {
    while (!isOver) {
      const fresh = await gateway.as('sandbox-anhui', 'cases').catch((error: Error) => error)
      if (fresh instanceof Error) faults.push(`token ${fresh.message}`)
      else note('a new token', (await fresh('GET', '/api/v1/cases')).status)
      counts.tokens += 1
    }
  }
  const oldToken = async () => {
    while (!isOver) {
      note('the old token', (await caller('GET', '/api/v1/cases')).status)
      counts.requests += 1
    }
  }
  const keySets = async () => {
    while (!isOver) {
      const { status, body } = await gateway.anyone('GET', '/oidc/jwks')
      note('the key set', status)
      if (body.keys.length < 2) faults.push(`a key set of ${body.keys.length}`)
      for (const key of body.keys) {
        kids.add(key.kid)
        if ('d' in key) faults.push('a private key')
      }
      counts.sets += 1
    }
  }
  const load = Promise.all([newTokens(), newTokens(), oldToken(), keySets()])
  for (let round = 0; round < 5; round++) {
    const before = { ...counts }
    await rotateNow('signing')
    // Each round sees a few of every kind before the next one.
    while (counts.tokens < before.tokens + 4 || counts.sets < before.sets + 2)
      await new Promise((resolve) => setImmediate(resolve))
  }
  isOver = true
  await load
  expect(faults).toEqual([])
  expect(kids.size).toBe(7)
  expect(counts.requests).toBeGreaterThan(5)
})

test('a token is signed by the key that is first now, and a verifier knows it before', async () => {
  const published = async () =>
    (await gateway.anyone('GET', '/oidc/jwks')).body.keys.map(({ kid }: { kid: string }) => kid)
  const next = keysOf(gateway).signing[1]?.id
  expect(await published()).toContain(next)
  await rotateNow('signing')
  const { principal } = await logIn(gateway, { name: '测试丙', number: residentNumber(7) })
  expect(decodeProtectedHeader(await personToken(gateway, principal)).kid).toBe(next)
  expect(await published()).toContain(next)
})

test('a person’s token, and who stands behind it, outlive a rotation of every kind', async () => {
  const { principal } = await logIn(gateway, { name: '测试丙', number: residentNumber(7) })
  const token = await personToken(gateway, principal, { scope: 'cases' })
  for (const kind of ['signing', 'sealing', 'index']) await rotateNow(kind)
  const authorization = `Bearer ${token}`
  expect((await gateway.anyone('GET', '/api/v1/cases', undefined, { authorization })).status).toBe(200)
})

test('what was sealed and indexed before is opened and found, also after the new keys are in use', async () => {
  const { deps } = gateway.gateway
  const number = residentNumber(8)
  const before = await logIn(gateway, { name: '测试丁', number })
  const box = deps.sealing.seal({ kept: true })
  await rotateNow('sealing')
  await rotateNow('index')
  const keys = keysOf(gateway)
  // Ten minutes later, as another process would be.
  const later = sealing(
    () => keys,
    () => new Date(Date.now() + 600_000),
  )
  expect(later.open(box)).toEqual({ kept: true })
  expect(later.seal({}).subarray(1, 13).toString()).toBe(keys.sealing[0]?.id)
  const named = { name: '测试丁', idDocument: { type: '111' as const, number } }
  const witness = { region: 'anhui', subjectKey: 'another account' } as const
  expect(await personFor(named, 'person', witness, { ...deps, sealing: later })).toBe(before.personId)
  // Found by the new key from then on: one is enough.
  const [newest = ''] = later.identities(named.idDocument)
  expect((await deps.store.people.find([newest], witness))?.person.id).toBe(before.personId)
  expect(later.subject('a client', before.personId)).toBe(deps.sealing.subject('a client', before.personId))
})

test('a retired key is published until its end, and then vouches for nothing, without another rotation', async () => {
  const { principal } = await logIn(gateway, { name: '测试戊', number: residentNumber(9) })
  const authorization = `Bearer ${await personToken(gateway, principal, { scope: 'cases' })}`
  const reach = async () =>
    (await gateway.anyone('GET', '/api/v1/cases', undefined, { authorization })).status
  const signer = keysOf(gateway).signing[0]?.id
  await rotateNow('signing')
  const file = path.join(gateway.dataDir, 'keys.json')
  const keys = JSON.parse(readFileSync(file, 'utf8'))
  for (const key of keys.signing) if (key.id === signer) key.until = new Date(Date.now() + 500).toISOString()
  writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 })
  renameSync(`${file}.new`, file)
  await gateway.gateway.refreshKeys()
  expect(await reach()).toBe(200)
  await expect
    .poll(
      async () => {
        await gateway.gateway.refreshKeys()
        return reach()
      },
      { timeout: 5_000 },
    )
    .toBe(401)
})
