/** What each status of the head means to each operation, and what is no head (3.4). */
import { describe, expect, test } from 'vitest'
import {
  answer,
  asking,
  bad,
  good,
  holding,
  OPERATIONS,
  problemOf,
  type Region,
  recorded,
} from './test-holdings.ts'

describe('the status of the head', () => {
  const said = (region: Region, call: (region: Region) => Promise<unknown>) => problemOf(call(region))

  for (const [operation, _group, op, call] of OPERATIONS) {
    const cases = [
      ['1', 'REGION_REJECTED'],
      ['2', 'REGION_AUTH'],
      ['3', 'REGION_AUTH'],
      ['5', operation === 'licence-fetch' ? 'LICENCE_NOT_VALID' : 'REGION_REJECTED'],
      ['9', 'REGION_UNAVAILABLE'],
      ['7', 'REGION_ANSWER_INVALID'],
    ] as const
    test.each(cases)(`${operation}: %s is %s, as text and as a number`, async (status, code) => {
      for (const told of [status, Number(status)]) {
        const region = holding({ zpcx: [recorded('photo-query')], [op]: [bad(told)] })
        const error = await said(region, call)
        expect(error).toMatchObject({ code, facts: { region: 'jiangsu', code: status } })
      }
    })
  }

  test('1 names the member, and nothing that is no name', async () => {
    const [, , op, call] = OPERATIONS[2]
    const named = await said(holding({ [op]: [bad('1', '参数错误:czztdm')] }), call)
    expect(named.facts).toEqual({
      region: 'jiangsu',
      operation: 'licence-query',
      code: '1',
      member: 'czztdm',
    })
    for (const message of ['张测试', '参数错误:张测试', '参数错误:320501190001010015', '']) {
      const error = await said(holding({ [op]: [bad('1', message)] }), call)
      expect(error.facts).toEqual({ region: 'jiangsu', operation: 'licence-query', code: '1' })
    }
  })

  test('4 is told to nobody but those operations that name it', async () => {
    const [, , op, call] = OPERATIONS[4]
    expect(await said(holding({ [op]: [bad('4')] }), call)).toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { operation: 'licence-verify', code: '4' },
    })
  })

  test.each([undefined, null, '', 'constructor', '1004', '张测试', {}, '00'])(
    'a status that is none is an answer against the contract, and is not repeated: %j',
    async (status) => {
      const region = holding({ zzcx: [bad(status)] })
      const error = await said(region, OPERATIONS[2][3])
      expect(error).toMatchObject({ code: 'REGION_ANSWER_INVALID', facts: { code: 'unknown code' } })
      expect(region.asked()).toHaveLength(1)
    },
  )

  test.each([
    ['no head', answer({ data: [] }), 'REGION_ANSWER_INVALID'],
    ['a head that is text', answer({ head: '0', data: [] }), 'REGION_ANSWER_INVALID'],
    ['no JSON', answer('<html>张测试</html>'), 'REGION_ANSWER_INVALID'],
    ['a list', answer([]), 'REGION_ANSWER_INVALID'],
    ['5xx, whatever it says', { ...good([]), status: 502 }, 'REGION_UNAVAILABLE'],
    ['a wrong bus code', answer({ errcode: '1007', errmsg: '' }, { status: 404 }), 'REGION_AUTH'],
    ['a body too large', answer({ errcode: '1009', errmsg: '' }, { status: 413 }), 'REGION_REJECTED'],
  ] as const)('%s', async (_name, told, code) => {
    const error = await said(holding({ zzcx: [told] }), OPERATIONS[2][3])
    expect(error).toMatchObject({ code })
    expect(JSON.stringify(error.facts) + error.message).not.toContain('张测试')
  })

  test('a used nonce is mended by fresh headers around the same body', async () => {
    const region = holding({ zzcx: [answer({ errcode: '1004', errmsg: '' }, { status: 401 }), bad('4')] })
    expect(await region.licences.find(asking)).toEqual([])
    const [one, other] = region.asked()
    expect(other?.body).toBe(one?.body)
    expect(other?.headers['x-tif-nonce']).not.toBe(one?.headers['x-tif-nonce'])
  })
})
