import { expect, test } from 'vitest'
import { isOfApi } from './visits.ts'

test.each([
  ['/api/v1/cases', true],
  ['/api/v1/cases/case_1?include=events', true],
  ['/api/v1/cases/%2e%2e%2fx?q=../y', true],
  ['/api/v1/../../me', false],
  ['/api/v1/%2e%2e/%2e%2e/me', false],
  ['/api/v1/cases/..', false],
  ['//elsewhere.test/api/v1/cases', false],
  ['/api/v1/cases\\..\\me', false],
  ['/me/cases', false],
  ['/__sandbox/clock', false],
  ['/api/v10', false],
  ['', false],
])('%s is of the API: %j', (target, is) => {
  expect(isOfApi(target)).toBe(is)
})
