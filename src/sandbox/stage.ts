/** One played region before its public: faults in front of it, a seed under it, and a book of what was asked. */
import { CITIES } from '../schemas/division.ts'
import type { Clock } from './clock.ts'
import { withFaults } from './fault-answers.ts'
import { type FaultBox, faultBox } from './faults.ts'
import { inMoment, type SignatureCheck } from './moment.ts'
import { afterOnThisMachine, type SimulatedRegion, type World } from './simulated.ts'

/** How many exchanges are kept; older ones go. */
const KEPT = 200
const LATE_MS = 2_000

/** One request and its answer, without anything that a person sent: no body, no query. */
export interface Exchange {
  /** By the region's clock, RFC 3339. */
  readonly at: string
  readonly method: string
  readonly path: string
  readonly operation: string
  /** The city it was about, where a fault for cities had it looked for. */
  readonly division?: string
  readonly status: number
  /** The fault that struck it. */
  readonly fault?: string
  readonly checks: readonly SignatureCheck[]
}

/** A region that plays. */
export interface Staged {
  readonly region: SimulatedRegion
  readonly faults: FaultBox
  /** The last exchanges, oldest first. */
  readonly exchanges: () => readonly Exchange[]
  /** @param cut ends the connection without an answer · @param env what the server hands to the region's app */
  readonly answer: (request: Request, cut: () => Response, env?: object) => Promise<Response>
}

interface Setting {
  readonly clock: Clock
  readonly baseUrl: string
  readonly gatewayUrl: string
  readonly post: World['post']
  readonly retryDelaysMs?: readonly number[]
  readonly numbersGone?: number
  /** From which random bytes are drawn, so that the same requests get the same bytes; the machine's when absent. */
  readonly seed?: string
}

/** The city that a text speaks of: a code of the region's cities, or that of a case whose number stands in it. */
function divisionIn(text: string, region: SimulatedRegion): string | undefined {
  const codes = new Set<string>(
    CITIES.filter((one) => one.region === region.region).map((one) => one.division),
  )
  for (const [, code = ''] of text.matchAll(/(?<!\d)(\d{6})(?:0{6})?(?!\d)/g))
    if (codes.has(code)) return code
  return region.cases().find(({ number }) => text.includes(number))?.division
}

/** Callbacks that stutter: one waits until the next was sent, one comes twice. */
function stuttering(
  post: World['post'],
  faults: FaultBox,
  now: () => Date,
  about: (text: string) => string | undefined,
) {
  let sent: (() => void)[] = []
  const posted: World['post'] = async (url, headers, body) => {
    const division = faults.list().length > 0 ? about(`${url} ${body}`) : undefined
    const late = faults.strike({ division }, ['late-callback'], now())
    if (late)
      await new Promise<void>((resolve) => {
        sent.push(resolve)
        afterOnThisMachine(late.ms ?? LATE_MS, resolve)
      })
    const answer = await post(url, headers, body)
    const waiting = sent
    sent = []
    for (const go of waiting) go()
    if (faults.strike({ division }, ['duplicate-callback'], now())) await post(url, headers, body)
    return answer
  }
  return posted
}

/** Puts a region on the stage. */
export function stage(simulate: (world: World) => SimulatedRegion, setting: Setting): Staged {
  const { clock, seed } = setting
  const faults = faultBox()
  const now = () => new Date(clock.now().getTime() + faults.skewMs())
  const region: SimulatedRegion = simulate({
    now,
    after: clock.after,
    baseUrl: setting.baseUrl,
    gatewayUrl: setting.gatewayUrl,
    post: stuttering(setting.post, faults, now, (text) => divisionIn(text, region)),
    ...(setting.retryDelaysMs ? { retryDelaysMs: setting.retryDelaysMs } : {}),
    ...(setting.numbersGone === undefined ? {} : { numbersGone: setting.numbersGone }),
  })
  const book: Exchange[] = []
  const counts = new Map<string, number>()

  const answer: Staged['answer'] = async (request, cut, env) => {
    const { pathname, search } = new URL(request.url)
    const operation = region.operationOf(request.method, pathname)
    const count = (counts.get(operation ?? '') ?? 0) + 1
    counts.set(operation ?? '', count)
    // Only a fault for a city needs to know the city: the body is read once more for it.
    const division = faults.list().some((one) => one.division !== undefined)
      ? divisionIn(`${pathname}${search} ${request.body ? await request.clone().text() : ''}`, region)
      : undefined
    const moment = `${seed ?? faults.seed()} ${region.region} ${operation ?? ''} ${count}`
    return inMoment(seed === undefined ? undefined : moment, async (checks) => {
      const { answer: told, fault } = await withFaults({
        asked: { operation, division },
        faults,
        region,
        now: now(),
        answer: async () => region.app.fetch(request, env),
        cut,
        moment,
      })
      book.push({
        at: now().toISOString(),
        method: request.method,
        path: pathname,
        operation: operation ?? 'unknown',
        ...(division === undefined ? {} : { division }),
        status: told.status,
        ...(fault ? { fault: fault.kind } : {}),
        checks,
      })
      if (book.length > KEPT) book.shift()
      return told
    })
  }
  return { region, faults, exchanges: () => [...book], answer }
}
