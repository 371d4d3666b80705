/** Faults that are planted to see whether the proof finds them: over the adapter's object, the region's, or the bytes between the two. */
import type { RegionAdapter, RegionalEvent, RegionLink } from '../../src/adapters/kit/contract.ts'
import type { RegionalAccount } from '../../src/adapters/kit/log-in.ts'
import type { Outgoing } from '../../src/adapters/kit/transport.ts'
import type { SimulatedRegion, SimulatedRegionId } from '../../src/sandbox/simulated.ts'
import type { Posted } from './world.ts'

/** What a fault does: to our adapter, to the played region, or to the bytes between them. */
export interface Fault {
  readonly adapter?: (own: RegionAdapter) => RegionAdapter
  readonly region?: (played: SimulatedRegion) => SimulatedRegion
  readonly out?: (out: Outgoing, operation: string) => Outgoing
  readonly answer?: (body: Buffer, operation: string) => Buffer
  readonly callback?: (posted: Posted) => Posted
}

/** One planted fault, and what the proof says when it finds it. */
export interface Planted {
  readonly side: 'adapter' | 'sandbox'
  readonly region: SimulatedRegionId
  readonly name: string
  readonly fault: Fault
  readonly found: RegExp
}

/** Our adapter, writing applications otherwise. The wire document is a fresh copy each time. */
export const writes = (change: (wire: Record<string, never>) => void): Fault => ({
  adapter: (own) => ({
    ...own,
    dialect: {
      ...own.dialect,
      application: {
        ...own.dialect.application,
        write: (...told) => {
          const wire = structuredClone(own.dialect.application.write(...told))
          change(wire as Record<string, never>)
          return wire
        },
      },
    },
  }),
})

/** Our adapter with calls of another kind. */
export const calls = (change: (link: RegionLink) => Partial<RegionLink>): Fault => ({
  adapter: (own) => ({
    ...own,
    connect: (...told) => {
      const link = own.connect(...told)
      return { ...link, ...change(link) }
    },
  }),
})

/** Our adapter, reading callbacks otherwise. */
export const hears = (change: (event: RegionalEvent) => RegionalEvent): Fault => ({
  adapter: (own) => ({
    ...own,
    openCallback: (...told) => {
      const opened = own.openCallback(...told)
      return opened.accepted && 'event' in opened.content
        ? { ...opened, content: { event: change(opened.content.event) } }
        : opened
    },
  }),
})

/** Our adapter, reading accounts otherwise. */
export const meets = (change: (account: RegionalAccount) => RegionalAccount): Fault => ({
  adapter: (own) => ({
    ...own,
    logIn: (...told) => {
      const logIn = own.logIn?.(...told)
      return logIn && { ...logIn, identify: async (ask) => change(await logIn.identify(ask)) }
    },
  }),
})

/** The region, answering one operation otherwise. */
export const answers = (operation: string, change: (body: string) => string): Fault => ({
  answer: (body, asked) => (asked === operation ? Buffer.from(change(body.toString('utf8'))) : body),
})

/** The region, posting other words. */
export const posts = (change: (body: string) => string): Fault => ({
  callback: (posted) => ({ ...posted, body: change(String(posted.body)) }),
})
