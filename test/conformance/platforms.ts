/** Sandboxes that the kit judges without a network, and changed ones. */
import type { Incoming, Transport } from '../../src/adapters/kit/transport.ts'
import type { Clerk, Subject } from '../../src/conformance/bench.ts'
import type { JudgedRegion } from '../../src/conformance/model.ts'
import { simulateAnhui } from '../../src/sandbox/anhui/index.ts'
import { simulateJiangsu } from '../../src/sandbox/jiangsu/index.ts'
import { simulateShanghai } from '../../src/sandbox/shanghai/index.ts'
import type { SimulatedRegion, World } from '../../src/sandbox/simulated.ts'
import { simulateZhejiang } from '../../src/sandbox/zhejiang/index.ts'

const SIMULATIONS = {
  shanghai: simulateShanghai,
  jiangsu: simulateJiangsu,
  zhejiang: simulateZhejiang,
  anhui: simulateAnhui,
} as const

/** What a mutant does to a request or its answer; `operation` is the contract's. */
export interface Meddling {
  readonly before?: (request: Request, operation: string) => Request | Promise<Request>
  readonly after?: (response: Response, operation: string, request: Request) => Response | Promise<Response>
}

export interface Platform {
  readonly region: SimulatedRegion
  readonly subject: Subject
  /** The platform with its change, as a server hands requests to it. */
  readonly answer: (request: Request) => Promise<Response>
}

/** One platform, fresh; `meddling` changes one behaviour of it. */
export function platformOf(
  id: JudgedRegion,
  meddling: (region: SimulatedRegion) => Meddling = () => ({}),
  world: Partial<World> = {},
): Platform {
  const region = SIMULATIONS[id]({
    now: () => new Date(),
    baseUrl: 'http://127.0.0.1:4300',
    gatewayUrl: 'http://127.0.0.1:8080',
    post: async () => ({ status: 200, body: '' }),
    retryDelaysMs: [],
    ...world,
  })
  const { before, after } = meddling(region)
  const answer = async (asked: Request): Promise<Response> => {
    const operation = region.operationOf(asked.method, new URL(asked.url).pathname) ?? ''
    const request = (await before?.(asked, operation)) ?? asked
    const told = await region.app.fetch(request.clone())
    return (await after?.(told, operation, request)) ?? told
  }
  const transport: Transport = async (out): Promise<Incoming> => {
    const response = await answer(
      new Request(out.url, {
        method: out.method,
        headers: out.headers,
        ...(out.body === undefined ? {} : { body: new Uint8Array(Buffer.from(out.body)) }),
      }),
    )
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    }
  }
  const clerk: Clerk = {
    advance: async (number, act) => void region.advance(number, act),
    ticket: async (account, service) => region.logIn?.(account, service) ?? '',
  }
  return {
    region,
    answer,
    subject: {
      region: id,
      // The played region writes the object that section 2 of its contract describes.
      config: region.config as unknown as Subject['config'],
      transport,
      clerk,
      ...(world.now ? { now: world.now } : {}),
    },
  }
}
