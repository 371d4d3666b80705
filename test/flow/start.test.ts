/** The process: from nothing to the first answer, wrong variables, and its end. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { type Started, startProcess, untilReady } from '../support/process.ts'

const folders: string[] = []
const folder = () => {
  const made = mkdtempSync(path.join(os.tmpdir(), 'delta-start-'))
  folders.push(made)
  return made
}
const running: Started[] = []
const started = (env: Record<string, string>): Started => {
  const one = startProcess(env)
  running.push(one)
  return one
}
afterEach(async () => {
  for (const one of running.splice(0)) {
    one.child.kill('SIGKILL')
    await one.ended
  }
  for (const one of folders.splice(0)) rmSync(one, { recursive: true, force: true })
})

test('starts with nothing but a folder, answers, and takes its database down with it', async () => {
  const dataDir = folder()
  const port = await freePort()
  const gateway = started({ PORT: String(port), DATA_DIR: dataDir, SANDBOX_PORT: '0' })
  await untilReady(`http://127.0.0.1:${port}`, gateway)
  const list = async (path: string) =>
    (await (await fetch(`http://127.0.0.1:${port}/api/v1/${path}`)).json()) as { items: unknown[] }
  const regions = await list('regions')
  expect(regions.items).toHaveLength(4)
  const cities = await list('cities')
  expect(cities.items).toHaveLength(41)
  const pidFile = path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid')
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  expect(() => process.kill(pid, 0)).not.toThrow()
  gateway.child.kill('SIGTERM')
  expect(await gateway.ended).toBe(0)
  expect(existsSync(pidFile)).toBe(false)
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/)
  expect(gateway.said()).not.toMatch(/WARNING|deprecat/i)
})

describe('a wrong variable is named in one line, and nothing starts', () => {
  const file = (content: string) => {
    const at = path.join(folder(), 'file.json')
    writeFileSync(at, content)
    return at
  }
  test.each<[string, () => Record<string, string>, RegExp]>([
    ['a port', () => ({ PORT: 'eighty' }), /PORT/],
    ['the log level', () => ({ LOG_LEVEL: 'loud' }), /LOG_LEVEL/],
    ['a switch', () => ({ SANDBOX: 'yes' }), /SANDBOX/],
    ['the database', () => ({ DATABASE_URL: 'mysql://x' }), /DATABASE_URL/],
    [
      'a directory that is not there',
      () => ({ SANDBOX: 'on', REGION_DIRECTORY: '/nowhere.json' }),
      /REGION_DIRECTORY/,
    ],
    [
      'a directory that is not JSON',
      () => ({ SANDBOX: 'on', REGION_DIRECTORY: file('{') }),
      /REGION_DIRECTORY/,
    ],
    [
      'no keys without a sandbox',
      () => ({
        SANDBOX: 'off',
        REGION_DIRECTORY: file('{"regions":{}}'),
        CLIENT_DIRECTORY: file('{"clients":[]}'),
      }),
      /KEYS_FILE/,
    ],
    [
      'no clients without a sandbox',
      () => ({ SANDBOX: 'off', REGION_DIRECTORY: file('{"regions":{}}') }),
      /CLIENT_DIRECTORY/,
    ],
    [
      'a region of the directory',
      () => ({ SANDBOX: 'on', REGION_DIRECTORY: file('{"regions":{"zhejiang":{"baseUrl":"http://x"}}}') }),
      /REGION_DIRECTORY/,
    ],
  ])('%s', async (_name, env, expected) => {
    const gateway = started({ PORT: '0', DATA_DIR: folder(), SANDBOX_PORT: '0', ...env() })
    expect(await gateway.ended).toBe(1)
    const lines = gateway.said().trim().split('\n')
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(expected)
    expect(lines[0]).not.toMatch(/^\s*at |Error:/)
  })
})
