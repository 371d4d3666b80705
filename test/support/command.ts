/** The command line beside a running gateway, with its environment. */
import { spawn } from 'node:child_process'
import type { TestGateway } from './gateway.ts'
import { COMPILED } from './process.ts'

/** Runs `delta …` to its end. */
export async function commandBeside(
  gateway: Pick<TestGateway, 'databaseUrl' | 'dataDir' | 'url'>,
  ...args: string[]
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const child = spawn(process.execPath, ['src/cli/main.ts', ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      ...COMPILED,
      DATABASE_URL: gateway.databaseUrl,
      DATA_DIR: gateway.dataDir,
      PUBLIC_URL: gateway.url,
    },
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? -1)))
  return { code, out, err }
}
