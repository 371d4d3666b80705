/** The gateway and the sandbox as processes of their own, and how much memory they hold. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

/** Starts the gateway with this environment, as `npm start` does. */
export function runGateway(env: Record<string, string>): ChildProcess {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }
  const [, ...args] = scripts.start.split(' ')
  return run(args, env)
}

/**
 * Starts Node with this environment; it ends when we end. `CPU_PROF` names a folder for its profile.
 * @param args a script of `src/`, after what Node is told
 */
export function run(args: readonly string[], env: Record<string, string>): ChildProcess {
  const folder = process.env['CPU_PROF']
  const profiled = folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`]
  const child = spawn(process.execPath, [...profiled, ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  return child
}

/** Waits for the first 200 of this address. @returns milliseconds since it was asked for first. */
export async function untilAnswered(url: string): Promise<number> {
  const since = performance.now()
  for (;;) {
    const answered = await fetch(url).then(
      async (answer) => {
        await answer.arrayBuffer()
        return answer.ok
      },
      () => false,
    )
    if (answered) return performance.now() - since
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** Ends a process as its owner would, and waits for it. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}

/** Resident memory of a process in MiB; `undefined` where the system does not tell it in `/proc`. */
export function residentMiB(pid: number | undefined): number | undefined {
  try {
    const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kib === undefined ? undefined : Math.round(Number(kib) / 1024)
  } catch {
    return undefined
  }
}

/** Processor time that a process has taken so far, in milliseconds; `undefined` where the system does not tell it in `/proc`. */
export function cpuMs(pid: number | undefined): number | undefined {
  try {
    // After the name in brackets: state is field 3, user and system time are 14 and 15, in hundredths of a second.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return undefined
  }
}
