/** Opening hours are read whole, or not at all. */
import { describe, expect, test } from 'vitest'
import { rangeIn, readHours } from './hours.ts'

/** Days and stretches, short: `1 09:00-11:30`. */
const week = (told: string) => readHours(told)?.map(({ weekday, from, to }) => `${weekday} ${from}-${to}`)
const on = (days: readonly number[], ...ranges: readonly string[]) =>
  days.flatMap((day) => ranges.map((range) => `${day} ${range}`))
const FIVE = [1, 2, 3, 4, 5]

describe('hours are read as halls write them', () => {
  test.each([
    [
      '周一至周五 09:00-11:30,13:30-17:00;周六 09:00-11:30',
      [...on(FIVE, '09:00-11:30', '13:30-17:00'), '6 09:00-11:30'],
    ],
    ['周一至周五 09:00-12:00, 13:30-17:00', on(FIVE, '09:00-12:00', '13:30-17:00')],
    ['周一至周五 09:00-12:00,13:30-17:00(法定节假日除外)', on(FIVE, '09:00-12:00', '13:30-17:00')],
    ['工作日 上午9:00-12:00,下午1:30-5:00', on(FIVE, '09:00-12:00', '13:30-17:00')],
    ['星期一到星期五：上午8:30—11:30、下午13:30—17:00', on(FIVE, '08:30-11:30', '13:30-17:00')],
    ['周一、周三 9:00-16:00', on([1, 3], '09:00-16:00')],
    ['每天 00:00-24:00', on([...FIVE, 6, 7], '00:00-24:00')],
    ['周末 9:00～16:00', on([6, 7], '09:00-16:00')],
    ['周天 9:00-10:00', on([7], '09:00-10:00')],
  ])('%s', (told, expected) => {
    expect(week(told)).toEqual(expected)
  })
})

describe('what is not understood whole is not read', () => {
  test.each([
    '',
    '请以现场公告为准',
    '09:00-17:00',
    '周一至周五',
    '周一至周五 09:00-17:00,节前下午提早下班',
    '周五至周一 09:00-17:00',
    '周一至周五 17:00-09:00',
    '周一至周五 25:00-26:00',
    '周一至周五 09:00-09:70',
    '周一至周五 09:00-12:00;周五 11:00-13:00',
    '周一至周五 09:00-12:00(夏令时另行通知)',
    '周八 09:00-12:00',
  ])('%s', (told) => {
    expect(readHours(told)).toBeUndefined()
  })
})

test('a text of ten thousand signs is looked at once', () => {
  const started = performance.now()
  expect(readHours('周一至周五 09:00-12:00,'.repeat(1_000))).toBeUndefined()
  expect(performance.now() - started).toBeLessThan(1_000)
})

test('one stretch alone is one, and two are none', () => {
  expect(rangeIn('09:00-12:00')).toEqual({ from: '09:00', to: '12:00' })
  expect(rangeIn('09:00-12:00,13:00-17:00')).toBeUndefined()
})
