import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(path.join(os.tmpdir(), 'delta-cli-'))
const KEY = path.join(folder, 'key.json')
const { privateKey } = await generateKeyPair('ES256', { extractable: true })
writeFileSync(KEY, JSON.stringify(await exportJWK(privateKey)))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const delta = (...args: string[]) =>
  spawnSync(process.execPath, ['src/cli/main.ts', ...args], { encoding: 'utf8' })

test('tells how it is used', () => {
  for (const asked of [[], ['--help']]) {
    const { status, stderr } = delta(...asked)
    expect(status).toBe(0)
    for (const command of [
      'keys init',
      'keys rotate',
      'clients add',
      'convert',
      'token',
      'exchange',
      'counter link',
      'identity conflicts',
      'audit verify',
      'audit questions',
      'audit answer',
      'doctor',
    ])
      expect(stderr).toContain(command)
  }
})

test('adds a client that may send browsers, and none with which the gateway would not start', () => {
  const [file, key] = [path.join(folder, 'app.json'), path.join(folder, 'app.key.json')]
  const asked = ['--directory', file, '--id', 'app', '--grants', 'authorization_code refresh_token']
  const wrong = delta('clients', 'add', ...asked, '--redirect-uris', 'javascript:x', '--key-out', key)
  expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('redirect_uris')])
  expect(existsSync(key)).toBe(false)
  delta('clients', 'add', ...asked, '--redirect-uris', 'https://app.example/back', '--key-out', key)
  expect(JSON.parse(readFileSync(file, 'utf8')).clients).toMatchObject([
    {
      client_id: 'app',
      redirect_uris: ['https://app.example/back'],
      grant_types: ['authorization_code', 'refresh_token'],
    },
  ])
})

test('rotates the keys of a file, and says what that means', () => {
  const file = path.join(folder, 'keys.json')
  expect(delta('keys', 'init', '--out', file).status).toBe(0)
  const before = readFileSync(file, 'utf8')
  const { status, stdout } = delta('keys', 'rotate', '--kind', 'index', '--file', file)
  expect([status, stdout]).toEqual([0, expect.stringContaining('Rotated the index key')])
  expect(readFileSync(file, 'utf8')).not.toBe(before)
})

test.each([
  ['an unknown command', ['dance'], /Usage/],
  ['an unknown option', ['token', '--colour', 'red'], /colour/],
  ['a missing option', ['token'], /--client/],
  [
    'a gateway that is not there',
    ['token', '--client', 'x', '--key', KEY, '--gateway', 'http://127.0.0.1:9'],
    /does not answer/,
  ],
  ['a file that is no JSON', ['token', '--client', 'x', '--key', 'README.md'], /JSON/],
  ['a file that is not there', ['token', '--client', 'x', '--key', '/nowhere.json'], /nowhere|key/],
])('%s is named in a line, without a stack', (_name, args, expected) => {
  const { status, stderr } = delta(...args)
  expect(status).toBe(1)
  expect(stderr).toMatch(expected)
  expect(stderr).not.toMatch(/^\s+at /m)
})
