import { expect, test } from 'vitest'
import { isSameText } from './callbacks.ts'

test.each([
  ['ab', 'ab', true],
  ['ab', 'ac', false],
  ['ab', 'abc', false],
  ['甲', '甲乙', false],
  ['', '', true],
])('%j and %j are the same text: %j', (a, b, same) => {
  expect(isSameText(a, b)).toBe(same)
})
