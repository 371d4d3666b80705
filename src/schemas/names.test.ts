import { expect, test } from 'vitest'
import { isSameName } from './names.ts'

test.each([
  ['阿不都·热依木', '阿不都•热依木'],
  ['阿不都·热依木', '阿不都．热依木'],
  ['欧阳 测试', '欧阳测试'],
  ['ＴＥＳＴ　ＮＡＭＥ', 'Test Name'],
])('%s and %s are one name', (one, other) => {
  expect(isSameName(one, other)).toBe(true)
})

test.each([
  ['测试甲', '测试乙'],
  ['测试', '测试甲'],
  ['吕测试', '呂测试'],
])('%s and %s are for a person to decide', (one, other) => {
  expect(isSameName(one, other)).toBe(false)
})
