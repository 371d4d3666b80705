/** Cases, written in Anhui's words and read back. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RegionalCase } from '../../schemas/case.ts'
import type { Alarm } from '../kit/codecs.ts'
import { caseMessage } from './case.ts'
import caseWire from './fixtures/correction-asked.wire.json' with { type: 'json' }
import { context, vectors } from './test-vectors.ts'

describe('cases', () => {
  test('a decision stands beside the state, and one that contradicts it is alarmed', () => {
    const alarms: Alarm[] = []
    const ended = (handleState: string, transactResultCode: string) =>
      caseMessage.read(
        { ...caseWire, handleState, transactResultCode, transactResult: '', correctInfo: '' },
        { ...context, alarms },
      ).result?.decision
    expect([ended('20', '0'), ended('30', '1'), ended('20', '4'), ended('07', ''), ended('12', '')]).toEqual([
      'granted',
      'denied',
      'forwarded',
      'notAccepted',
      'denied',
    ])
    expect(alarms).toEqual([])
    expect(ended('20', '1')).toBe('denied')
    expect(ended('20', '8')).toBeNull()
    expect(alarms.map((one) => one.code)).toEqual(['1 in COMPLETED', '8'])
  })

  const at = fc
    .date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
    .map((one) => `${one.toISOString().slice(0, 19)}+08:00`)

  const state = fc.constantFrom(...vectors.codes.caseStatus)

  const any = fc
    .record({
      state,
      steps: fc.array(fc.record({ state, at, note: fc.constantFrom(undefined, '材料已收') }), {
        minLength: 1,
        maxLength: 5,
      }),
      appliedAt: at,
      division: fc.constantFrom('340100', '341800', '310000'),
      decided: fc.boolean(),
      asked: fc.boolean(),
    })
    .map(({ state: now, steps, appliedAt, division, decided, asked }): RegionalCase => {
      const raw = (one: (typeof vectors.codes.caseStatus)[number]) => ({
        status: one.canonical as RegionalCase['status'],
        rawStatus: { code: one.raw, label: one.label },
      })
      const ended = decided && ['COMPLETED', 'DELIVERED'].includes(now.canonical)
      const decision = { DENIED: 'denied' as const, NOT_ACCEPTED: 'notAccepted' as const }[
        now.canonical as 'DENIED'
      ]
      const words = { denied: '不予许可', notAccepted: '不予受理' }
      return {
        caseNumber: 'AH340100209901020001',
        caseKey: '0123456789abcdef0123456789abcdef',
        region: 'anhui',
        division,
        matterCode: '312099003000',
        matterName: '户籍事项证明',
        title: '关于测试甲的户籍事项证明',
        ...raw(now),
        appliedAt,
        updatedAt:
          steps
            .map((one) => one.at)
            .toSorted()
            .at(-1) ?? '',
        ...(asked
          ? {
              correction: {
                fields: [],
                documents: [{ id: 'A', name: '甲', reason: '不清' }],
                reason: '补',
                dueOn: appliedAt,
              },
            }
          : {}),
        ...(ended
          ? { result: { decision: 'granted', number: '〔2025〕1号', text: '准予', documents: [] } }
          : decision
            ? { result: { decision, text: words[decision], documents: [] } }
            : {}),
        steps: steps.map((one) => ({
          ...raw(one.state),
          name: one.state.label,
          occurredAt: one.at,
          ...(one.note ? { note: one.note } : {}),
        })),
      }
    })

  test('reading what was written gives the same case', () => {
    fc.assert(
      fc.property(any, (canon) => {
        expect(caseMessage.read(caseMessage.write(canon, context), context)).toEqual(canon)
      }),
    )
  })
})
