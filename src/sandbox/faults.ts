/** Bad days on demand: a region that fails before or after it acted, answers late, answers rubbish, or drops the line. */

/** What goes wrong. */
export const FAULT_KINDS = ['error', 'lost', 'slow', 'garbage', 'drop'] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

/** One fault that somebody asked for. */
export interface Fault {
  /** Operation id of the contract; every operation when absent; `*` is each operation with a count of its own. */
  readonly operation?: string
  /** `error`: 500, nothing done · `lost`: done, but the answer is a 500 · `slow`: late by `ms` · `garbage`: 200 with HTML · `drop`: the line is cut. */
  readonly kind: FaultKind
  /** Strikes one request in so many; every one when absent. */
  readonly oneIn?: number
  /** Ends after so many strikes; stays when absent. */
  readonly times?: number
  readonly ms?: number
}

/** The faults of one region, and how often each struck. */
export function faultBox() {
  let faults: { fault: Fault; seen: number; struck: number; struckBy: Map<string | undefined, number> }[] = []

  /** The fault that strikes this request, if one does. */
  const strike = (operation: string | undefined): Fault | undefined => {
    for (const entry of faults) {
      const { fault } = entry
      const each = fault.operation === '*'
      if (!each && fault.operation !== undefined && fault.operation !== operation) continue
      entry.seen += 1
      if (fault.oneIn !== undefined && entry.seen % fault.oneIn !== 0) continue
      const before = each ? (entry.struckBy.get(operation) ?? 0) : entry.struck
      if (fault.times !== undefined && before >= fault.times) continue
      entry.struck += 1
      entry.struckBy.set(operation, before + 1)
      return fault
    }
    return undefined
  }

  return {
    strike,
    add: (fault: Fault): void => void faults.push({ fault, seen: 0, struck: 0, struckBy: new Map() }),
    clear: (): void => {
      faults = []
    },
    list: () => faults.map(({ fault, seen, struck }) => ({ ...fault, seen, struck })),
  }
}

export type FaultBox = ReturnType<typeof faultBox>

const broken = () =>
  new Response('upstream error', { status: 500, headers: { 'content-type': 'text/plain' } })

/** Puts faults before a region. `cut` ends the connection without an answer, where there is one to cut. */
export async function withFaults(
  operation: string | undefined,
  box: FaultBox,
  answer: () => Promise<Response>,
  cut: () => Response,
): Promise<Response> {
  const fault = box.strike(operation)
  if (!fault) return answer()
  if (fault.kind === 'error') return broken()
  if (fault.kind === 'drop') return cut()
  if (fault.kind === 'garbage')
    return new Response('<html><body>系统维护中</body></html>', {
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8' },
    })
  if (fault.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1000))
  const answered = await answer()
  return fault.kind === 'lost' ? broken() : answered
}
