/** Cases, written in Zhejiang's words and read back. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CaseResult, CaseStep, RegionalCase } from '../../schemas/case.ts'
import { CASE_STATUSES, type CaseStatus } from '../../schemas/case-status.ts'
import { divisions, instants, some, text, untold } from '../kit/test-values.ts'
import type { Note } from '../kit/trace.ts'
import { caseMessage } from './case.ts'
import { PHASE_LABELS, phase } from './codes.ts'
import { context, dataOf, sample } from './test-vectors.ts'

describe('cases', () => {
  const told = CASE_STATUSES.filter((one) => phase.says(one))
  const rawOf = (status: CaseStatus) => {
    const code = phase.encode(status)
    return { code, label: PHASE_LABELS[code] ?? '' }
  }
  const step = some<CaseStep>(
    {
      status: fc.constantFrom(...told),
      name: text(20, 0),
      occurredAt: instants,
      endedAt: instants,
      actor: text(20),
      agency: text(20),
      note: text(40),
    } as never,
    ['status', 'name', 'occurredAt'],
  ).map((one) => ({ ...one, rawStatus: rawOf(one.status) }))
  const correction = some<NonNullable<RegionalCase['correction']>>(
    {
      fields: fc.array(
        text(10).map((one) => one.replaceAll(',', '，')),
        { maxLength: 3 },
      ),
      documents: fc.array(some({ id: text(10), name: text(20), reason: text(20) }, ['id']), { maxLength: 3 }),
      reason: text(40, 0),
      dueOn: instants,
    } as never,
    ['fields', 'documents', 'reason'],
  )
  const result = fc
    .tuple(
      fc.constantFrom<readonly [CaseResult['decision'], string]>(
        ['granted', '准予许可'],
        ['denied', '不予许可'],
        ['forwarded', '转报'],
        ['voided', '作废'],
        ['withdrawn', '退件'],
        ['withdrawn', '申请人撤回'],
      ),
      fc.option(text(30), { nil: undefined }),
    )
    .map(
      ([[decision, words], number]): CaseResult => ({
        decision,
        text: words,
        ...(number === undefined ? {} : { number }),
        documents: [],
      }),
    )
  const any = some<RegionalCase>(
    {
      caseNumber: text(30),
      region: fc.constant('zhejiang'),
      division: divisions,
      sourceDivision: divisions,
      sourceNumber: text(20),
      matterCode: fc.constantFrom('33010100000000099002', '312099003000', '3401000000000099902'),
      title: text(40),
      status: fc.constantFrom(...told),
      appliedAt: instants,
      acceptedAt: instants,
      dueAt: instants,
      completedAt: instants,
      updatedAt: instants,
      correction,
      result,
      steps: fc.array(step, { maxLength: 4 }),
    } as never,
    ['caseNumber', 'region', 'division', 'matterCode', 'status'],
  ).map((one): RegionalCase => {
    const refused: CaseResult = { decision: 'notAccepted', documents: [] }
    return {
      ...one,
      rawStatus: rawOf(one.status),
      // A refusal to accept is told by its state alone.
      ...(one.status === 'NOT_ACCEPTED' ? { result: refused } : {}),
    }
  })

  test('reading what was written gives the same case, wherever it came from', () => {
    fc.assert(
      fc.property(any, (canon) => {
        expect(caseMessage.read(caseMessage.write(canon, context), context)).toEqual(canon)
        expect(untold(canon, (notes) => caseMessage.write(canon, context, notes))).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('what clerks write has no stated length', () => {
    const long = '长'.repeat(20_000)
    const sent = dataOf(sample('case-query', 'correction required')) as {
      nodes: object[]
      correctInfo: object
    }
    const read = caseMessage.read(
      {
        ...sent,
        nodes: sent.nodes.map((one) => ({ ...one, nodeName: long, opinion: long, deptName: long })),
        correctInfo: { ...sent.correctInfo, correctDesc: long },
        resultCode: long,
      },
      context,
    )
    expect(read.steps?.[0]).toMatchObject({ name: long, note: long, agency: long })
    expect(read.correction?.reason).toBe(long)
  })

  test('an unknown state goes on as it came', () => {
    const canon = {
      caseNumber: '1',
      region: 'zhejiang',
      division: '330100',
      matterCode: '2',
      status: 'UNKNOWN',
      rawStatus: { code: '06/7', label: '听证' },
    } as const
    const wire = caseMessage.write(canon, context)
    expect(wire).toMatchObject({ phaseCode: '06', doAction: '7', nodeName: '听证' })
    expect(caseMessage.read(wire, context)).toEqual(canon)
  })

  test('a day is due at its end, and what has no place is told', () => {
    const canon: RegionalCase = {
      caseNumber: '1',
      caseKey: 'key',
      region: 'zhejiang',
      division: '330100',
      matterCode: '2',
      matterName: '事项',
      applicantName: '测试甲',
      agency: '局',
      status: 'CORRECTION_REQUIRED',
      rawStatus: { code: '02/4', label: '补正' },
      correction: { fields: [], documents: [], reason: '', dueOn: '2099-01-10' },
      result: { decision: 'granted', text: '同意', documents: [{ ref: '1', name: 'a.pdf' }] },
    }
    const notes: Note[] = []
    const wire = caseMessage.write(canon, context, notes)
    expect(wire).toMatchObject({ correctInfo: { gmtCorrectEnd: '2099-01-10 23:59:59', correctSeq: 1 } })
    const lost = notes
      .filter((one) => one.how === 'dropped' && one.rule === 'none')
      .flatMap((one) => one.canon)
    expect(lost.toSorted()).toEqual([
      '/agency',
      '/applicantName',
      '/caseKey',
      '/matterName',
      '/result/documents/0/name',
      '/result/documents/0/ref',
      '/result/text',
    ])
    expect(untold(canon, (trace) => caseMessage.write(canon, context, trace))).toEqual([])
  })
})
