import { createHash } from 'node:crypto'
import { entryOf } from '../entries.ts'
import type { World } from '../simulated.ts'
import { type Config, configOf } from './config.ts'
import { type CaseRecord, emptyState, type PlatformState } from './state.ts'

/** What every part of the platform shares: the world outside, the configuration and the state. */
export interface Office {
  readonly world: World
  readonly config: Config
  /** Replaced as a whole when a saved state is loaded. */
  state: PlatformState
}

export const openOffice = (world: World): Office => ({
  world,
  config: configOf(world),
  state: emptyState(world.now().getTime()),
})

/** The platform's clock in epoch milliseconds. */
export const nowOf = (office: Office): number => office.world.now().getTime()

/** A guid made from a seed, so that the same run makes the same ones. */
export function guidOf(seed: string): string {
  const hex = createHash('sha256').update(`fake-js ${seed}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}

export const sourceKey = (areacode: string, number: string): string => `${areacode}/${number}`
export const personKey = (areacode: string, certtype: string, certnum: string): string =>
  `${areacode}/${certtype}/${certnum}`

/** The next turn of uploads and correction requests. */
export function nextTurn(office: Office): number {
  office.state.turn += 1
  return office.state.turn
}

/** A case by its key in a city. */
export function caseAt(office: Office, areacode: string, projectguid: string): CaseRecord | undefined {
  const found = entryOf(office.state.cases, projectguid)
  return found?.areacode === areacode ? found : undefined
}

/** A case by its number in a city. */
export function caseByNumber(office: Office, areacode: string, flowsn: string): CaseRecord | undefined {
  const key = entryOf(office.state.byNumber, flowsn)
  return key === undefined ? undefined : caseAt(office, areacode, key)
}
