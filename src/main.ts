/** The only file that knows everyone: configuration → sandbox, when it is on → gateway → listen. */
import { writeFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { serve } from '@hono/node-server'
import { pino } from 'pino'
import type { Config } from './config.ts'
import { keptFile, LIMITS, readConfig } from './config.ts'
import { GatewayError } from './errors.ts'
import type { Beside } from './gateway.ts'

const started = performance.now()

function configuration(): Config {
  try {
    return readConfig(process.env)
  } catch (error) {
    return stop(error)
  }
}

/** One clear line, and the end. */
function stop(error: unknown): never {
  if (!(error instanceof GatewayError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

const config = configuration()
// The house is loaded once the configuration is right, and faster from the second start on: what was
// compiled is kept with the data when the process ends.
enableCompileCache(path.join(config.dataDir, 'compiled'))
const { createGateway } = await import('./gateway.ts')
const log = pino({
  level: config.logLevel,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: ['*.number', '*.name', '*.mobile', '*.address'],
})
const wrapped = { info: log.info.bind(log), warn: log.warn.bind(log), error: log.error.bind(log) }

/** The regions played in this process; nothing of them is loaded when the sandbox is off. */
async function sandboxOf({
  sandbox,
  regionDirectory,
  dataDir,
  host,
  port,
  sandboxPort,
  sandboxSeed,
}: Config): Promise<(Beside & { close: () => Promise<void> }) | undefined> {
  if (!sandbox) return undefined
  const { createSandboxClients } = await import('./sandbox/clients.ts')
  const clients = JSON.parse(
    await keptFile(dataDir, 'sandbox-clients.json', async () =>
      JSON.stringify(createSandboxClients(), null, 2),
    ),
  ) as ReturnType<typeof createSandboxClients>
  if (regionDirectory !== undefined)
    return { directory: {}, clients: clients.directory, control: undefined, close: async () => {} }
  const { startSandbox } = await import('./sandbox/sandbox.ts')
  const gatewayUrl = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`
  const { keptClock } = await import('./sandbox/kept-clock.ts')
  const { GUESTS } = await import('./sandbox/guests.ts')
  const clock = keptClock(dataDir)
  const started = await startSandbox({
    host: '127.0.0.1',
    port: sandboxPort,
    gatewayUrl,
    clock,
    ...(sandboxSeed === undefined ? {} : { seed: sandboxSeed }),
  })
  // For commands beside the gateway that speak to the same regions.
  writeFileSync(path.join(dataDir, 'sandbox-regions.json'), JSON.stringify(started.directory), {
    mode: 0o600,
  })
  return {
    directory: started.directory,
    clients: clients.directory,
    control: started.control,
    guests: GUESTS,
    now: clock.now,
    close: started.close,
  }
}

const beside = await sandboxOf(config).catch(stop)
const gateway = await createGateway(config, wrapped, beside).catch(stop)
const server = serve({ fetch: gateway.app.fetch, hostname: config.host, port: config.port }, ({ port }) => {
  log.info(
    { port, ms: Math.round(performance.now() - started), sandbox: config.sandbox },
    `listening on http://${config.host}:${port}`,
  )
  gateway.work()
})
if (config.metricsPort !== undefined)
  serve({ fetch: gateway.metrics.fetch, hostname: config.host, port: config.metricsPort })
server.once('error', (error: NodeJS.ErrnoException) => {
  process.stderr.write(
    error.code === 'EADDRINUSE' ? `PORT: ${config.port} is taken by another process\n` : `${error.message}\n`,
  )
  process.exit(1)
})

/** Takes no more requests, finishes those in hand, and takes its own database down. */
async function end(): Promise<void> {
  const deadline = setTimeout(() => process.exit(1), LIMITS.shutdownMs)
  deadline.unref()
  // A stream has no end of its own: the server would wait for it.
  gateway.live.close()
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })
  await beside?.close()
  await gateway.close()
  process.exit(0)
}
process.once('SIGTERM', () => void end())
process.once('SIGINT', () => void end())
