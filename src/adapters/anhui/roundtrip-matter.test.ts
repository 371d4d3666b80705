/** Matters of any region, written in Anhui's words and read back. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Matter } from '../../schemas/matter.ts'
import { matter } from './matter.ts'
import { context, foreign, matterOf, proof } from './test-vectors.ts'

describe('matters', () => {
  const documentOf = fc.record(
    {
      id: fc.stringMatching(/^[A-Z0-9]{4,12}$/),
      name: fc.constant({ zh: '材料' }),
      necessity: fc.constantFrom('required' as const, 'optional' as const),
      exemptedBy: fc.constantFrom<Matter['documents'][number]['exemptedBy']>(
        [],
        [{ licenceType: '11100001' }],
      ),
      copies: fc.integer({ min: 0, max: 99 }),
      maxBytes: fc.integer({ min: 1, max: 20_000 }).map((kib) => kib * 1024),
      order: fc.integer({ min: 0, max: 9999 }),
    },
    { noNullPrototype: true },
  )

  const any = fc
    .record(
      {
        base: fc.constantFrom(proof, foreign, matterOf('3401000000000099903')),
        documents: fc.array(documentOf, { maxLength: 4 }),
        scope: fc.constantFrom('none' as const, 'national' as const, 'crossProvince' as const),
        commitment: fc.record(
          {
            days: fc.nat({ max: 99 }),
            unit: fc.constantFrom('working' as const, 'calendar' as const, 'hour' as const),
          },
          { noNullPrototype: true },
        ),
        division: fc.constantFrom('340100', '310000', '330100', '320500'),
      },
      { noNullPrototype: true },
    )
    .map(({ base, documents, scope, commitment, division }): Matter => {
      const code = base.regional?.code ?? ''
      return {
        ...base,
        id: `anhui:${division}:${code}`,
        region: 'anhui',
        divisions: [division],
        availability: base.availability.map((one) => ({ ...one, division })),
        documents: documents.map((one) => ({
          ...one,
          modes: one.exemptedBy.length > 0 ? ['upload', 'licence'] : ['upload', 'paper'],
        })),
        scope,
        commitment,
        fileable: scope !== 'none',
      }
    })

  test('reading what was written gives the same matter, of another region too', () => {
    fc.assert(
      fc.property(any, (canon) => {
        expect(matter.read(matter.write(canon, context), context)).toEqual(canon)
      }),
    )
  })
})
