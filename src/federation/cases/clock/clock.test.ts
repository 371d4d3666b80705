/** The promise clock against dates that were counted by hand in the calendar of 2026. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CASE_STATUSES, type CaseStatus } from '../../../schemas/case-status.ts'
import type { CaseClock } from '../../../schemas/clock.ts'
import { clockOf, type Known } from './clock.ts'
import type { Turn } from './course.ts'
import { type Promised, promiseOf } from './promise.ts'

const FIVE: Promised = {
  basis: 'commitment',
  limit: { days: 5, unit: 'working' },
  statutory: { days: 20, unit: 'working' },
}
const INSTANT: Promised = { basis: 'instant', limit: { days: 0, unit: 'working' }, statutory: null }

const at = (text: string): Date =>
  new Date(text.length === 10 ? `${text}T10:00:00+08:00` : `${text.replace(' ', 'T')}:00+08:00`)
/** `2026-03-16 ACCEPTED, …`; a time of day may stand behind the day. */
const turnsIn = (text: string): readonly Turn[] =>
  text.split(', ').map((one) => {
    const words = one.split(' ')
    return { status: words.at(-1) as CaseStatus, at: at(words.slice(0, -1).join(' ')) }
  })
const clock = (turns: string, now: string, known: Partial<Known> = {}): CaseClock => {
  const told = clockOf(
    {
      promised: FIVE,
      acceptedAt: null,
      completedAt: null,
      told: undefined,
      ...known,
      turns: turns === '' ? [] : turnsIn(turns),
    },
    at(now),
  )
  if (!told) throw new Error('there is no clock')
  return told
}

describe('a case with five working days', () => {
  test.each([
    ['2026-03-16', 0, 5, false, 'on the day of its acceptance, a Monday'],
    ['2026-03-17', 1, 4, false, 'on the day after'],
    ['2026-03-22', 4, 1, false, 'on the Sunday between'],
    ['2026-03-23', 5, 0, false, 'on its last day'],
    ['2026-03-24', 6, -1, true, 'a day late'],
  ])('%s: %s used, %s left, overdue %s (%s)', (now, daysUsed, daysLeft, overdue) => {
    expect(clock('2026-03-16 ACCEPTED, 2026-03-17 IN_REVIEW', now)).toMatchObject({
      startedAt: '2026-03-16T10:00:00+08:00',
      dueOn: '2026-03-23',
      source: 'computed',
      statutoryDueOn: '2026-04-14',
      basis: 'commitment',
      days: 5,
      daysUsed,
      daysLeft,
      overdue,
      provisional: false,
    })
  })

  test('counts a Saturday that is worked, and no day of the Spring Festival', () => {
    expect(clock('2026-02-13 ACCEPTED', '2026-02-24')).toMatchObject({ dueOn: '2026-02-27', daysUsed: 2 })
  })
  test('counts the days of the calendar where it is promised so', () => {
    const promised: Promised = { ...FIVE, limit: { days: 5, unit: 'calendar' } }
    expect(clock('2026-02-13 ACCEPTED', '2026-02-17', { promised })).toMatchObject({
      dueOn: '2026-02-18',
      unit: 'calendar',
      daysUsed: 4,
      daysLeft: 1,
    })
  })
  test('belongs to the day that it is in Shanghai', () => {
    expect(clock('2026-03-15 23:59 ACCEPTED', '2026-03-16').dueOn).toBe('2026-03-20')
    expect(clock('2026-03-16 00:00 ACCEPTED', '2026-03-16').dueOn).toBe('2026-03-23')
  })
  test('that ends in time was never overdue, however late anybody looks', () => {
    expect(clock('2026-03-16 ACCEPTED, 2026-03-23 COMPLETED', '2026-05-01')).toMatchObject({
      endedAt: '2026-03-23T10:00:00+08:00',
      daysUsed: 5,
      daysLeft: 0,
      overdue: false,
    })
    expect(clock('2026-03-16 ACCEPTED, 2026-03-25 COMPLETED', '2026-05-01')).toMatchObject({
      daysUsed: 7,
      daysLeft: -2,
      overdue: true,
    })
  })
  test.each(['APPROVED', 'DENIED', 'REVIEW_RETURNED'])('runs on in %s', (status) => {
    const told = clock(`2026-03-16 ACCEPTED, 2026-03-17 ${status}`, '2026-03-24')
    expect(told).toMatchObject({ endedAt: null, overdue: true })
  })
  test.each(['DELIVERED', 'VOIDED', 'WITHDRAWN'])('ends with %s', (status) => {
    expect(clock(`2026-03-16 ACCEPTED, 2026-03-17 ${status}`, '2026-03-24').endedAt).not.toBeNull()
  })
  test('is not moved by a code that nobody knows', () => {
    const told = clock('2026-03-16 ACCEPTED, 2026-03-17 SUSPENDED, 2026-03-18 UNKNOWN', '2026-03-19')
    expect(told.stoppedSince).toBe('2026-03-17T10:00:00+08:00')
  })
})

describe('before the acceptance', () => {
  test('there is no clock', () => {
    const turns = turnsIn('2026-03-16 SUBMITTED, 2026-03-17 CORRECTION_REQUIRED, 2026-03-18 NOT_ACCEPTED')
    const known: Known = { promised: FIVE, turns, acceptedAt: null, completedAt: null, told: undefined }
    expect(clockOf(known, at('2026-03-20'))).toBeNull()
  })
  test('a correction stops nothing', () => {
    const told = clock(
      '2026-03-10 CORRECTION_REQUIRED, 2026-03-12 RECEIVED, 2026-03-16 ACCEPTED',
      '2026-03-17',
    )
    expect(told).toMatchObject({ dueOn: '2026-03-23', stops: [] })
  })
  test('a correction in the minute of the acceptance came before it', () => {
    expect(clock('2026-03-16 CORRECTION_REQUIRED, 2026-03-16 ACCEPTED', '2026-03-17').stops).toEqual([])
  })
  test('where the region leaves 受理 out, the clock runs since the first state that follows it', () => {
    expect(clock('2026-03-16 IN_REVIEW', '2026-03-17').startedAt).toBe('2026-03-16T10:00:00+08:00')
  })
  test('the time of acceptance that the region tells counts before any message', () => {
    const known = { acceptedAt: at('2026-03-13') }
    expect(clock('2026-03-16 IN_REVIEW', '2026-03-17', known).dueOn).toBe('2026-03-20')
  })
})

describe('a clock that stands still', () => {
  const stopped = '2026-03-16 ACCEPTED, 2026-03-18 SUSPENDED'

  test('says since when, what is left, and no date', () => {
    expect(clock(stopped, '2026-05-08')).toMatchObject({
      stoppedSince: '2026-03-18T10:00:00+08:00',
      stops: [{ from: '2026-03-18T10:00:00+08:00', to: null, because: 'SUSPENDED' }],
      dueOn: null,
      source: null,
      statutoryDueOn: null,
      daysUsed: 2,
      daysLeft: 3,
      overdue: false,
    })
  })
  test('runs again from the day after it was left, with what was left', () => {
    expect(clock(`${stopped}, 2026-03-25 IN_REVIEW`, '2026-03-26')).toMatchObject({
      stoppedSince: null,
      dueOn: '2026-03-30',
      daysUsed: 3,
      daysLeft: 2,
    })
  })
  test('loses no day when it stands still within one day', () => {
    const turns = '2026-03-16 ACCEPTED, 2026-03-18 09:00 SUSPENDED, 2026-03-18 17:00 IN_REVIEW'
    expect(clock(turns, '2026-03-18').dueOn).toBe('2026-03-23')
  })
  test('gives the last day once more to whoever is stopped on it', () => {
    const turns = '2026-03-16 ACCEPTED, 2026-03-23 CORRECTION_REQUIRED, 2026-03-25 RECEIVED'
    expect(clock(turns, '2026-03-25')).toMatchObject({ dueOn: '2026-03-25', overdue: false, daysLeft: 0 })
    expect(clock(turns, '2026-03-26').overdue).toBe(true)
  })
  test('was overdue before it stopped, and stays so', () => {
    const turns = '2026-03-16 ACCEPTED, 2026-03-25 SUSPENDED'
    expect(clock(turns, '2026-03-26')).toMatchObject({ dueOn: '2026-03-23', overdue: true })
  })
  test('names 补正 and 特别程序 apart when one follows the other', () => {
    const turns =
      '2026-03-16 ACCEPTED, 2026-03-17 CORRECTION_REQUIRED, 2026-03-18 SUSPENDED, 2026-03-19 IN_REVIEW'
    expect(clock(turns, '2026-03-19')).toMatchObject({
      daysUsed: 1,
      dueOn: '2026-03-25',
      stops: [
        { because: 'CORRECTION_REQUIRED', to: '2026-03-18T10:00:00+08:00' },
        { because: 'SUSPENDED', to: '2026-03-19T10:00:00+08:00' },
      ],
    })
  })
  test('may be where the case ends', () => {
    expect(clock(`${stopped}, 2026-04-30 WITHDRAWN`, '2026-05-08')).toMatchObject({
      endedAt: '2026-04-30T10:00:00+08:00',
      stoppedSince: null,
      daysUsed: 2,
      overdue: false,
    })
  })
  test('is stopped by a message that comes late, as if it had come in time', () => {
    const inTime = clock('2026-03-16 ACCEPTED, 2026-03-18 SUSPENDED, 2026-03-25 IN_REVIEW', '2026-03-26')
    expect(clock('2026-03-25 IN_REVIEW, 2026-03-16 ACCEPTED, 2026-03-18 SUSPENDED', '2026-03-26')).toEqual(
      inTime,
    )
  })
})

describe('即办', () => {
  test.each([
    ['2026-03-16 23:50', '2026-03-16', 'a working day'],
    ['2026-03-14 10:00', '2026-03-16', 'a Saturday'],
    ['2026-02-16 10:00', '2026-02-24', 'the Spring Festival'],
    ['2026-02-14 10:00', '2026-02-14', 'a Saturday that is worked'],
  ])('of %s is due on %s (%s)', (from, dueOn) => {
    const told = clock(`${from} ACCEPTED`, dueOn, { promised: INSTANT })
    expect(told).toMatchObject({ dueOn, basis: 'instant', daysLeft: 0, overdue: false })
  })
  test('is overdue on the day after', () => {
    expect(clock('2026-03-16 ACCEPTED', '2026-03-17', { promised: INSTANT }).overdue).toBe(true)
  })
  test('that is corrected meanwhile is due on the day on which it runs again', () => {
    const turns = '2026-03-16 ACCEPTED, 2026-03-16 11:00 CORRECTION_REQUIRED, 2026-03-20 RECEIVED'
    expect(clock(turns, '2026-03-20', { promised: INSTANT })).toMatchObject({
      dueOn: '2026-03-20',
      overdue: false,
    })
  })
})

describe('a date that the region tells', () => {
  const told = { due: at('2026-03-20 23:59'), at: at('2026-03-16') }

  test('is shown as the region’s, with ours beside it', () => {
    expect(clock('2026-03-16 ACCEPTED', '2026-03-17', { told })).toMatchObject({
      dueOn: '2026-03-20',
      source: 'region',
      computedDueOn: '2026-03-23',
      daysLeft: 3,
    })
    expect(clock('2026-03-16 ACCEPTED', '2026-03-21', { told }).overdue).toBe(true)
  })
  test('stands alone where ours is the same', () => {
    const same = { ...told, due: at('2026-03-23') }
    expect(clock('2026-03-16 ACCEPTED', '2026-03-17', { told: same })).not.toHaveProperty('computedDueOn')
  })
  test('and is older than a stop makes nobody late alone', () => {
    const turns = '2026-03-16 ACCEPTED, 2026-03-18 SUSPENDED, 2026-03-25 IN_REVIEW'
    expect(clock(turns, '2026-03-26', { told })).toMatchObject({ dueOn: '2026-03-20', overdue: false })
    expect(clock(turns, '2026-03-31', { told }).overdue).toBe(true)
    const stopsLater = '2026-03-16 ACCEPTED, 2026-03-22 SUSPENDED'
    expect(clock(stopsLater, '2026-04-22', { told }).overdue).toBe(true)
    const stopsTwice = `${turns}, 2026-03-26 SUSPENDED`
    expect(clock(stopsTwice, '2026-04-22', { told }).overdue).toBe(false)
    const again = { due: at('2026-03-26'), at: at('2026-03-25 11:00') }
    expect(clock(turns, '2026-03-27', { told: again }).overdue).toBe(true)
  })
  test('is all there is where the acceptance was lost, or the matter promises nothing', () => {
    expect(clock('', '2026-03-17', { told })).toMatchObject({
      startedAt: null,
      dueOn: '2026-03-20',
      daysUsed: 0,
    })
    expect(clock('2026-03-16 ACCEPTED', '2026-03-17', { promised: undefined, told })).toMatchObject({
      basis: null,
      days: null,
      dueOn: '2026-03-20',
      daysLeft: 3,
    })
  })
})

test('a case that nothing is promised for tells how long it takes, and no more', () => {
  expect(clock('2026-03-16 ACCEPTED', '2026-03-18', { promised: undefined })).toMatchObject({
    dueOn: null,
    source: null,
    daysUsed: 2,
    daysLeft: null,
    overdue: false,
  })
})

test('a date in a year without a notice is provisional', () => {
  expect(clock('2026-12-18 ACCEPTED', '2026-12-18').provisional).toBe(true)
  expect(
    clock('2026-12-01 ACCEPTED', '2026-12-02', { promised: { ...FIVE, statutory: null } }).provisional,
  ).toBe(false)
})

test('a clock that began in the year one is counted as fast as any other', () => {
  expect(clock('0001-01-01 ACCEPTED', '2026-03-16').daysUsed).toBeGreaterThan(500_000)
})

describe('what a matter promises', () => {
  const working = (days: number) => ({ days, unit: 'working' as const })
  test.each([
    [{ commitment: working(5), statutory: working(20) }, 'commitment', 5],
    [{ statutory: working(20) }, 'statutory', 20],
    [{ handling: 'instant' as const, commitment: working(1) }, 'instant', 0],
    [{ handling: 'committed' as const, commitment: working(0), statutory: working(20) }, 'instant', 0],
  ])('%j: %s', (matter, basis, days) => {
    expect(promiseOf(matter)).toMatchObject({ basis, limit: { days } })
  })
  test('is nothing where it tells no limit, or one in hours', () => {
    expect(promiseOf({})).toBeUndefined()
    expect(promiseOf({ commitment: { days: 4, unit: 'hour' }, statutory: working(20) })).toBeUndefined()
  })
})

const turn = fc.record({
  status: fc.constantFrom(...CASE_STATUSES),
  at: fc
    .integer({ min: 0, max: 120 })
    .map((hours) => new Date(Date.parse('2026-02-10T08:00:00+08:00') + hours * 7 * 3_600_000)),
})

test('any order of arrival, with repetitions, tells the same time', () => {
  fc.assert(
    fc.property(
      fc
        .array(turn, { maxLength: 12 })
        .chain((turns) =>
          fc.tuple(fc.constant(turns), fc.shuffledSubarray(turns, { minLength: turns.length }), fc.nat(12)),
        ),
      ([turns, shuffled, repeated]) => {
        const known = { promised: FIVE, acceptedAt: null, completedAt: null, told: undefined }
        const now = at('2026-04-01')
        expect(clockOf({ ...known, turns: [...shuffled, ...turns.slice(0, repeated)] }, now)).toEqual(
          clockOf({ ...known, turns }, now),
        )
      },
    ),
    { numRuns: 500 },
  )
})

test('used and left are what is promised, while the clock runs or stands still in time', () => {
  fc.assert(
    fc.property(fc.array(turn, { maxLength: 12 }), fc.integer({ min: 1, max: 40 }), (turns, days) => {
      const promised: Promised = { ...FIVE, limit: { days, unit: 'working' } }
      const known = { promised, acceptedAt: null, completedAt: null, told: undefined }
      const told = clockOf({ ...known, turns }, at('2026-04-01'))
      if (!told || told.endedAt || told.overdue || told.startedAt === null) return
      expect(Math.min(told.daysUsed, days) + (told.daysLeft ?? 0)).toBe(days)
      expect(told.stoppedSince === null).toBe(told.dueOn !== null)
    }),
    { numRuns: 500 },
  )
})
