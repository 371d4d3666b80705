/** From `npm start` to the first answer, on an empty folder and on one that was used before, and the memory at rest. */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { freePort } from '../test/support/free-port.ts'
import { end, residentMiB, runGateway, untilAnswered } from './processes.ts'

const REST_MS = 20_000

export async function benchStart(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'delta-bench-'))
  const rows: Record<string, { 'first answer (ms)': number; 'memory at rest (MiB)': number | string }> = {}
  try {
    for (const name of ['the very first time', 'again']) {
      const port = await freePort()
      const gateway = runGateway({
        PORT: String(port),
        SANDBOX_PORT: '0',
        DATA_DIR: folder,
        LOG_LEVEL: 'error',
      })
      const ms = await untilAnswered(`http://127.0.0.1:${port}/api/v1/regions`)
      // Rest begins when the catalogues of all cities have been read once.
      await new Promise((resolve) => setTimeout(resolve, REST_MS))
      rows[name] = {
        'first answer (ms)': Math.round(ms),
        'memory at rest (MiB)': residentMiB(gateway.pid) ?? 'unknown',
      }
      await end(gateway)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  console.log('\nStart: gateway with embedded database and sandbox, one process')
  console.table(rows)
}
