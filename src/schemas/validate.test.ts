import { Type } from 'typebox'
import { describe, expect, test } from 'vitest'
import { validator } from './validate.ts'

const narrow = Type.Object(
  { a: Type.String(), b: Type.Optional(Type.String()) },
  { additionalProperties: false },
)
const check = validator(Type.Object({ list: Type.Array(narrow) }, { additionalProperties: false }))
const faultsOf = (value: unknown) => check({ list: [value] })?.map(({ pointer, code }) => [pointer, code])

describe('an object that takes no other members than its own', () => {
  test.each([
    ['all its members', { a: '1', b: '2' }],
    ['no optional one', { a: '1' }],
    ['its members in another order', { b: '2', a: '1' }],
    ['a member that is there and undefined', { a: '1', b: undefined }],
  ])('is let through with %s', (_name, value) => {
    expect(faultsOf(value)).toBeUndefined()
  })

  test.each([
    ['one more', { a: '1', b: '2', c: '3' }, '/list/0/c'],
    ['another in the place of an optional one', { a: '1', c: '3' }, '/list/0/c'],
    ['a name that every object inherits', { a: '1', toString: '3' }, '/list/0/toString'],
    ['a prototype of its own', JSON.parse('{"a":"1","__proto__":{"b":"2"}}'), '/list/0/__proto__'],
  ])('is refused with %s', (_name, value, pointer) => {
    expect(faultsOf(value)).toEqual([[pointer, 'UNKNOWN_MEMBER']])
  })

  test('is refused without a member that it needs', () => {
    expect(faultsOf({ b: '2' })).toEqual([['/list/0/a', 'MISSING']])
  })
})

test('members that are named like words of a schema are members', () => {
  const properties = Type.Object(
    { type: Type.String(), properties: Type.String() },
    { additionalProperties: false },
  )
  const named = validator(Type.Object({ properties }, { additionalProperties: false }))
  expect(named({ properties: { type: 'object', properties: 'x' } })).toBeUndefined()
  expect(named({ properties: { type: 'object', properties: 'x', additionalProperties: 'y' } })).toMatchObject(
    [{ pointer: '/properties/additionalProperties', code: 'UNKNOWN_MEMBER' }],
  )
})

test('a schema is compiled once, whoever asks for it', () => {
  expect(validator(narrow)).toBe(validator(narrow))
})
