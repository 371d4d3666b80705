/** The four regions, played: each on its own address, with one control for all of them. */
import { type HttpBindings, serve } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Hono } from 'hono'
import { simulateAnhui } from './anhui/index.ts'
import { type ControlledRegion, controlApp } from './control.ts'
import { faultBox, withFaults } from './faults.ts'
import { simulateJiangsu } from './jiangsu/index.ts'
import { simulateShanghai } from './shanghai/index.ts'
import type { SimulatedRegion, SimulatedRegionId, World } from './simulated.ts'
import { simulateZhejiang } from './zhejiang/index.ts'

const REGIONS: readonly (readonly [SimulatedRegionId, (world: World) => SimulatedRegion, offset: number])[] =
  [
    ['shanghai', simulateShanghai, 0],
    ['jiangsu', simulateJiangsu, 10],
    ['zhejiang', simulateZhejiang, 20],
    ['anhui', simulateAnhui, 30],
  ]

/** A sandbox that is up. */
export interface Sandbox {
  /** The object for `REGION_DIRECTORY`. */
  readonly directory: object
  readonly regions: readonly ControlledRegion[]
  /** The admin page and `/__sandbox/…`. */
  readonly control: Hono
  readonly close: () => Promise<void>
}

interface Options {
  readonly host: string
  /** First of the four ports (they are ten apart); 0 takes any that are free. */
  readonly port: number
  readonly gatewayUrl: string
  /** The name under which others reach this machine, where it is not `host` (in a network of containers, say). */
  readonly advertisedHost?: string
  readonly now?: () => Date
  readonly retryDelaysMs?: readonly number[]
  /** How callbacks are posted; over the network when absent. */
  readonly post?: World['post']
}

/** How long a callback may take to be answered. */
const CALLBACK_MS = 10_000

export const postOverNetwork: World['post'] = async (url, headers, body) => {
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : new Uint8Array(body),
    signal: AbortSignal.timeout(CALLBACK_MS),
  })
  return { status: answer.status, body: await answer.text() }
}

/** Starts the regions. @throws when a port is taken. */
export async function startSandbox(options: Options): Promise<Sandbox> {
  const regions: (ControlledRegion & { stop: () => Promise<void> })[] = []
  for (const [id, simulate, offset] of REGIONS)
    regions.push(await play(id, simulate, options.port === 0 ? 0 : options.port + offset, options))
  return {
    directory: {
      regions: Object.fromEntries(regions.map(({ region }) => [region.region, region.config])),
      cities: {},
    },
    regions,
    control: controlApp(regions),
    close: async () => void (await Promise.all(regions.map((one) => one.stop()))),
  }
}

async function play(
  id: SimulatedRegionId,
  simulate: (world: World) => SimulatedRegion,
  port: number,
  options: Options,
): Promise<ControlledRegion & { stop: () => Promise<void> }> {
  const faults = faultBox()
  let region: SimulatedRegion | undefined
  const handle = (request: Request, env: HttpBindings): Promise<Response> => {
    if (!region) return Promise.resolve(new Response('starting', { status: 503 }))
    const operation = region.operationOf(request.method, new URL(request.url).pathname)
    const cut = () => {
      env.incoming.socket.destroy()
      return RESPONSE_ALREADY_SENT
    }
    return withFaults(
      operation,
      faults,
      () => Promise.resolve(region?.app.fetch(request, env) ?? new Response(null, { status: 503 })),
      cut,
    )
  }
  const server = serve({
    fetch: (request, env) => handle(request, env as HttpBindings),
    hostname: options.host,
    port,
  })
  const bound = await new Promise<number>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new Error(`the sandbox of ${id} needs port ${port}, which is taken: set SANDBOX_PORT`)
          : error,
      ),
    )
    const done = () => resolve((server.address() as { port: number }).port)
    if (server.listening) done()
    else server.once('listening', done)
  })
  region = simulate({
    now: options.now ?? (() => new Date()),
    baseUrl: `http://${options.advertisedHost ?? (options.host === '0.0.0.0' ? '127.0.0.1' : options.host)}:${bound}`,
    gatewayUrl: options.gatewayUrl,
    post: options.post ?? postOverNetwork,
    ...(options.retryDelaysMs ? { retryDelaysMs: options.retryDelaysMs } : {}),
  })
  const played = region
  return {
    region: played,
    faults,
    stop: () =>
      new Promise((resolve) => {
        played.close()
        server.close(() => resolve())
        // Connections that are kept alive would hold the server open.
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}
