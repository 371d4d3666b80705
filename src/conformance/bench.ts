/** Where a platform is tested: its links, what was exchanged with it, and requests that are made again with something changed. */
import { adapters } from '../adapters/index.ts'
import type { RegionAdapter, RegionConfig, RegionLink } from '../adapters/kit/contract.ts'
import type { LogInLink } from '../adapters/kit/log-in.ts'
import type { Incoming, Outgoing, Transport } from '../adapters/kit/transport.ts'
import { GatewayError } from '../errors.ts'
import type { CaseStatus } from '../schemas/case-status.ts'
import { validator } from '../schemas/validate.ts'
import { Breach, type Exchange, type JudgedRegion, NotApplicable } from './model.ts'
import { type Parts, partsOf, withParts } from './parts.ts'
import { speechOf } from './speech/index.ts'
import type { Outcome, Speech } from './speech/speech.ts'

/** Who acts as the platform's clerk: an answer of the wire cannot make a case move. */
export interface Clerk {
  readonly advance: (
    caseNumber: string,
    act: { to: CaseStatus; fields?: readonly string[]; materials?: readonly string[] },
  ) => Promise<void>
  /** A ticket as the browser would bring it back after a log-in; for the service of a region’s app a token of it. */
  readonly ticket: (account: string, service?: string) => Promise<string>
}

/** What is tested, and with what. */
export interface Subject {
  readonly region: JudgedRegion
  /** Section 2 of the region's contract: address, credentials, options. */
  readonly config: RegionConfig
  readonly transport: Transport
  readonly now?: () => Date
  readonly clerk?: Clerk
}

/** How one part of the tour ended. */
export type Ending =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'notOffered'; readonly reason: string }

export interface Bench {
  readonly adapter: RegionAdapter
  readonly config: RegionConfig
  readonly speech: Speech
  readonly link: RegionLink
  readonly logIn: LogInLink | undefined
  readonly clerk: Clerk | undefined
  readonly now: () => Date
  /** Does one part of the tour and notes how it ended. It never throws. */
  readonly step: <T>(name: string, work: () => Promise<T>) => Promise<T | undefined>
  readonly endings: Map<string, Ending>
  readonly exchanges: readonly Exchange[]
  /** The first good exchange of an operation. @throws Breach when there is none, NotApplicable when it was not offered */
  readonly good: (operation: string) => Exchange
  /** Asks what no adapter asks: signed as of now, and remembered as what the current part of the tour did. */
  readonly ask: (out: Outgoing) => Promise<{ answer: Incoming; outcome: Outcome }>
  /** Makes an exchange again with parts changed and signed anew; `unsigned` changes come after the signature. */
  readonly again: (
    exchange: Exchange,
    change?: (parts: Parts) => void,
    unsigned?: (parts: Parts) => void,
  ) => Promise<{ exchange: Exchange; answer: Incoming; outcome: Outcome }>
}

/** The adapter of a region. @throws GatewayError for a name that is none */
export function adapterOf(region: JudgedRegion): RegionAdapter {
  const adapter = adapters.find((one) => one.id === region)
  if (adapter) return adapter
  throw new GatewayError('CONFIGURATION_INVALID', { option: '--region', reason: 'is not one of the four' })
}

/** Whoever asks for a bench with a configuration that is not the contract's is told where. @throws GatewayError */
export function checked(adapter: RegionAdapter, config: RegionConfig): RegionConfig {
  const errors = validator(adapter.configSchema)(config)
  if (errors)
    throw new GatewayError(
      'CONFIGURATION_INVALID',
      { option: '--credentials', reason: 'section 2 of the contract' },
      { errors },
    )
  return config
}

const said = (error: unknown): string =>
  error instanceof GatewayError
    ? `${error.code} ${Object.entries(error.facts)
        .filter(([name]) => ['code', 'reason', 'status', 'operation', 'phase'].includes(name))
        .map(([name, value]) => `${name}=${String(value)}`)
        .join(' ')}`
    : error instanceof Error
      ? error.message
      : String(error)

export function benchFor({
  region,
  config: given,
  transport,
  now = () => new Date(),
  clerk,
}: Subject): Bench {
  const adapter = adapterOf(region)
  const config = checked(adapter, given)
  const speech = speechOf(region, config)
  const exchanges: Exchange[] = []
  const endings = new Map<string, Ending>()
  let current = 'requirement'

  const recorded: Transport = async (out, limits) => {
    const base = { step: current, operation: speech.operationOf(out), out }
    try {
      const answer = await transport(out, limits)
      exchanges.push({ ...base, answer })
      return answer
    } catch (error) {
      exchanges.push(base)
      throw error
    }
  }

  const step = async <T>(name: string, work: () => Promise<T>): Promise<T | undefined> => {
    current = name
    try {
      const value = await work()
      endings.set(name, { kind: 'done' })
      return value
    } catch (error) {
      endings.set(
        name,
        error instanceof NotApplicable
          ? { kind: 'notOffered', reason: error.message }
          : { kind: 'failed', reason: said(error) },
      )
      return undefined
    } finally {
      current = 'requirement'
    }
  }

  const good = (operation: string): Exchange => {
    const of = exchanges.filter((one) => one.operation === operation && one.step !== 'requirement')
    const found = of.find(({ answer }) => answer !== undefined && speech.outcomeOf(answer).ok)
    if (found) return found
    if (of.length > 0) throw new Breach(`${operation}: no good answer`, of[0])
    throw new NotApplicable(`${operation} was not reached`)
  }

  const ask: Bench['ask'] = async (out) => {
    const answer = await recorded(speech.sign(out, config, now()), { timeoutMs: TIMEOUT_MS })
    return { answer, outcome: speech.outcomeOf(answer) }
  }

  const again: Bench['again'] = async ({ out, operation }, change, unsigned) => {
    const apply = (from: Outgoing, how?: (parts: Parts) => void): Outgoing => {
      if (how === undefined) return from
      const parts = partsOf(from)
      how(parts)
      return withParts(from, parts)
    }
    const sent = apply(speech.sign(apply(out, change), config, now()), unsigned)
    const base = { step: 'requirement', operation, out: sent }
    try {
      const answer = await transport(sent, { timeoutMs: TIMEOUT_MS })
      return { exchange: { ...base, answer }, answer, outcome: speech.outcomeOf(answer) }
    } catch (error) {
      throw new Breach(`${operation}: ${said(error)}`, base)
    }
  }

  return {
    adapter,
    config,
    speech,
    link: adapter.connect(config, recorded, now),
    logIn: adapter.logIn?.(config, recorded, now),
    clerk,
    now,
    step,
    endings,
    exchanges,
    good,
    ask,
    again,
  }
}

/** No contract lets an answer take longer, files apart. */
const TIMEOUT_MS = 10_000
