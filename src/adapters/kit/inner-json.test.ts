import { expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import { parseInner } from './inner-json.ts'

test.each([
  '{"__proto__":{"x":1}}',
  '{"a":{"constructor" :1}}',
  '{"__proto\\u005f_":1}',
  '{"prototype"\n:{}}',
])('a key that reaches a prototype is refused: %s', (text) => {
  expect(() => parseInner(text)).toThrow(GatewayError)
})

test.each(['{"a":"__proto__"}', '["constructor"]', '{"a":"{\\"b\\":1}"}'])(
  'a value is free to say so: %s',
  (text) => {
    expect(parseInner(text)).toEqual(JSON.parse(text))
  },
)

test.each(['{"a":"\\u0000"}', '{"a":["\\b"]}', '{"\\ud800":1}', '"\uffff"'])(
  'a character that cannot be passed on is refused, however it is escaped: %j',
  (text) => {
    expect(() => parseInner(text)).toThrow(GatewayError)
  },
)

test.each(['{"a":"\\n\\t"}', '{"a":"\\ud83d\\ude00"}', '"\\\\u0000"'])('and others are not: %j', (text) => {
  expect(parseInner(text)).toEqual(JSON.parse(text))
})

test.each(['', '{', '{"a":', 'undefined'])('text that is no JSON is refused: %s', (text) => {
  expect(() => parseInner(text)).toThrow(GatewayError)
})
