import { expect, test } from 'vitest'
import { wrongTickets } from './wrong-tickets.ts'

test('a client that brings too many waits for the next minute, and no other client does', () => {
  let now = new Date('2026-03-02T09:00:30+08:00')
  const wrong = wrongTickets(() => now)
  for (let count = 0; count < 599; count += 1) wrong.count('one')
  expect(wrong.isOver('one')).toBe(false)
  wrong.count('one')
  expect([wrong.isOver('one'), wrong.isOver('other')]).toEqual([true, false])
  now = new Date('2026-03-02T09:00:59+08:00')
  expect(wrong.isOver('one')).toBe(true)
  now = new Date('2026-03-02T09:01:00+08:00')
  expect(wrong.isOver('one')).toBe(false)
})
