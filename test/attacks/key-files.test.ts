/** The key file: made once by whoever is first, and never followed into a state in which nothing works. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Keys, parseKeys, rotate } from '../../src/federation/keys.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { keysOf, logIn, personToken, residentNumber } from '../support/person-token.ts'

const ROOT = path.join(import.meta.dirname, '../..')

/** Makes the same file in a process of its own, when it is told to. */
const MAKER = `
import { keptFile } from './src/config.ts'
const own = String(process.pid).padEnd(8, '.').repeat(2_000_000)
process.stdin.once('data', async () => {
  const kept = await keptFile(process.argv[1], 'keys.json', async () => own)
  process.stdout.write(kept.length + ' ' + kept.slice(0, 8) + ' ' + kept.slice(-8))
  process.exit(0)
})
process.stdout.write('ready\\n')`

/** Lets so many processes make the file at once. @returns what each of them has, and what was in the file when it was first there */
async function makers(dataDir: string, count: number) {
  const children = Array.from({ length: count }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', MAKER, dataDir], { cwd: ROOT }),
  )
  const said = children.map(() => '')
  await Promise.all(
    children.map(
      (child, index) =>
        new Promise<void>((resolve) => {
          child.stdout.on('data', (text: Buffer) => {
            said[index] += text.toString()
            resolve()
          })
        }),
    ),
  )
  const ended = children.map((child) => new Promise((resolve) => child.once('close', resolve)))
  for (const child of children) child.stdin.write('go\n')
  // Written are the words when the streams have had their turn; then nothing else may come between looking and reading.
  await new Promise((resolve) => setImmediate(resolve))
  const file = path.join(dataDir, 'keys.json')
  const end = Date.now() + 10_000
  while (!existsSync(file) && Date.now() < end);
  const first = readFileSync(file, 'utf8').length
  await Promise.all(ended)
  return { kept: said.map((text) => text.slice('ready\n'.length)), first }
}

test('processes that start at once with an empty folder share one file, which is whole from the first moment', async () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'delta-keys-'))
  const { kept, first } = await makers(dataDir, 4)
  expect(first).toBe(16_000_000)
  expect(kept[0]).toMatch(/^16000000 /)
  expect(new Set(kept).size).toBe(1)
  expect(readdirSync(dataDir)).toEqual(['keys.json'])
  expect(statSync(path.join(dataDir, 'keys.json')).mode & 0o777).toBe(0o600)
  rmSync(dataDir, { recursive: true })
})

describe('a running gateway', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
  })
  afterAll(() => gateway.close())
  const file = () => path.join(gateway.dataDir, 'keys.json')

  /** Whether it still issues tokens, takes them, and opens what it has sealed. */
  async function works(): Promise<void> {
    const { principal, cookie } = await logIn(gateway, { name: '测试乙', number: residentNumber(701) })
    const token = await personToken({ ...gateway, dataDir: gateway.dataDir }, principal)
    const me = await gateway.anyone('GET', '/api/v1/me', undefined, { authorization: `Bearer ${token}` })
    expect(me.status).toBe(200)
    expect((await gateway.anyone('GET', '/me', undefined, { cookie })).status).toBe(200)
    const caller = await gateway.as('sandbox-shanghai')
    expect((await caller('GET', '/api/v1/cases')).status).toBe(200)
  }

  const past = '2020-01-01T00:00:00.000Z'
  const first = <T>([one]: readonly T[]): T => one as T
  test.each<[string, (good: string, keys: Keys) => string]>([
    ['half a file', (good) => good.slice(0, good.length / 2)],
    ['an empty file', () => ''],
    [
      'no signing key in force',
      (_good, keys) =>
        JSON.stringify({ ...keys, signing: keys.signing.map((key) => ({ ...key, until: past })) }),
    ],
    [
      'no sealing key in force',
      (_good, keys) =>
        JSON.stringify({ ...keys, sealing: keys.sealing.map((key) => ({ ...key, until: past })) }),
    ],
    [
      'a date that is none',
      (_good, keys) => JSON.stringify({ ...keys, index: [{ ...first(keys.index), from: 'soon' }] }),
    ],
    [
      'a secret of 16 bytes',
      (_good, keys) =>
        JSON.stringify({
          ...keys,
          sealing: [{ ...first(keys.sealing), key: Buffer.alloc(16, 1).toString('base64') }],
        }),
    ],
    [
      'a signing key without its private half',
      (_good, keys) =>
        JSON.stringify({
          ...keys,
          signing: keys.signing.map(({ jwk: { d: _d, ...jwk }, ...key }) => ({ ...key, jwk })),
        }),
    ],
    [
      'a signing key of another curve',
      (_good, keys) =>
        JSON.stringify({
          ...keys,
          signing: keys.signing.map(({ jwk, ...key }) => ({ ...key, jwk: { ...jwk, crv: 'P-384' } })),
        }),
    ],
  ])(
    'is not stopped by %s, tells it without a value of it, and takes the next good file',
    async (_name, broken) => {
      const good = readFileSync(file(), 'utf8')
      const keys = parseKeys(good)
      writeFileSync(file(), broken(good, keys))
      await gateway.gateway.refreshKeys()
      const told = gateway.told.filter(({ level }) => level === 'error')
      expect(told.at(-1)?.message).toContain('the old keys stay in use')
      for (const { key } of [...keys.sealing, ...keys.index]) expect(JSON.stringify(told)).not.toContain(key)
      expect((await gateway.anyone('GET', '/healthz')).status).toBe(200)
      const caller = await gateway.as('sandbox-shanghai')
      expect((await caller('GET', '/api/v1/cases')).status).toBe(200)

      const next = await rotate(keys, 'signing', new Date())
      writeFileSync(file(), JSON.stringify(next))
      await gateway.gateway.refreshKeys()
      expect(keysOf(gateway)).toEqual(next)
      await works()
    },
  )
})
