/** The regions, played: each on its own address, with one control for all of them. */
import { type HttpBindings, serve } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Hono } from 'hono'
import { REGION_IDS } from '../schemas/regions.ts'
import { simulateAnhui } from './anhui/index.ts'
import { type Clock, dayGone, virtualClock } from './clock.ts'
import { controlApp } from './control.ts'
import { simulateJiangsu } from './jiangsu/index.ts'
import { simulateShanghai } from './shanghai/index.ts'
import type { SimulatedRegion, SimulatedRegionId, World } from './simulated.ts'
import { type Staged, stage } from './stage.ts'
import { simulateZhejiang } from './zhejiang/index.ts'

type Simulate = (world: World) => SimulatedRegion

const byRegion: Readonly<Record<SimulatedRegionId, Simulate | 'not played'>> = {
  shanghai: simulateShanghai,
  jiangsu: simulateJiangsu,
  zhejiang: simulateZhejiang,
  anhui: simulateAnhui,
}

/** How far the ports of two regions are apart. */
const PORTS_APART = 10

/** Who is played, and how far its port is from the first. */
export const REGIONS: readonly (readonly [SimulatedRegionId, Simulate, offset: number])[] =
  REGION_IDS.flatMap((id, place) => {
    const simulate = byRegion[id]
    return simulate === 'not played' ? [] : [[id, simulate, place * PORTS_APART]]
  })

/** A sandbox that is up. */
export interface Sandbox {
  /** The object for `REGION_DIRECTORY`. */
  readonly directory: object
  readonly regions: readonly Staged[]
  /** The clock of all regions, and of a gateway that runs beside them. */
  readonly clock: Clock
  /** The admin page and `/__sandbox/…`. */
  readonly control: Hono
  readonly close: () => Promise<void>
}

/** How the regions are played. */
export interface SandboxOptions {
  /** Where the gateway is reached: callbacks go there. */
  readonly gatewayUrl: string
  /** The same seed gives the same random bytes to the same requests; the machine's randomness when absent. */
  readonly seed?: string
  readonly clock?: Clock
  readonly retryDelaysMs?: readonly number[]
  /** How callbacks are posted; over the network when absent. */
  readonly post?: World['post']
}

interface Options extends SandboxOptions {
  readonly host: string
  /** First of the ports (they are ten apart); 0 takes any that are free. */
  readonly port: number
  /** The name under which others reach this machine, where it is not `host` (in a network of containers, say). */
  readonly advertisedHost?: string
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

/** The object for `REGION_DIRECTORY` of regions that are played. */
export const directoryOf = (regions: readonly Staged[]): object => ({
  regions: Object.fromEntries(regions.map(({ region }) => [region.region, region.config])),
  cities: {},
})

/** Starts the regions. @throws when a port is taken. */
export async function startSandbox(options: Options): Promise<Sandbox> {
  const clock = options.clock ?? virtualClock()
  const started: { staged: Staged; stop: () => Promise<void> }[] = []
  for (const [id, simulate, offset] of REGIONS)
    started.push(await play(id, simulate, options.port === 0 ? 0 : options.port + offset, options, clock))
  const regions = started.map(({ staged }) => staged)
  return {
    directory: directoryOf(regions),
    regions,
    clock,
    control: controlApp(regions, clock),
    close: async () => void (await Promise.all(started.map(({ stop }) => stop()))),
  }
}

async function play(
  id: SimulatedRegionId,
  simulate: (world: World) => SimulatedRegion,
  port: number,
  options: Options,
  clock: Clock,
): Promise<{ staged: Staged; stop: () => Promise<void> }> {
  let staged: Staged | undefined
  const server = serve({
    fetch: (request, env) =>
      staged?.answer(
        request,
        () => {
          ;(env as HttpBindings).incoming.socket.destroy()
          return RESPONSE_ALREADY_SENT
        },
        env,
      ) ?? new Response('starting', { status: 503 }),
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
  const host = options.advertisedHost ?? (options.host === '0.0.0.0' ? '127.0.0.1' : options.host)
  const played = stage(simulate, {
    clock,
    baseUrl: `http://${host}:${bound}`,
    gatewayUrl: options.gatewayUrl,
    post: options.post ?? postOverNetwork,
    ...(options.retryDelaysMs ? { retryDelaysMs: options.retryDelaysMs } : {}),
    // An earlier one of today may have given out numbers. With a seed everything is repeated, numbers too.
    ...(options.seed === undefined ? { numbersGone: dayGone(clock.now()) } : { seed: options.seed }),
  })
  staged = played
  return {
    staged: played,
    stop: () =>
      new Promise((resolve) => {
        played.region.close()
        server.close(() => resolve())
        // Connections that are kept alive would hold the server open.
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}
