/** Where the proof is made: one region as the sandbox plays it and our adapter for it, joined by function calls alone. */
import { adapters } from '../../src/adapters/index.ts'
import type {
  OpenedCallback,
  RegionAdapter,
  RegionalEvent,
  RegionConfig,
  RegionLink,
} from '../../src/adapters/kit/contract.ts'
import type { LogInLink } from '../../src/adapters/kit/log-in.ts'
import type { Incoming, Outgoing, Transport } from '../../src/adapters/kit/transport.ts'
import { simulateAnhui } from '../../src/sandbox/anhui/index.ts'
import { simulateJiangsu } from '../../src/sandbox/jiangsu/index.ts'
import { simulateShanghai } from '../../src/sandbox/shanghai/index.ts'
import type { SimulatedRegion, SimulatedRegionId, World as Stage } from '../../src/sandbox/simulated.ts'
import { simulateZhejiang } from '../../src/sandbox/zhejiang/index.ts'
import type { Fault } from './fault.ts'
import type { Ledger } from './ledger.ts'

const PLAYED: Readonly<Record<SimulatedRegionId, (world: Stage) => SimulatedRegion>> = {
  shanghai: simulateShanghai,
  jiangsu: simulateJiangsu,
  zhejiang: simulateZhejiang,
  anhui: simulateAnhui,
}

/** A Monday morning: nothing of the proof hangs on today. */
const OPENED = Date.parse('2026-03-02T09:05:00+08:00')

/** One exchange, as it went over the line. `operation` is the contract's. */
export interface Told {
  readonly operation: string
  readonly out: Outgoing
  readonly answer: Incoming
}

/** A callback as it was posted. */
export interface Posted {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

export interface World {
  readonly id: SimulatedRegionId
  readonly adapter: RegionAdapter
  readonly region: SimulatedRegion
  readonly config: RegionConfig
  readonly link: RegionLink
  readonly logIn: LogInLink | undefined
  readonly ledger: Ledger
  /** The region's clock, which stands still between the steps of a story. */
  readonly now: () => Date
  readonly pass: (seconds: number) => void
  readonly told: readonly Told[]
  /** The last exchange of an operation. @throws when there was none */
  readonly last: (operation: string) => Told
  readonly posts: readonly Posted[]
  /** What our side read of the callbacks, in the order in which they came. */
  readonly events: readonly RegionalEvent[]
  /** Callbacks that our side did not take. */
  readonly refused: readonly OpenedCallback[]
  /** Gives one callback to our side. */
  readonly open: (posted: Posted) => OpenedCallback
  /** The same region over a new connection, which has nothing in its memory. */
  readonly again: () => World
  /** Says something else in the region's place: the answer to an operation, from now on. */
  readonly say: (operation: string, how: (body: string) => string) => void
}

/** An adapter of the registry. */
export function adapterOf(id: SimulatedRegionId): RegionAdapter {
  const found = adapters.find((one) => one.id === id)
  if (!found) throw new Error(`no adapter of ${id}`)
  return found
}

const lowered = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

/** The contract's operation. Jiangsu's identity platform has one address for two, told apart by `servicename`. */
function operationOf(region: SimulatedRegion, { method, url, body }: Outgoing): string {
  const operation = region.operationOf(method, new URL(url).pathname) ?? 'unknown'
  const isUserinfo = /servicename=(?!ticketValidate)/.test(String(body ?? ''))
  return operation === 'sso-exchange' && isUserinfo ? 'sso-userinfo' : operation
}

/** A fresh region and our adapter for it. `fault` is what a planted fault makes of either. */
export function worldOf(id: SimulatedRegionId, ledger: Ledger, fault?: Fault): World {
  let ms = OPENED
  const now = () => new Date(ms)
  const told: Told[] = []
  const posts: Posted[] = []
  const events: RegionalEvent[] = []
  const refused: OpenedCallback[] = []
  const sayings = new Map<string, (body: string) => string>()
  const own = adapterOf(id)
  const adapter = fault?.adapter?.(own) ?? own

  const open = ({ url, headers, body }: Posted): OpenedCallback => {
    const { pathname, search } = new URL(url)
    const request = {
      method: 'POST',
      target: pathname + search,
      headers: lowered(headers),
      body: Buffer.from(body),
    }
    return adapter.openCallback(request, config, now())
  }
  const post: Stage['post'] = async (url, headers, body) => {
    const posted = fault?.callback?.({ url, headers, body }) ?? { url, headers, body }
    posts.push(posted)
    ledger.exchange(id, 'callback')
    const opened = open(posted)
    if (opened.accepted && 'event' in opened.content) {
      const { event } = opened.content
      events.push(event)
      return opened.answers.taken(event.caseNumber)
    }
    refused.push(opened)
    return opened.accepted ? opened.answers.later : opened.answer
  }
  const played = PLAYED[id]({
    now,
    after: () => () => undefined,
    baseUrl: `http://${id}.test`,
    gatewayUrl: 'http://127.0.0.1:8080',
    post,
    retryDelaysMs: [],
  })
  const region = fault?.region?.(played) ?? played
  // The played region writes the object that section 2 of its contract describes.
  const config = region.config as unknown as RegionConfig

  const transport: Transport = async (out) => {
    const operation = operationOf(region, out)
    const sent = fault?.out?.(out, operation) ?? out
    ledger.exchange(id, operation)
    const answered = await region.app.request(sent.url, {
      method: sent.method,
      headers: { ...sent.headers },
      ...(sent.body === undefined ? {} : { body: new Uint8Array(Buffer.from(sent.body)) }),
    })
    const bytes = Buffer.from(await answered.arrayBuffer())
    const rewritten = fault?.answer?.(bytes, operation) ?? bytes
    const saying = sayings.get(operation)
    const answer: Incoming = {
      status: answered.status,
      headers: Object.fromEntries(answered.headers),
      body: saying ? Buffer.from(saying(rewritten.toString('utf8'))) : rewritten,
    }
    told.push({ operation, out: sent, answer })
    return answer
  }
  const connected = (): World => ({
    id,
    adapter,
    region,
    config,
    link: adapter.connect(config, transport, now),
    logIn: adapter.logIn?.(config, transport, now),
    ledger,
    now,
    pass: (seconds) => {
      ms += seconds * 1000
    },
    told,
    last: (operation) => {
      const found = told.findLast((one) => one.operation === operation)
      if (!found) throw new Error(`${operation} was not asked`)
      return found
    },
    posts,
    events,
    refused,
    open,
    again: connected,
    say: (operation, how) => void sayings.set(operation, how),
  })
  return connected()
}
