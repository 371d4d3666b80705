import { entryOf } from '../entries.ts'
import type { World } from '../simulated.ts'
import { type Config, configOf } from './config.ts'
import { wallClock } from './formats.ts'
import { type Apply, emptyState, type State } from './state.ts'

/** What every part of the platform shares: the world outside, the configuration and the state. */
export interface Office {
  readonly world: World
  readonly config: Config
  /** Replaced as a whole when a saved state is loaded. */
  state: State
}

export const openOffice = (world: World): Office => ({
  world,
  config: configOf(world),
  state: emptyState(world.now().getTime()),
})

/** The platform's clock in epoch milliseconds. */
export const nowOf = (office: Office): number => office.world.now().getTime()

/** The next event time of a case: the clock, but at least a second after the event before (contract section 7). */
export function eventTime(office: Office, apply: Apply): string {
  apply.lastEventMs = Math.max(Math.floor(nowOf(office) / 1000) * 1000, apply.lastEventMs + 1000)
  return wallClock(apply.lastEventMs)
}

/** The key of the duplicate rule. */
export const openKey = (itemCode: string, targetNo: string): string => `${itemCode}/${targetNo}`
export const personKey = (type: string, number: string): string => `${type}/${number}`

/** A case that was saved at least once; a number that was only assigned is none. */
export function savedApply(office: Office, applyNo: string): Apply | undefined {
  const found = entryOf(office.state.applies, applyNo)
  return found && found.status !== '' ? found : undefined
}
