import { expect, test } from 'vitest'
import { checkDigit, inGroups, looksTyped, newTypedCode, readTypedCode } from './typed-code.ts'

test('every code is read back, in groups, with hyphens and in full width', () => {
  for (let round = 0; round < 500; round += 1) {
    const digits = newTypedCode()
    expect(digits).toMatch(/^\d{10}$/)
    expect(readTypedCode(digits)).toBe(digits)
    expect(readTypedCode(inGroups(digits))).toBe(digits)
    expect(readTypedCode(` ${digits.slice(0, 5)}-${digits.slice(5)} `)).toBe(digits)
    const wide = digits.replaceAll(/\d/g, (one) => String.fromCodePoint(0xff10 + Number(one)))
    expect([looksTyped(wide), readTypedCode(wide)]).toEqual([true, digits])
  }
})

test('the check digit is that of ISO/IEC 7064, MOD 11,10', () => {
  // The standard's own example.
  expect(checkDigit('0794')).toBe('5')
  expect(readTypedCode('0000000000')).toBeUndefined()
})

test('every single wrong digit and almost every swap of neighbours is found', () => {
  let [swaps, found] = [0, 0]
  for (let round = 0; round < 200; round += 1) {
    const digits = newTypedCode()
    for (let place = 0; place < 10; place += 1)
      for (let other = 0; other < 10; other += 1)
        if (String(other) !== digits[place])
          expect(readTypedCode(digits.slice(0, place) + other + digits.slice(place + 1))).toBeUndefined()
    for (let place = 0; place < 9; place += 1) {
      const [a, b] = [digits[place], digits[place + 1]]
      if (a === b) continue
      swaps += 1
      if (!readTypedCode(`${digits.slice(0, place)}${b}${a}${digits.slice(place + 2)}`)) found += 1
    }
  }
  expect(found / swaps).toBeGreaterThan(0.95)
})

test.each(['', '123', '12345678901', 'abcdefghij', '１２３'])('%j is no code', (text) => {
  expect(readTypedCode(text)).toBeUndefined()
})

test('a token does not look typed', () => {
  expect(looksTyped('eyJhbGciOiJFUzI1NiJ9.e30.AA')).toBe(false)
})
