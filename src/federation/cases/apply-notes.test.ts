/** Notes (a fee, an extension) tell no state: they come in any order and hold nothing back. */
import { expect, test } from 'vitest'
import type { CaseRow } from '../../store/index.ts'
import { createKeys } from '../keys.ts'
import { sealing as sealingOf } from '../sealing.ts'
import { changeOf } from './apply-news.ts'
import type { News } from './news.ts'

const now = () => new Date('2026-03-02T10:00:00+08:00')
const keys = await createKeys(now())
const sealing = sealingOf(() => keys, now)
const at = (minute: number) => `2026-03-02T09:${String(minute).padStart(2, '0')}:00+08:00`

const before = { status: 'SUBMITTED', regionAt: null, acceptedAt: null, openSealed: null } as CaseRow
const news = (minute: number, status: News['status'], more: Partial<News> = {}): News => ({
  key: `${minute}`,
  type: 'status',
  status,
  rawStatus: { code: '30', label: '' },
  occurredAt: at(minute),
  via: 'callback',
  ...more,
})
const EARLY = '2026-03-23T09:03:00+08:00'
const MOVED = '2026-04-03T09:03:00+08:00'
const ACCEPTED = news(3, 'ACCEPTED', { dueAt: EARLY })
const SUSPENDED = news(4, 'SUSPENDED', { dueAt: EARLY })
const EXTENDED = news(5, 'ACCEPTED', { type: 'note', dueAt: MOVED })

test.each([
  ['in order', [ACCEPTED, SUSPENDED, EXTENDED]],
  ['the note first', [EXTENDED, ACCEPTED, SUSPENDED]],
  ['the note between', [ACCEPTED, EXTENDED, SUSPENDED]],
  ['the wrong way round', [EXTENDED, SUSPENDED, ACCEPTED]],
])('%s, the case ends in its last state and with its last promise', (_order, letters) => {
  const after: CaseRow = { ...before }
  for (const letter of letters) Object.assign(after, changeOf(after, letter, { sealing, now }).columns)
  expect([after.status, after.dueAt]).toEqual(['SUSPENDED', new Date(MOVED)])
})
