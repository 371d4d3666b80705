/** News in any order: what overtakes what, and what each of them may still tell. */
import { describe, expect, test } from 'vitest'
import type { CaseRow } from '../../store/index.ts'
import { createKeys } from '../keys.ts'
import { sealing as makeSealing } from '../sealing.ts'
import { changeOf } from './apply-news.ts'
import type { News } from './news.ts'
import type { OpenContent } from './record.ts'

const now = () => new Date('2099-01-02T09:10:00+08:00')
const keys = await createKeys(now())
const sealing = makeSealing(() => keys, now)
const at = (time: string) => new Date(`2099-01-02T${time}+08:00`)

const row: CaseRow = {
  id: 'case_1',
  origin: 'filed',
  headDigest: '',
  changedAt: at('09:00:00'),
  nextAskAt: null,
  askFailures: 0,
  silentSince: null,
  clientId: 'client',
  region: 'anhui',
  division: '340100',
  sourceDivision: '310000',
  matterId: 'm',
  matterVersion: 1,
  matterName: '户籍事项证明',
  sourceNumber: 's',
  caseNumber: 'AH1',
  caseKey: 'k',
  mandateId: null,
  holderKey: 'h',
  status: 'SUBMITTED',
  rawCode: null,
  rawLabel: null,
  appliedAt: at('09:00:00'),
  acceptedAt: null,
  dueAt: null,
  completedAt: null,
  regionAt: null,
  version: 1,
  sequence: 1,
  asOf: at('09:00:00'),
  filedSealed: Buffer.alloc(0),
  handleSealed: null,
  openSealed: null,
  ledgerId: 'l',
  dispatchState: 'pending',
  dispatchReason: null,
  dispatchAttempts: 0,
}
const answered = (status: News['status'], begunAfter: Date | null): News => ({
  key: 'own:1',
  type: 'status',
  status,
  rawStatus: { code: '04', label: '收件' },
  via: 'own',
  begunAfter,
})
const change = (known: Partial<CaseRow>, news: News) => changeOf({ ...row, ...known }, news, { sealing, now })

describe('our own act, answered without a time', () => {
  test('moves the case when nothing came meanwhile', () => {
    const known = { status: 'CORRECTION_REQUIRED', regionAt: at('09:05:00') }
    expect(change(known, answered('RECEIVED', at('09:05:00'))).columns?.status).toBe('RECEIVED')
    expect(change({}, answered('RECEIVED', null)).columns?.status).toBe('RECEIVED')
  })
  test('moves nothing when a callback told meanwhile of what came after it', () => {
    const known = { status: 'ACCEPTED', regionAt: at('09:06:00') }
    for (const begunAfter of [at('09:05:00'), null]) {
      const { columns, event } = change(known, answered('RECEIVED', begunAfter))
      expect(columns).not.toHaveProperty('status')
      expect(event?.late).toBe(true)
    }
  })
  test('moves nothing at its second attempt either, when the first was heard and its answer lost', () => {
    const known = { status: 'ACCEPTED', regionAt: at('09:06:00'), caseNumber: null }
    const { columns } = change(known, { ...answered('RECEIVED', at('09:05:00')), caseNumber: 'AH1' })
    expect(columns).not.toHaveProperty('status')
    expect(columns?.caseNumber).toBe('AH1')
  })
  test('moves the case when it is an end, whatever came meanwhile', () => {
    const known = { status: 'CORRECTION_REQUIRED', regionAt: at('09:06:00') }
    expect(change(known, answered('WITHDRAWN', at('09:05:00'))).columns?.status).toBe('WITHDRAWN')
  })
})

test('the letter of the end that comes after that of the delivery tells when the end was', () => {
  const known = { status: 'DELIVERED', regionAt: at('09:09:00') }
  const late: News = {
    key: 'e1',
    type: 'status',
    status: 'COMPLETED',
    rawStatus: { code: '20', label: '办结' },
    occurredAt: '2099-01-02T09:08:00+08:00',
    completedAt: '2099-01-02T09:08:00+08:00',
    via: 'callback',
  }
  const { columns } = change(known, late)
  expect(columns?.completedAt).toEqual(at('09:08:00'))
  expect(columns).not.toHaveProperty('status')
  expect(change({ ...known, completedAt: at('09:07:00') }, late).columns).not.toHaveProperty('completedAt')
})

test('our own time of a withdrawal gives way to the region’s, once, and never the other way round', () => {
  const own: News = {
    ...answered('WITHDRAWN', null),
    result: { decision: 'withdrawn', documents: [] },
    completedAt: '2099-01-02T09:10:00+08:00',
    completedAtIsOurs: true,
  }
  const told: News = {
    key: 'poll',
    type: 'status',
    status: 'WITHDRAWN',
    rawStatus: { code: '22', label: '撤回' },
    occurredAt: '2099-01-02T09:09:58+08:00',
    completedAt: '2099-01-02T09:09:58+08:00',
    via: 'poll',
  }
  const marked = (columns: Partial<CaseRow>) =>
    columns.openSealed ? sealing.open<OpenContent>(columns.openSealed).completedAtIsOurs : undefined
  const first = change({}, own).columns ?? {}
  expect([first.completedAt, marked(first)]).toEqual([at('09:10:00'), true])
  const second = change(first, told).columns ?? {}
  expect([second.completedAt, marked(second)]).toEqual([at('09:09:58'), undefined])
  expect(second.openSealed).toBeDefined()
  const third = change({ ...first, ...second }, { ...own, key: 'own:2' }).columns ?? {}
  expect(third).not.toHaveProperty('completedAt')
  const later = change({ ...first, ...second }, { ...told, completedAt: '2099-01-02T09:09:59+08:00' }).columns
  expect(later).not.toHaveProperty('completedAt')
})

describe('a request for correction, told again', () => {
  const asked = (ids: readonly string[], via: News['via']): News => ({
    key: `k:${via}`,
    type: 'status',
    status: 'PRECHECK_RETURNED',
    rawStatus: { code: '02', label: '预审退回' },
    occurredAt: '2099-01-02T09:05:00+08:00',
    via,
    correction: { fields: [], documents: ids.map((id) => ({ id })), reason: '不清' },
  })
  const open = (columns: Partial<CaseRow> | undefined) =>
    columns?.openSealed
      ? sealing.open<OpenContent>(columns.openSealed).correction?.documents.length
      : undefined

  test('adds the documents that were left out, and takes none away', () => {
    const first = change({}, asked([], 'callback')).columns ?? {}
    const known = { status: 'PRECHECK_RETURNED', regionAt: at('09:05:00'), ...first } as Partial<CaseRow>
    const second = change(known, asked(['A', 'B'], 'poll')).columns
    expect([open(first), open(second)]).toEqual([0, 2])
    expect(open(change({ ...known, ...second }, asked([], 'callback')).columns)).toBeUndefined()
  })
  test('of an earlier round is over when the case moves on', () => {
    const first = change({}, asked(['A', 'B'], 'callback')).columns ?? {}
    const known = { status: 'PRECHECK_RETURNED', regionAt: at('09:05:00'), ...first } as Partial<CaseRow>
    const onward = change(known, { ...answered('SUBMITTED', at('09:05:00')) }).columns
    expect(open(onward)).toBeUndefined()
    const again = { ...asked(['C'], 'callback'), occurredAt: '2099-01-02T09:07:00+08:00' }
    expect(open(change({ ...known, ...onward }, again).columns)).toBe(1)
  })
  test('is not believed of another state', () => {
    const known = { status: 'SUBMITTED', regionAt: at('09:06:00') }
    expect(open(change(known, asked(['A'], 'callback')).columns)).toBeUndefined()
  })
})
