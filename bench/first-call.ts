/**
 * The first two steps of `docs/tutorial.md` as on a machine that has only Node, npm and git: a clone of what is committed, an empty home, an
 * empty cache of npm and an empty folder of data, up to the first answers.
 */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { freePort } from '../test/support/free-port.ts'
import { end, untilAnswered } from './processes.ts'

export async function benchFirstCall(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'delta-bare-'))
  const [clone, home] = [path.join(folder, 'delta-gateway'), path.join(folder, 'home')]
  mkdirSync(home)
  // Where packages come from is the machine's own affair.
  const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim()
  const env = {
    // Without the project's own programs, which a bare machine does not have.
    PATH: (process.env['PATH'] ?? '')
      .split(':')
      .filter((one) => !one.includes('node_modules'))
      .join(':'),
    HOME: home,
    npm_config_cache: path.join(home, 'cache'),
    npm_config_registry: registry,
    npm_config_update_notifier: 'false',
  }
  const seconds: Record<string, { seconds: number }> = {}
  const timed = async (what: string, work: () => unknown): Promise<void> => {
    const since = performance.now()
    await work()
    seconds[what] = { seconds: Number(((performance.now() - since) / 1000).toFixed(1)) }
  }
  const run = (command: string, ...words: string[]) =>
    execFileSync(command, words, { cwd: clone, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
  const gateway = `http://localhost:${await freePort()}`
  try {
    const since = performance.now()
    await timed('git clone', () => execFileSync('git', ['clone', '--quiet', process.cwd(), clone]))
    await timed('npm ci', () => run('npm', 'ci'))
    const started = spawn('npm', ['start'], {
      cwd: clone,
      env: { ...env, PORT: new URL(gateway).port, SANDBOX_PORT: '0' },
      stdio: 'ignore',
      detached: true,
    })
    try {
      await timed('npm start, until the first call is answered', () =>
        untilAnswered(`${gateway}/api/v1/cities/330100`),
      )
      seconds['first call, all in all'] = { seconds: Number(((performance.now() - since) / 1000).toFixed(1)) }
      await timed('a token, and the first call with it', async () => {
        const token = run(
          ...(['npm', 'run', '-s', 'delta', '--', 'token', '--gateway', gateway] as const),
          ...['--client', 'sandbox-shanghai', '--key', '.data/sandbox-clients.json', '--scope', 'cases'],
        ).trim()
        const answer = await fetch(`${gateway}/api/v1/cases`, {
          headers: { authorization: `Bearer ${token}` },
        })
        if (answer.status !== 200) throw new Error(`the call was answered with ${answer.status}`)
      })
    } finally {
      // npm and what it started are one group.
      process.kill(-(started.pid ?? 0), 'SIGTERM')
      await end(started)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  console.log('\nFrom nothing to the first call: empty home, empty cache of npm')
  console.table(seconds)
}
