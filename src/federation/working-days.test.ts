/** Against the notices of the State Council's General Office, and two calendars that others keep. */
import calendar from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { LegalHoliday } from 'tyme4ts'
import { describe, expect, test } from 'vitest'
import data from '../../data/holidays.json' with { type: 'json' }
import {
  addWorkingDays,
  dayAfter,
  daysBetween,
  isAnnounced,
  isWorkingDay,
  workingDayAfter,
  workingDayFrom,
  workingDaysBetween,
} from './working-days.ts'

const YEARS = [2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026]
const daysOf = (year: number): readonly string[] =>
  Array.from({ length: daysBetween(`${year}-01-01`, `${year + 1}-01-01`) }, (_one, index) =>
    dayAfter(`${year}-01-01`, index),
  )
const isWeekday = (day: string) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

describe.each(YEARS)('the calendar of %s', (year) => {
  const days = daysOf(year)

  test('has its notice, whose days off begin in it or on the eve of its New Year', () => {
    const notice = data.notices.find((one) => one.year === year)
    expect(notice?.number.every((number) => /^国办发明电〔20\d\d〕\d+号$/.test(number))).toBe(true)
    for (const day of [...(notice?.off.flat() ?? []), ...(notice?.worked ?? [])])
      expect(day >= `${year - 1}-12-28` && day <= `${year}-12-27`).toBe(true)
    for (const [from = '', to = ''] of notice?.off ?? []) expect(from <= to).toBe(true)
    for (const day of notice?.worked ?? []) expect(isWeekday(day)).toBe(false)
  })
  test('agrees with chinese-days on every day', () => {
    const theirs = (day: string) =>
      day in calendar.workdays || (isWeekday(day) && !(day in calendar.holidays))
    expect(days.filter((day) => isWorkingDay(day) !== theirs(day))).toEqual([])
  })
  test('agrees with tyme4ts on every day', () => {
    const theirs = (day: string) => {
      const [y = 0, m = 0, d = 0] = day.split('-').map(Number)
      return LegalHoliday.fromYmd(y, m, d)?.isWork() ?? isWeekday(day)
    }
    expect(days.filter((day) => isWorkingDay(day) !== theirs(day))).toEqual([])
  })
})

/** How many working days each year had, counted apart: what a slip of a finger in the data would change. */
test.each([
  [2019, 250],
  [2020, 249],
  [2021, 250],
  [2022, 249],
  [2023, 249],
  [2024, 251],
  [2025, 248],
  [2026, 248],
])('%s has %s working days', (year, count) => {
  expect(daysOf(year).filter(isWorkingDay)).toHaveLength(count)
  expect(workingDaysBetween(`${year - 1}-12-31`, `${year}-12-31`).days).toBe(count)
})

test.each([
  ['2018-12-31', false],
  ['2019-01-01', true],
  ['2026-12-27', true],
  ['2026-12-28', false],
  ['2027-01-01', false],
])('what is announced: %s, %s', (day, isIt) => {
  expect(isAnnounced(day)).toBe(isIt)
})

describe('counting', () => {
  test.each([
    ['2026-03-13', '2026-03-16', 1, 'Friday to Monday'],
    ['2026-03-16', '2026-03-16', 0, 'no day at all'],
    ['2026-03-20', '2026-03-16', 0, 'never backwards'],
    ['2026-02-13', '2026-02-24', 2, 'a Saturday that is worked, and the day behind the Spring Festival'],
    ['1969-12-26', '1969-12-31', 3, 'before the first day of the machine'],
  ])('after %s through %s: %s (%s)', (after, through, days) => {
    expect(workingDaysBetween(after, through).days).toBe(days)
  })
  test('agrees with looking at each day, from every day of three years', () => {
    const all = [...daysOf(2024), ...daysOf(2025), ...daysOf(2026)]
    let count = 0
    for (const day of all) {
      if (isWorkingDay(day)) count += 1
      expect(workingDaysBetween('2023-12-31', day).days).toBe(count)
    }
  })
  test('a stretch with a day that nobody has announced is provisional', () => {
    expect(workingDaysBetween('2026-12-20', '2026-12-25').isProvisional).toBe(false)
    expect(workingDaysBetween('2026-12-20', '2027-01-05').isProvisional).toBe(true)
    expect(workingDaysBetween('2018-06-01', '2019-06-03').isProvisional).toBe(true)
  })
  test('no working days at all end on the same day, and a day that is not worked gives way to the next that is', () => {
    expect(workingDayAfter('2026-02-15', 0).on).toBe('2026-02-15')
    expect(workingDayFrom('2026-03-16').on).toBe('2026-03-16')
    expect(workingDayFrom('2026-02-15').on).toBe('2026-02-24')
  })
})

test.each([
  // 2024
  ['2024-02-04', true, 'a Sunday that is worked before the Spring Festival'],
  ['2024-02-18', true, 'a Sunday that is worked after it'],
  ['2024-02-09', true, 'New Year’s Eve of 2024, which is a day of work'],
  ['2024-02-12', false, 'a Monday of the Spring Festival'],
  ['2024-02-17', false, 'its last day'],
  ['2024-04-05', false, 'a Friday of Qingming'],
  ['2024-04-07', true, 'a Sunday that is worked for it'],
  ['2024-04-28', true, 'a Sunday that is worked for Labour Day'],
  ['2024-05-11', true, 'a Saturday that is worked for it'],
  ['2024-09-14', true, 'a Saturday that is worked for Mid-Autumn'],
  ['2024-09-29', true, 'a Sunday that is worked for National Day'],
  ['2024-10-07', false, 'a Monday of National Day'],
  ['2024-10-12', true, 'a Saturday that is worked for it'],
  // 2025
  ['2025-01-01', false, 'New Year'],
  ['2025-01-26', true, 'a Sunday that is worked before the Spring Festival'],
  ['2025-01-28', false, 'New Year’s Eve, a holiday since 2025'],
  ['2025-02-08', true, 'a Saturday that is worked for it'],
  ['2025-04-27', true, 'a Sunday that is worked for Labour Day'],
  ['2025-05-05', false, 'a Monday of Labour Day'],
  ['2025-09-28', true, 'a Sunday that is worked for National Day'],
  ['2025-10-08', false, 'a Wednesday of National Day and Mid-Autumn'],
  ['2025-10-11', true, 'a Saturday that is worked for it'],
  // 2026
  ['2026-01-02', false, 'a Friday of New Year'],
  ['2026-01-04', true, 'a Sunday that is worked for it'],
  ['2026-02-14', true, 'a Saturday that is worked before the Spring Festival'],
  ['2026-02-23', false, 'a Monday of it'],
  ['2026-02-28', true, 'a Saturday that is worked for it'],
  ['2026-05-09', true, 'a Saturday that is worked for Labour Day'],
  ['2026-09-20', true, 'a Sunday that is worked for National Day'],
  ['2026-10-07', false, 'a Wednesday of National Day'],
  ['2026-10-10', true, 'a Saturday that is worked for it'],
  // ordinary
  ['2026-03-14', false, 'a Saturday'],
  ['2026-03-16', true, 'a Monday'],
])('%s is worked: %s (%s)', (day, isWorked) => {
  expect(isWorkingDay(day)).toBe(isWorked)
})

describe('five working days', () => {
  test.each([
    ['2026-03-16T10:00:00+08:00', '2026-03-23', 'a weekend between'],
    ['2024-02-02T23:59:59+08:00', '2024-02-08', 'a Sunday that counts'],
    [
      '2024-02-08T08:00:00+08:00',
      '2024-02-21',
      'the whole Spring Festival, and a Sunday that counts behind it',
    ],
    ['2025-09-26T09:00:00+08:00', '2025-10-10', 'National Day and Mid-Autumn'],
    ['2026-02-13T12:00:00+08:00', '2026-02-27', 'a Saturday that counts, and nine days that do not'],
    ['2026-03-15T23:30:00+08:00', '2026-03-20', 'late on Sunday in Shanghai, still afternoon in Greenwich'],
    ['2026-03-16T00:30:00+08:00', '2026-03-23', 'Monday in Shanghai, and Sunday still in Greenwich'],
  ])('from %s: %s (%s)', (from, on) => {
    expect(addWorkingDays(new Date(from), 5)).toEqual({ on, isProvisional: false })
  })

  test('into a year whose calendar nobody has announced are provisional, and counted by weekdays', () => {
    expect(isAnnounced('2026-01-01')).toBe(true)
    expect(isAnnounced('2099-01-01')).toBe(false)
    expect(addWorkingDays(new Date('2099-10-01T09:00:00+08:00'), 5)).toEqual({
      on: '2099-10-08',
      isProvisional: true,
    })
  })
})
