/** What every city that differs must show. `delta adapter city` writes a folder that runs it. */
import { describe, expect, test } from 'vitest'
import type { Matter } from '../../schemas/matter.ts'
import type { CityDifference, RegionAdapter } from './contract.ts'

/** What is known of the city, from its own documents. */
export interface CityStory {
  readonly city: CityDifference
  readonly province: RegionAdapter
  /** A document as the city writes it, in which the difference stands; an application with its matter. */
  readonly shown?: {
    readonly kind: 'application' | 'matter' | 'case'
    readonly wire: object
    readonly matter?: Matter
  }
}

/** Describes the city by its story. */
export function testCity({ city, province, shown }: CityStory): void {
  describe(`${city.division}, which differs`, () => {
    test('because: it says why', () => {
      expect(city.because).toMatch(/\S{4}/)
    })
    test('differs: in its dialect, its calls, its log-in or its callbacks', () => {
      expect(Object.keys(city.differs(province)).length).toBeGreaterThan(0)
    })
    test('a document of the city is read, and written as it was; the province would have written another', () => {
      if (!shown) throw new Error('still missing: a document of the city in the story')
      const { kind, wire, matter } = shown
      const filed = { sourceNumber: 'gw-test-000001', appliedAt: '2099-01-05T09:00:00+08:00' }
      // The context of an application holds that of a matter and a case.
      const context = { options: {}, ...filed, matter } as never
      const through = (adapter: Pick<RegionAdapter, 'dialect'>) => {
        const own = adapter.dialect[kind]
        return own.write(own.read(wire, context) as never, context)
      }
      expect(through({ ...province, ...city.differs(province) })).toEqual(wire)
      const ours = { ...province, ...city.differs(province) }.dialect[kind]
      const canon = ours.read(wire, context) as never
      expect(province.dialect[kind].write(canon, context)).not.toEqual(wire)
    })
  })
}
