/** What every city that differs must show. `delta adapter city` writes a folder that runs it. */
import { describe, expect, test } from 'vitest'
import type { Matter } from '../../schemas/matter.ts'
import type { CityDifference, RegionAdapter } from './contract.ts'

/** What is known of the city, from its own documents. */
export interface CityStory {
  readonly city: CityDifference
  readonly province: RegionAdapter
  /** A document as the city writes it, and the members in which the difference stands; an application with its matter. */
  readonly shown?: {
    readonly kind: 'application' | 'matter' | 'case'
    readonly wire: object
    readonly members: readonly string[]
    readonly matter?: Matter
  }
}

const membersOf = (wire: object, members: readonly string[]) =>
  Object.fromEntries(Object.entries(wire).filter(([name]) => members.includes(name)))

/** Describes the city by its story. */
export function testCity({ city, province, shown }: CityStory): void {
  describe(`${city.division}, which differs`, () => {
    test('because: it says why', () => {
      expect(city.because).toMatch(/\S{4}/)
    })
    test('differs: in its dialect, its calls, its log-in or its callbacks', () => {
      expect(Object.keys(city.differs(province)).length).toBeGreaterThan(0)
    })
    test('document: one of the city is read, and written as it was, which the province would not do', () => {
      if (!shown) throw new Error('still missing: a document of the city in the story')
      const { kind, wire, members, matter } = shown
      const filed = { sourceNumber: 'gw-test-000001', appliedAt: '2099-01-05T09:00:00+08:00' }
      // The context of an application holds that of a matter and of a case.
      const context = { options: {}, ...filed, matter } as never
      const own = { ...province, ...city.differs(province) }.dialect[kind]
      const canon = own.read(wire, context) as never
      expect(membersOf(own.write(canon, context), members)).toEqual(membersOf(wire, members))
      const others = province.dialect[kind].write(canon, context)
      expect(membersOf(others, members)).not.toEqual(membersOf(wire, members))
    })
  })
}
