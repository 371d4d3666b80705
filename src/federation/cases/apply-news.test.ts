/** An answer to an act of ours meets what the region told meanwhile. */
import { describe, expect, test } from 'vitest'
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { CaseRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { changeOf, type News } from './apply-news.ts'
import type { OwnAct } from './state.ts'

const row = (status: CaseStatus, regionAt: string | null): CaseRow => ({
  id: 'case_1',
  clientId: 'a-client',
  region: 'zhejiang',
  division: '330100',
  sourceDivision: '310000',
  matterId: 'zhejiang:330100:1',
  matterVersion: 1,
  matterName: '事项',
  sourceNumber: 'CSJ1',
  caseNumber: null,
  caseKey: null,
  holderKey: '',
  status,
  rawCode: null,
  rawLabel: null,
  appliedAt: new Date('2099-01-05T01:00:00Z'),
  acceptedAt: null,
  dueAt: null,
  completedAt: null,
  regionAt: regionAt === null ? null : new Date(regionAt),
  version: 1,
  sequence: 1,
  asOf: new Date('2099-01-05T01:00:00Z'),
  filedSealed: Buffer.alloc(0),
  handleSealed: null,
  openSealed: null,
  ledgerId: 'l',
  dispatchState: 'pending',
  dispatchReason: null,
  dispatchAttempts: 0,
})

const answered = (act: OwnAct, status: CaseStatus): News => ({
  key: `own:${act}:1`,
  type: act === 'submit' ? 'dispatch' : 'status',
  status,
  rawStatus: { code: '', label: '' },
  caseNumber: '330101990105000000001',
  via: 'own',
  act,
  dispatch: { state: 'sent' },
})

// Nothing is sealed, since the news bring neither note nor result.
const deps = { now: () => new Date('2099-01-05T02:00:00Z') } as Pick<Deps, 'sealing' | 'now'>
const changed = (before: CaseRow, news: News) => changeOf(before, news, deps)
const AT = '2099-01-05T01:30:00Z'

describe('the answer to an act of ours, without an event time', () => {
  test.each<[OwnAct, CaseStatus, string | null, CaseStatus]>([
    ['submit', 'SUBMITTED', null, 'SUBMITTED'],
    ['correct', 'CORRECTION_REQUIRED', AT, 'RECEIVED'],
    ['correct', 'PRECHECK_RETURNED', AT, 'SUBMITTED'],
    ['withdraw', 'IN_REVIEW', AT, 'WITHDRAWN'],
  ])('%s moves a case that is %s', (act, before, at, status) => {
    expect(changed(row(before, at), answered(act, status)).columns).toMatchObject({ status })
  })

  test.each<[OwnAct, CaseStatus, CaseStatus]>([
    ['submit', 'PRECHECK_PASSED', 'SUBMITTED'],
    ['submit', 'ACCEPTED', 'SUBMITTED'],
    ['correct', 'ACCEPTED', 'RECEIVED'],
    ['correct', 'PRECHECK_PASSED', 'SUBMITTED'],
  ])('%s leaves a case that a faster callback made %s', (act, before, status) => {
    const { event, columns } = changed(row(before, AT), answered(act, status))
    expect(columns).not.toHaveProperty('status')
    expect(event).toMatchObject({ status, late: true })
  })

  test('the case number and the end of the dispatch are kept even then', () => {
    expect(changed(row('ACCEPTED', AT), answered('submit', 'SUBMITTED')).columns).toMatchObject({
      caseNumber: '330101990105000000001',
      dispatchState: 'sent',
    })
  })
})
