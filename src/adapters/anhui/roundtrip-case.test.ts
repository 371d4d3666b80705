/** Cases, written in Anhui's words and read back. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CaseResult, CaseStep, RegionalCase } from '../../schemas/case.ts'
import type { Alarm } from '../kit/codes.ts'
import { digits, divisions, instants, some, text, untold } from '../kit/test-values.ts'
import type { Note } from '../kit/trace.ts'
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

  const told = vectors.codes.caseStatus
  const rawOf = (one: (typeof told)[number]) => ({
    status: one.canonical as RegionalCase['status'],
    rawStatus: { code: one.raw, label: one.label },
  })
  const state = fc.constantFrom(...told)
  const stateOf = (name: string) => {
    const found = told.find((one) => one.canonical === name)
    if (!found) throw new Error(name)
    return found
  }
  const step = fc
    .tuple(
      state,
      some<CaseStep>(
        {
          name: text(20, 0),
          occurredAt: instants,
          endedAt: instants,
          actor: text(20),
          agency: text(20),
          note: text(40),
        } as never,
        ['name', 'occurredAt'] as never,
      ),
    )
    .map(([one, rest]): CaseStep => ({ ...rest, ...rawOf(one) }))
  const correction = some<NonNullable<RegionalCase['correction']>>(
    {
      fields: fc.constant([]),
      documents: fc.array(some({ id: text(10), name: text(20), reason: text(20) }, ['id']), { maxLength: 3 }),
      reason: text(40, 0),
      dueOn: instants,
    } as never,
    ['fields', 'documents', 'reason'],
  )
  const results = fc
    .tuple(
      fc.constantFrom<readonly [string, NonNullable<CaseResult['decision']>]>(
        ['COMPLETED', 'granted'],
        ['COMPLETED', 'forwarded'],
        ['DENIED', 'denied'],
        ['VOIDED', 'voided'],
        ['WITHDRAWN', 'withdrawn'],
        ['NOT_ACCEPTED', 'notAccepted'],
        ['DELIVERED', 'granted'],
        ['DELIVERED', 'denied'],
      ),
      text(30),
      fc.option(text(30), { nil: undefined }),
    )
    .map(([[status, decision], words, number]) => ({
      ...rawOf(stateOf(status)),
      result: { decision, text: words, ...(number === undefined ? {} : { number }), documents: [] },
    }))
  const open = state
    .filter((one) => !['DENIED', 'NOT_ACCEPTED'].includes(one.canonical))
    .map((one) => rawOf(one))
  const rest = some<RegionalCase>(
    {
      caseNumber: text(30),
      caseKey: digits(32),
      region: fc.constant('anhui'),
      division: divisions,
      matterCode: fc.constantFrom('3401000000000099902', '312099003000'),
      matterName: text(30),
      title: text(40),
      appliedAt: instants,
      acceptedAt: instants,
      dueAt: instants,
      completedAt: instants,
      correction,
    } as never,
    ['caseNumber', 'region', 'division', 'matterCode'] as never,
  )

  test('reading what was written gives the same case', () => {
    fc.assert(
      fc.property(
        rest,
        fc.oneof(open, results),
        fc.array(step, { minLength: 1, maxLength: 5 }),
        (one, now, steps) => {
          const updatedAt = steps
            .map((each) => each.occurredAt)
            .toSorted((a, b) => (a < b ? -1 : 1))
            .at(-1)
          const canon = { ...one, ...now, steps, updatedAt } as RegionalCase
          expect(caseMessage.read(caseMessage.write(canon, context), context)).toEqual(canon)
          expect(untold(canon, (notes) => caseMessage.write(canon, context, notes))).toEqual([])
        },
      ),
      { numRuns: 150 },
    )
  })

  test('what was read of the sample is written as it was', () => {
    const { nodes, correctInfo, ...flat } = caseMessage.write(
      caseMessage.read(caseWire, context),
      context,
    ) as Record<string, unknown>
    expect(caseWire).toMatchObject(flat)
    expect(caseWire.nodes).toMatchObject(nodes as object[])
    const { items, ...asked } = JSON.parse(caseWire.correctInfo) as Record<string, unknown>
    expect(JSON.parse(String(correctInfo))).toEqual({ ...asked, items })
  })

  test('a case of another region has Anhui’s code of its state, not the code that it came with', () => {
    const foreign = {
      ...caseMessage.read(caseWire, context),
      status: 'COMPLETED' as const,
      rawStatus: { code: '04/0', label: '办结' },
      steps: [
        {
          status: 'ACCEPTED' as const,
          rawStatus: { code: '02/0', label: '受理' },
          name: '受理',
          occurredAt: '2099-01-02T09:00:00+08:00',
        },
      ],
    }
    expect(caseMessage.write(foreign, context)).toMatchObject({
      handleState: '20',
      nodes: [{ handleState: '06' }],
    })
  })

  test('a day is a deadline until its end, and what has no place is told', () => {
    const canon = {
      ...caseMessage.read(caseWire, context),
      correction: { fields: ['zmsx'], documents: [], reason: '补', dueOn: '2099-01-07' },
      result: {
        decision: 'granted' as const,
        documents: [{ ref: 'r', name: '证明.pdf' }],
      },
      agency: '合肥市公安局',
      applicantName: '测试甲',
      sourceNumber: 'S1',
    }
    const notes: Note[] = []
    const wire = caseMessage.write(canon, context, notes) as { correctInfo: string; transactResult: string }
    expect(JSON.parse(wire.correctInfo)).toMatchObject({ deadline: '2099-01-07 23:59:59', items: [] })
    expect(wire.transactResult).toBe('出证办结')
    const lost = notes.filter((one) => one.how === 'dropped' && one.rule === 'none')
    expect(lost.flatMap((one) => one.canon)).toEqual(
      expect.arrayContaining(['/correction/fields/0', '/result/documents/0/ref', '/agency', '/sourceNumber']),
    )
    expect(untold(canon, (trace) => caseMessage.write(canon, context, trace))).toEqual([])
  })

  test('the newest step tells when the case changed, in whatever order steps come', () => {
    const steps = caseWire.nodes.toReversed()
    expect(caseMessage.read({ ...caseWire, nodes: steps }, context).updatedAt).toBe(
      '2099-01-02T09:00:50+08:00',
    )
  })

  test('the region’s own name of a state is shown; without one it is the contract’s', () => {
    const named = (handleStateName: unknown) =>
      caseMessage.read({ ...caseWire, handleStateName }, context).rawStatus
    expect(named('材料补正')).toEqual({ code: '05', label: '材料补正' })
    for (const none of ['', null, undefined]) expect(named(none)).toEqual({ code: '05', label: '补正' })
  })

  test('members that are not known yet may be empty, null or missing', () => {
    const bare = { projid: 'AH1', sc: '3401000000000099902', areaCode: '340100000000', handleState: '01' }
    const members = ['unid', 'serviceName', 'projectName', 'handleStateName', 'applyTime', 'acceptTime']
    const more = ['promiseEtime', 'transactTime', 'transactResult', 'transactResultCode', 'resultCode']
    const all = [...members, ...more, 'correctInfo', 'nodes']
    const of = (value: unknown) =>
      caseMessage.read({ ...bare, ...Object.fromEntries(all.map((one) => [one, value])) }, context)
    const { steps: _none, ...without } = of('')
    expect(of(null)).toEqual({ ...without, steps: [] })
    expect(of(undefined)).toEqual(without)
    expect(without).toMatchObject({ status: 'SUBMITTED', rawStatus: { code: '01', label: '待预审' } })
  })
})
