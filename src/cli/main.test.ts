import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, expect, test } from 'vitest'
import { COMMANDS } from './commands.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'delta-cli-'))
const KEY = path.join(folder, 'key.json')
const { privateKey } = await generateKeyPair('ES256', { extractable: true })
writeFileSync(KEY, JSON.stringify(await exportJWK(privateKey)))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const delta = (...args: string[]) =>
  spawnSync(process.execPath, ['src/cli/main.ts', ...args], { encoding: 'utf8' })

test('tells how it is used, in both languages, and how it ends', () => {
  for (const asked of [[], ['--help']]) {
    const { status, stdout } = delta(...asked)
    expect(status).toBe(0)
    for (const [name, { zh, en }] of Object.entries(COMMANDS))
      for (const said of [name, zh, en]) expect(stdout).toContain(said)
    expect(stdout).toMatch(/结束码.*exit codes/)
  }
  const { stdout } = delta('clients', '--help')
  expect(stdout).toContain('clients rotate')
  expect(stdout).not.toContain('audit verify')
})

test('every command has both languages, and no two say the same', () => {
  const all = Object.values(COMMANDS)
  for (const { zh, en } of all) expect([/[一-龥]/.test(zh), /[一-龥]/.test(en)]).toEqual([true, false])
  expect(new Set(all.map(({ en }) => en)).size).toBe(all.length)
})

test('a client gets a new signing key, and only the one before it still counts', () => {
  const file = path.join(folder, 'rotated.json')
  const keyOf = (name: string) => path.join(folder, `rotated.${name}.json`)
  const kids = () =>
    JSON.parse(readFileSync(file, 'utf8')).clients[0].jwks.keys.map(
      ({ kid, use }: { kid: string; use: string }) => `${use} ${kid}`,
    )
  const kidOf = (name: string) => JSON.parse(readFileSync(keyOf(name), 'utf8')).kid
  expect(delta('clients', 'add', '--directory', file, '--id', 'c', '--key-out', keyOf('1')).status).toBe(0)
  const enc = kids().find((one: string) => one.startsWith('enc'))
  const rotate = (name: string) =>
    delta('clients', 'rotate', '--directory', file, '--id', 'c', '--key-out', keyOf(name))
  expect(rotate('2').status).toBe(0)
  expect(kids()).toEqual([`sig ${kidOf('1')}`, `sig ${kidOf('2')}`, enc])
  expect(rotate('3').status).toBe(0)
  expect(kids()).toEqual([`sig ${kidOf('2')}`, `sig ${kidOf('3')}`, enc])
  // A key file that is there already is somebody's: nothing is changed.
  const before = readFileSync(file, 'utf8')
  expect(rotate('3').status).toBe(1)
  expect(readFileSync(file, 'utf8')).toBe(before)
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
  ['an unknown command', ['dance'], /Usage/, 2],
  ['an unknown option', ['token', '--colour', 'red'], /colour/, 2],
  ['a missing option', ['token'], /--client/, 2],
  [
    'a gateway that is not there',
    ['token', '--client', 'x', '--key', KEY, '--gateway', 'http://127.0.0.1:9'],
    /does not answer/,
    3,
  ],
  ['a file that is no JSON', ['token', '--client', 'x', '--key', 'README.md'], /JSON/, 1],
  ['a file that is not there', ['token', '--client', 'x', '--key', '/nowhere.json'], /nowhere|key/, 1],
])('%s is named in a line, without a stack', (_name, args, expected, code) => {
  const { status, stderr } = delta(...args)
  expect(status).toBe(code)
  expect(stderr).toMatch(expected)
  expect(stderr).not.toMatch(/^\s+at /m)
})

test('with --json a failure is data too, on the error channel', () => {
  const { status, stdout, stderr } = delta('token', '--json')
  expect([status, stdout]).toEqual([2, ''])
  expect(JSON.parse(stderr)).toMatchObject({ code: 'CONFIGURATION_INVALID' })
})
