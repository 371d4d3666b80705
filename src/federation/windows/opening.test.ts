/** Hours by the calendar: holidays close, worked weekend days open. The days are those of the notice for 2026. */
import { describe, expect, test } from 'vitest'
import type { OpenStretch } from '../../schemas/window.ts'
import { isOpen, nextOpening, weekMinute, weekOf } from './opening.ts'

const at = (time: string) => new Date(`${time}:00+08:00`)
const on = (days: readonly number[], from: string, to: string): OpenStretch[] =>
  days.map((weekday) => ({ weekday, from, to }))
const FIVE = [1, 2, 3, 4, 5]
const hall = {
  hours: {
    text: '周一至周五 09:00-11:30,13:30-17:00;周六 09:00-11:30',
    weekly: [...on(FIVE, '09:00', '11:30'), ...on(FIVE, '13:30', '17:00'), ...on([6], '09:00', '11:30')],
  },
}
const machines = { hours: { text: '每天', weekly: on([...FIVE, 6, 7], '00:00', '24:00') } }
/** Its Wednesdays are long: nobody knows in which weekday's stead a Saturday is worked. */
const uneven = {
  hours: { text: 'uneven', weekly: [...on([1, 2, 4, 5], '09:00', '17:00'), ...on([3], '09:00', '20:00')] },
}
const unreadable = { hours: { text: '以现场公告为准' } }

describe('whether a window is open', () => {
  test.each([
    ['on a Monday morning', '2026-03-02T09:00', true],
    ['a minute before', '2026-03-02T08:59', false],
    ['in the lunch break', '2026-03-02T12:00', false],
    ['when the morning ends', '2026-03-02T11:30', false],
    ['on a Saturday morning', '2026-03-07T10:00', true],
    ['on a Sunday', '2026-03-08T10:00', false],
    ['on a weekday that is off (国庆)', '2026-10-01T10:00', false],
    ['on a Saturday of a holiday', '2026-10-03T10:00', false],
    ['on a Sunday that is worked (调休)', '2026-01-04T10:00', true],
    ['on the afternoon of a Saturday that is worked', '2026-02-14T14:00', true],
  ])('%s', (_when, time, open) => {
    expect(isOpen(hall, at(time))).toBe(open)
  })

  test('by the clock of China, wherever the moment is written', () => {
    expect(isOpen(hall, new Date('2026-03-02T01:00:00Z'))).toBe(true)
    expect(isOpen(hall, new Date('2026-03-02T09:00:00Z'))).toBe(false)
  })

  test('nobody knows where hours cannot be read or are not told', () => {
    expect(isOpen(unreadable, at('2026-03-02T10:00'))).toBeUndefined()
    expect(isOpen({}, at('2026-03-02T10:00'))).toBeUndefined()
    expect(nextOpening(unreadable, at('2026-03-02T10:00'))).toBeUndefined()
  })

  test('it is not said to be open on a worked weekend day where weekdays differ', () => {
    expect(isOpen(uneven, at('2026-01-04T10:00'))).toBe(false)
    expect(isOpen(uneven, at('2026-03-04T19:00'))).toBe(true)
  })
})

describe('when it opens next', () => {
  test.each([
    ['after lunch', '2026-03-02T12:00', '2026-03-02T13:30', '2026-03-02T17:00', false],
    [
      'the afternoon, while the morning runs',
      '2026-03-02T09:00',
      '2026-03-02T13:30',
      '2026-03-02T17:00',
      false,
    ],
    ['on Saturday after Friday', '2026-03-06T17:00', '2026-03-07T09:00', '2026-03-07T11:30', false],
    [
      'after the Spring Festival, over nine days',
      '2026-02-14T17:00',
      '2026-02-24T09:00',
      '2026-02-24T11:30',
      false,
    ],
    ['on a worked Saturday before it', '2026-02-13T17:00', '2026-02-14T09:00', '2026-02-14T11:30', false],
    [
      'in a year that is not announced, provisionally',
      '2027-03-01T12:00',
      '2027-03-01T13:30',
      '2027-03-01T17:00',
      true,
    ],
  ])('%s', (_when, time, from, to, isProvisional) => {
    expect(nextOpening(hall, at(time))).toEqual({
      from: `${from}:00+08:00`,
      to: `${to}:00+08:00`,
      isProvisional,
    })
  })

  test('a stretch to midnight ends on the next day', () => {
    expect(nextOpening(machines, at('2026-03-02T10:00'))).toMatchObject({
      from: '2026-03-03T00:00:00+08:00',
      to: '2026-03-04T00:00:00+08:00',
    })
  })

  test('a window that never opens has no next opening', () => {
    expect(nextOpening({ hours: { text: 'never', weekly: [] } }, at('2026-03-02T10:00'))).toBeUndefined()
  })
})

describe('the week of eight days says the same', () => {
  const contains = (range: string, minute: number | undefined) =>
    minute !== undefined &&
    [...range.matchAll(/\[(\d+),(\d+)\)/g)].some(([, a, b]) => Number(a) <= minute && minute < Number(b))

  test.each([hall, machines, uneven])('at every half hour of 2026 (%#)', (window) => {
    const week = weekOf(window)
    const end = at('2027-01-01T00:00').getTime()
    for (let ms = at('2026-01-01T00:00').getTime(); ms < end; ms += 30 * 60_000) {
      const moment = new Date(ms)
      expect(contains(week, weekMinute(moment)), moment.toISOString()).toBe(isOpen(window, moment))
    }
  })
})
