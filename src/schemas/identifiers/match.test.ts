import { describe, expect, test } from 'vitest'
import { matchText } from './match.ts'

const text = (type: string, number: string) => matchText({ type, number })

describe('two documents are the same', () => {
  test('when type and number are, however they were typed', () => {
    expect(text('111', '31010119900307003x')).toBe(text('111', '310101 19900307 003X'))
  })
  test('when one is the first generation’s number of the other', () => {
    expect(text('111', '310101900307003')).toMatch(/^111:31010119900307003[\dX]$/)
  })
  test('when a travel permit of Hong Kong was issued again', () => {
    expect(text('516', 'H0123456701')).toBe(text('516', 'H01234567'))
  })
})

describe('two documents are not the same', () => {
  test.each([
    ['another type', ['111', '310101199003070038'], ['414', '310101199003070038']],
    ['another number', ['414', 'E12345678'], ['414', 'E12345679']],
    ['a permit of Macao with the digits of one of Hong Kong', ['516', 'H01234567'], ['516', 'M01234567']],
    [
      'the old and the new card of a foreign resident, whose numbers do not tell of each other',
      ['553', 'FRA310081010101'],
      ['553', '931250198101010013'],
    ],
    [
      'a resident’s number and a permanent resident’s of the same digits',
      ['111', '911124198108030024'],
      ['553', '911124198108030024'],
    ],
  ])('%s', (_name, [type = '', number = ''], [otherType = '', otherNumber = '']) => {
    expect(text(type, number)).not.toBe(text(otherType, otherNumber))
  })
})
