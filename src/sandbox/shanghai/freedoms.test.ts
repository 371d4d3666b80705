/** The freedoms that the played Shanghai takes in its answers, and the strictness that it has beside them (contract 1, 3.5, 4.3). */
import { expect, test } from 'vitest'
import { anyWord, failureData, numberOrText, oneOrMany, withBlanks } from './freedoms.ts'
import { simulateShanghai } from './index.ts'
import { openOffice } from './office.ts'

const world = {
  now: () => new Date('2026-03-02T09:05:00+08:00'),
  baseUrl: 'http://sh.test',
  gatewayUrl: 'http://gateway.test',
  post: async () => ({ status: 200, body: '{"isSuccess":true}' }),
}
const many = <T>(make: () => T): ReadonlySet<string> =>
  new Set(Array.from({ length: 60 }, () => JSON.stringify(make())))

test('a list of one is a single object, any other a list', () => {
  expect([oneOrMany([]), oneOrMany([1]), oneOrMany([1, 2])]).toEqual([[], 1, [1, 2]])
})

test('each freedom is taken sooner or later', () => {
  const office = openOffice(world)
  expect(many(() => numberOrText(office, 3))).toEqual(new Set(['3', '"3"']))
  expect(many(() => withBlanks(office, { suggestion: '', applyNo: '' }))).toEqual(
    new Set(['{"suggestion":"","applyNo":""}', '{"suggestion":null,"applyNo":""}', '{"applyNo":""}']),
  )
  expect(many(() => anyWord(office, '审批'))).toEqual(new Set(['"审批"', '"审核"', '"办理中"']))
  expect(many(() => failureData(office, undefined))).toEqual(new Set(['{}', '{"data":null}', '{"data":{}}']))
  expect(failureData(office, { applyNo: '1' })).toEqual({ data: { applyNo: '1' } })
})

test('a byte order mark is no JSON', async () => {
  const { app } = simulateShanghai(world)
  const answer = await app.request('http://sh.test/ac-product-api/uapply/getApplyBase', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '\uFEFF{}',
  })
  expect(await answer.json()).toMatchObject({ errorCode: 'PARAM_ERROR', msg: '参数错误:body' })
})
