/** Faults that are planted to see whether the proof finds them. */
import type { RegionAdapter } from '../../src/adapters/kit/contract.ts'
import type { Outgoing } from '../../src/adapters/kit/transport.ts'
import type { SimulatedRegion } from '../../src/sandbox/simulated.ts'
import type { Posted } from './world.ts'

/** What a fault does: to our adapter, to the played region, or to the bytes between them. */
export interface Fault {
  readonly adapter?: (own: RegionAdapter) => RegionAdapter
  readonly region?: (played: SimulatedRegion) => SimulatedRegion
  readonly out?: (out: Outgoing, operation: string) => Outgoing
  readonly answer?: (body: Buffer, operation: string) => Buffer
  readonly callback?: (posted: Posted) => Posted
}
