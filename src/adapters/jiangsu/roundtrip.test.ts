/** Each table both ways: canonical → wire → canonical, and the samples back again. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/js.json' with { type: 'json' }
import type { Application } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import { jiangsu } from './index.ts'
import { context, readMatter } from './test-samples.ts'

describe('round trips', () => {
  const text = (max: number) =>
    fc
      .string({ minLength: 1, maxLength: max, unit: 'grapheme' })
      .filter((one) => one.trim() !== '' && [...one].length <= max)
  const arbitrary = (matter: Matter): fc.Arbitrary<Application> =>
    fc.record({
      matter: fc.constant(matter.id),
      division: fc.constant('320500'),
      sourceDivision: fc.constantFrom('310000', '330100'),
      applicant: fc
        .record({
          name: text(50),
          type: fc.constantFrom('111', '414', '516', '999'),
          address: fc.option(text(100), { nil: undefined }),
        })
        .map(({ name, type, address }) => ({
          kind: 'person' as const,
          name,
          idDocument: { type, number: '320501190001010015' },
          mobile: '10000000001',
          ...(address ? { address } : {}),
        })),
      form: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9]{0,10}$/), text(40), { maxKeys: 5 }),
      documents: fc
        .uniqueArray(fc.constantFrom('m1', 'm2', 'm3'))
        .map((ids) => ids.map((id) => ({ id, mode: 'upload' as const, uploads: [`up_${id}`] }))),
      delivery: fc.constantFrom(
        { mode: 'download' as const },
        { mode: 'pickup' as const },
        { mode: 'post' as const, name: '甲', mobile: '10000000001', address: '示例路' },
      ),
      mode: fc.constantFrom('online' as const, 'onBehalf' as const, 'joint' as const),
      appliedAt: fc.constant('2026-03-02T09:05:00+08:00'),
    })

  test('an application comes back as it went, also for a matter of another region', async () => {
    const own = await readMatter()
    const foreign: Matter = {
      ...own,
      id: 'shanghai:310000:312099003000',
      region: 'shanghai',
      divisions: ['310000'],
    }
    for (const matter of [own, foreign])
      fc.assert(
        fc.property(arbitrary(matter), (application) => {
          const ctx = { ...context, matter, sourceNumber: 'CSJ1', appliedAt: '2026-03-02T09:05:00+08:00' }
          const wire = jiangsu.dialect.application.write(application, ctx)
          expect(jiangsu.dialect.application.read(JSON.parse(JSON.stringify(wire)), ctx)).toEqual(application)
        }),
        { numRuns: 100 },
      )
  })

  test('a matter comes back as it went', async () => {
    const matter = await readMatter()
    const wire = jiangsu.dialect.matter.write(matter, context)
    expect(jiangsu.dialect.matter.read(wire, context)).toEqual(matter)
  })

  test('every state of a case comes back, by status and operation', () => {
    const base = {
      caseNumber: 'JSSZ1',
      caseKey: '5c169abe-b050-b37d-ce01-eb5ceb594eb5',
      region: 'jiangsu' as const,
      division: '320500',
      matterCode: 'm',
      rawStatus: { code: '', label: '' },
      appliedAt: '2026-03-02T09:05:00+08:00',
      updatedAt: '2026-03-02T10:05:00+08:00',
    }
    const STATES = (vectors.codes.operatetype as readonly { canonical: string }[])
      .map((one) => one.canonical)
      .filter((state) => /^[A-Z_]+$/.test(state) && state !== 'NONE')
    expect(STATES.length).toBeGreaterThan(12)
    const denied = {
      ...base,
      status: 'DELIVERED' as const,
      result: { decision: 'denied' as const, documents: [] },
    }
    const told = jiangsu.dialect.case.read(jiangsu.dialect.case.write(denied, context), context)
    expect([told.status, told.result?.decision]).toEqual(['DELIVERED', 'denied'])
    for (const status of STATES as never[]) {
      const denied = status === 'DENIED'
      const canon = {
        ...base,
        status,
        ...(denied ? { result: { decision: 'denied' as const, documents: [] } } : {}),
      }
      const wire = jiangsu.dialect.case.write(canon, context)
      expect([status, jiangsu.dialect.case.read(wire, context).status]).toEqual([status, status])
    }
  })
})
