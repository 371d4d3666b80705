/** The regions alone: `npm run sandbox`. The control listens four ports above the last region. */
import { writeFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { startSandbox } from './sandbox.ts'

const port = Number(process.env['SANDBOX_PORT'] ?? 4310)
const host = process.env['HOST'] ?? '127.0.0.1'
const gatewayUrl = (process.env['GATEWAY_URL'] ?? 'http://127.0.0.1:8080').replace(/\/$/, '')

const seed = process.env['SANDBOX_SEED']
const advertisedHost = process.env['ADVERTISED_HOST']

const sandbox = await startSandbox({
  host,
  port,
  gatewayUrl,
  ...(seed ? { seed } : {}),
  ...(advertisedHost ? { advertisedHost } : {}),
})
const control = serve({ fetch: sandbox.control.fetch, hostname: host, port: port + 40 })

const file = process.env['DIRECTORY_OUT']
if (file) writeFileSync(file, JSON.stringify(sandbox.directory, null, 2))
process.stdout.write(
  `Sandbox: four regions on ${host}:${port}, :${port + 10}, :${port + 20}, :${port + 30}; control on http://${host}:${port + 40}/__sandbox\n`,
)
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    control.close()
    void sandbox.close().then(() => process.exit(0))
  })
}
