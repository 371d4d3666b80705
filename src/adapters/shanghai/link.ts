/** Shanghai's calls (contract section 4). */
import { type Alarms, unheard } from '../kit/codes.ts'
import type { RegionLink } from '../kit/contract.ts'
import type { Caller } from './call.ts'
import { catalogueCalls } from './catalogue.ts'
import type { ShanghaiConfig } from './config.ts'
import { filingCalls } from './filing.ts'
import { followingCalls } from './following.ts'

/** Binds them to one configuration. */
export const link = (config: ShanghaiConfig, call: Caller, alarms: Alarms = unheard): RegionLink => ({
  health: call.health,
  ...catalogueCalls(config, call, alarms),
  ...filingCalls(config, call),
  ...followingCalls(config, call, alarms),
})
