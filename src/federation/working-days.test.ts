/** Against the notices of the State Council's General Office: 国办发明电〔2023〕7号, 〔2024〕12号, 〔2025〕7号. */
import { describe, expect, test } from 'vitest'
import { addWorkingDays, isAnnounced, isWorkingDay } from './working-days.ts'

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
