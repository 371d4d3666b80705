/** The command line at a running gateway: filing, looking, testing a client, and the doctor, for people and as data. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { STORIES } from '../flow/stories.ts'
import { commandBeside } from '../support/command.ts'
import { startTestGateway, type TestGateway, upload } from '../support/gateway.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'delta-commands-'))
const [application, keys] = [path.join(folder, 'application.json'), path.join(folder, 'keys.json')]
const story = STORIES.find(({ region }) => region === 'jiangsu')
if (!story) throw new Error('there is no story of Jiangsu')
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('320500')
  const caller = await gateway.as(story.client)
  writeFileSync(application, JSON.stringify(story.application(await upload(caller, 'a.pdf'))))
  writeFileSync(keys, JSON.stringify(gateway.clients))
})
afterAll(async () => {
  await gateway.close()
  rmSync(folder, { recursive: true, force: true })
})

const at = () => ['--gateway', gateway.url, '--client', story.client, '--key', keys]
const delta = (...words: string[]) => commandBeside(gateway, ...words)

test('files an application once for each key, lists it and shows it', async () => {
  const dry = await delta('file', application, '--dry-run', '--json', ...at())
  expect([dry.code, JSON.parse(dry.out)]).toMatchObject([0, expect.any(Object)])
  const none = await delta('cases', 'list', ...at())
  expect([none.code, none.out]).toEqual([0, expect.stringContaining('no cases')])
  const filed = await delta('file', application, '--idempotency-key', 'k-1', '--json', ...at())
  const { id } = JSON.parse(filed.out)
  const again = await delta('file', application, '--idempotency-key', 'k-1', '--json', ...at())
  expect(JSON.parse(again.out).id).toBe(id)
  const list = await delta('cases', 'list', '--json', ...at())
  expect(JSON.parse(list.out).map((one: { id: string }) => one.id)).toEqual([id])
  const shown = await delta('cases', 'show', '--case', id, ...at())
  expect([shown.code, shown.out.trim().split('\n').length]).toEqual([
    0,
    expect.toSatisfy((n: number) => n >= 2),
  ])
})

test('a refusal names the field in both languages and ends with 1', async () => {
  const wrong = path.join(folder, 'wrong.json')
  writeFileSync(wrong, JSON.stringify({ matter: 'nowhere' }))
  const told = await delta('file', wrong, ...at())
  expect([told.code, told.out]).toEqual([1, ''])
  expect(told.err).toMatch(/\/\w+: .*[一-龥].* · /)
})

test('a client is tested: token and call, and a key that is not its own', async () => {
  const good = await delta('clients', 'test', '--json', ...at())
  expect([good.code, JSON.parse(good.out)]).toMatchObject([0, { token: true, call: true }])
  const bad = await delta('clients', 'test', '--gateway', gateway.url, '--client', 'nobody', '--key', keys)
  expect(bad.code).toBe(2)
  const far = await delta(
    'clients',
    'test',
    '--gateway',
    'http://127.0.0.1:9',
    '--client',
    story.client,
    '--key',
    keys,
  )
  expect(far.code).toBe(3)
})

test('the doctor finds all well, and says what to do where it is not', async () => {
  const well = await delta('doctor', '--json')
  const looks = JSON.parse(well.out) as { what: string; state: string; todo?: { zh: string; en: string } }[]
  expect(looks.filter(({ state }) => state === 'wrong')).toEqual([])
  for (const what of [
    'configuration',
    'keys',
    'clients',
    'database',
    'clock of the database',
    'regions',
    'gateway',
  ])
    expect(looks.map((one) => one.what)).toContain(what)
  const run = (env: Record<string, string>) =>
    new Promise<{ code: number | null; out: string }>((resolve) => {
      const child = spawn(process.execPath, ['src/cli/main.ts', 'doctor', '--json'], {
        env: { PATH: process.env['PATH'] ?? '', DATA_DIR: gateway.dataDir, ...env },
      })
      let out = ''
      child.stdout.on('data', (chunk) => {
        out += chunk
      })
      child.once('close', (code) => resolve({ code, out }))
    })
  const directory = path.join(folder, 'regions.json')
  writeFileSync(
    directory,
    JSON.stringify({
      regions: {
        shanghai: { ...(gateway.region('shanghai').region.config as object), baseUrl: 'http://127.0.0.1:9' },
        // Its clock is an hour wrong: the adapter makes up for it, and the doctor tells it.
        zhejiang: gateway.region('zhejiang').region.config,
      },
    }),
  )
  gateway.region('zhejiang').faults.add({ kind: 'skew', ms: 3_600_000 })
  const ill = await run({
    DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none',
    PUBLIC_URL: 'http://127.0.0.1:9',
    REGION_DIRECTORY: directory,
    SANDBOX: 'on',
  })
  const found = JSON.parse(ill.out) as typeof looks
  gateway.region('zhejiang').faults.clear()
  expect(ill.code).toBe(1)
  expect(found.filter(({ state }) => state === 'wrong').map(({ what }) => what)).toEqual([
    'database',
    'shanghai',
    'clock of zhejiang',
  ])
  expect(found.find(({ what }) => what === 'jiangsu')).toMatchObject({ state: 'note' })
  for (const one of found.filter(({ state }) => state !== 'well'))
    expect([one.todo?.zh, one.todo?.en]).toEqual([expect.stringMatching(/[一-龥]/), expect.any(String)])
})

test('a platform is judged over the network, with reports for people and for machines', async () => {
  const { region } = gateway.region('zhejiang')
  const [credentials, out] = [path.join(folder, 'zhejiang.json'), path.join(folder, 'report')]
  writeFileSync(credentials, JSON.stringify(region.config))
  const url = String((region.config as { baseUrl?: unknown }).baseUrl)
  const asked = ['conformance', '--region', 'zhejiang', '--credentials', credentials]
  const clerk = ['--clerk', `${gateway.url}/__sandbox/zhejiang`]
  const good = await delta(...asked, '--url', url, ...clerk, '--out', out)
  expect([good.code, good.out.trim().split('\n').at(-1)]).toEqual([
    0,
    expect.stringMatching(/^通过 \d+, 未通过 0, 不适用 0/),
  ])
  expect(JSON.parse(readFileSync(path.join(out, 'conformance.json'), 'utf8'))).toBeTypeOf('object')
  expect(readFileSync(path.join(out, 'conformance.xml'), 'utf8')).toContain('<testsuite')
  expect(readFileSync(path.join(out, 'conformance.html'), 'utf8')).toContain('ZJ-')
  const far = await delta(...asked, '--url', 'http://127.0.0.1:9')
  expect(far.code).toBe(1)
})

test('listens for callbacks by the clock of the platform until its time is up, and says that nothing came', async () => {
  const credentials = path.join(folder, 'zhejiang.json')
  const asked = ['conformance', '--region', 'zhejiang', '--credentials', credentials]
  const clock = ['--clock', `${gateway.url}/__sandbox/clock`]
  const none = await delta(...asked, '--listen', '0', '--for', '0.2', ...clock)
  expect([none.code, none.err]).toEqual([1, expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+: 0\/9\n$/)])
  expect(none.out).toContain('ZJ-callback-retry-late')
  const wrong = await delta(...asked, '--listen', 'here')
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--listen')])
})

test('the gateway, started by the command line, ends with it', async () => {
  const child = spawn(process.execPath, ['src/cli/main.ts', 'start'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: gateway.databaseUrl,
      DATA_DIR: gateway.dataDir,
      PORT: '0',
      SANDBOX_PORT: '0',
    },
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('listening') && resolve())
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)))
  })
  child.kill('SIGTERM')
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0)
})
