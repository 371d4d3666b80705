/** A gateway for what strangers run against it: its keys lie in a file, and other programs are started beside it. */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { startTestGateway } from '../support/gateway.ts'

/** Starts it with its own work going on, and the sandbox's keys where `npm start` leaves them. */
export async function startForExamples() {
  const gateway = await startTestGateway({ work: true })
  const keys = path.join(gateway.dataDir, 'sandbox-clients.json')
  writeFileSync(keys, JSON.stringify({ keys: gateway.clients.keys }))
  return { gateway, keys }
}

/** What a program wrote, and how it ended. */
export interface Ran {
  readonly code: number | null
  readonly text: string
}

/** Runs a program to its end. */
export const run = (
  command: string,
  parameters: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { env: { ...process.env, ...env } })
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString()
      })
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, text }))
  })
