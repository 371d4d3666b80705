/** Programs of the project that run until they are ended, started as they are with the same command line. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { GatewayError } from '../errors.ts'
import type { Args, Said } from './args.ts'

const PLACES = { main: '../main', sandbox: '../sandbox/main', tour: '../../examples/tour' } as const

/** Runs one of them with what stands behind it on the command line; it ends as the program ends. */
export const program =
  (name: keyof typeof PLACES) =>
  async ({ positionals }: Args): Promise<Said> => {
    // What was built runs what was built.
    const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
    const file = fileURLToPath(new URL(`${PLACES[name]}${ending}`, import.meta.url))
    if (!existsSync(file))
      throw new GatewayError('CONFIGURATION_INVALID', { command: name, reason: 'is not part of this build' })
    const child = spawn(process.execPath, [file, ...positionals], { stdio: 'inherit' })
    const pass = (signal: NodeJS.Signals) => void child.kill(signal)
    process.once('SIGTERM', pass)
    process.once('SIGINT', pass)
    process.exitCode = await new Promise<number>((resolve) =>
      child.once('exit', (code) => resolve(code ?? 1)),
    )
    return ''
  }
