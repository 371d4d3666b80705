/** The gateway as a process of its own: started, killed, started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'

/** The many processes of a run compile our files once. */
export const COMPILED = { NODE_COMPILE_CACHE: path.join(os.tmpdir(), 'delta-test-compiled') }

export interface Started {
  readonly child: ChildProcess
  /** All that it said so far. */
  readonly said: () => string
  /** Resolves with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>
}

/** Starts `src/main.ts` with this environment and nothing else of ours. */
export function startProcess(env: Record<string, string>): Started {
  const child = spawn(process.execPath, ['src/main.ts'], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...COMPILED, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  return {
    child,
    said: () => said,
    ended: new Promise((resolve) => {
      child.once('close', (code, signal) => resolve(code ?? signal ?? ''))
    }),
  }
}

/** Waits for the first answer of `/readyz`. @throws when the process ended before. */
export async function untilReady(url: string, started: Started): Promise<void> {
  let over: number | string | undefined
  void started.ended.then((code) => {
    over = code
  })
  for (;;) {
    if (over !== undefined) throw new Error(`ended with ${over}: ${started.said()}`)
    const ready = await fetch(`${url}/readyz`).then(
      (answer) => answer.status === 200,
      () => false,
    )
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
