/** The AsyncAPI document is one, by the parser of those who make AsyncAPI. */
import { Parser } from '@asyncapi/parser'
import { expect, test } from 'vitest'
import { asyncApi } from '../../src/http/openapi/async-document.ts'

/** Errors alone: advice (tags, contacts) is no fault. */
const errorsOf = async (document: object) => {
  const { document: parsed, diagnostics } = await new Parser().parse(JSON.stringify(document))
  return {
    parsed,
    errors: diagnostics.filter(({ severity }) => severity === 0).map(({ message }) => message),
  }
}

test('the parser takes it, and finds the operation and its message', async () => {
  const { parsed, errors } = await errorsOf(asyncApi('https://gateway.example.cn'))
  expect(errors).toEqual([])
  expect(parsed?.version()).toBe('3.0.0')
  expect(
    parsed
      ?.operations()
      .all()
      .map((one) => one.id()),
  ).toEqual(['postCaseEvent'])
  expect(
    parsed
      ?.allMessages()
      .all()
      .map((one) => one.name()),
  ).toContain('caseEvent')
})

test('and refuses a broken copy', async () => {
  const broken = { ...asyncApi('https://gateway.example.cn'), channels: { caseEvents: { address: 5 } } }
  expect((await errorsOf(broken)).errors.length).toBeGreaterThan(0)
})
