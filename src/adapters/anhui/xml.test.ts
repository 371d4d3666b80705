import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import { parseXml, xmlOf } from './xml.ts'

test('entities, references, CDATA and comments are understood, and text is trimmed', () => {
  expect(
    parseXml(
      '<?xml version="1.0" encoding="utf-8"?><R><!-- x --><A> <![CDATA[c<]]>&#115;&#x6a;&amp;lt; </A><B/></R>',
      'R',
    ),
  ).toEqual({ A: 'c<sj&lt;', B: '' })
})

test.each(['<R>', 'hello', '<R/><S/>', '<S/>', '<!DOCTYPE R [<!ENTITY a "b">]><R/>'])('refuses %s', (xml) => {
  expect(() => parseXml(xml, 'R')).toThrow(GatewayError)
})

test('any text survives writing and reading', () => {
  const text = fc.stringMatching(/^[\u0020-\u007e一-龥\u{1F600}-\u{1F640}]*$/u).map((one) => one.trim())
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(parseXml(xmlOf('R', { A: a, L: { I: [b, a] } }), 'R')).toEqual({ A: a, L: { I: [b, a] } })
    }),
  )
})

test('a carriage return survives, and what XML has no place for is left out', () => {
  expect(xmlOf('R', { A: 'a\rb\u0001\ud800c\uffff' })).toContain('<A>a&#13;bc</A>')
})

test('arrays are repeated elements, and what is not told is no element', () => {
  expect(xmlOf('R', { A: ['1', '2'], B: undefined })).toBe(
    '<?xml version="1.0" encoding="utf-8"?><R><A>1</A><A>2</A></R>',
  )
  expect(() => xmlOf('R', { 'a b': '' })).toThrow(GatewayError)
})
