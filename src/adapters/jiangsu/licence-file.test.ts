/** Files of licences, fetched and verified (4.g). */
import { describe, expect, test } from 'vitest'
import {
  asking,
  bad,
  dataOf,
  good,
  holding,
  LICENCE_ID,
  problemOf,
  recorded,
  socialCard,
} from './test-holdings.ts'

const fetching = { ...asking, licence: socialCard, reason: '社会保障卡补领' }
const BASE64 = String(dataOf('licence-fetch')['zzwj'])

describe('a file', () => {
  const fetched = (changes: object) =>
    holding({ zzxxxz: [good({ ...dataOf('licence-fetch'), ...changes })] }).licences.fetch(fetching)

  test.each([
    ['pdf', 'application/pdf'],
    ['PDF', 'application/pdf'],
    ['ofd', 'application/ofd'],
    ['OFD', 'application/ofd'],
  ])('of format %s is %s', async (wjgs, contentType) => {
    const name = `社会保障卡.${wjgs.toLowerCase()}`
    expect(await fetched({ wjgs })).toMatchObject({ name, contentType })
  })
  test('in lines of Base64 is the same bytes', async () => {
    const { bytes } = await fetched({ zzwj: BASE64.replaceAll(/.{76}/g, '$&\r\n') })
    expect(bytes).toEqual(Buffer.from(BASE64, 'base64'))
  })
  test.each([
    ['another format', { wjgs: 'exe' }, { reason: 'schema', member: '/wjgs' }],
    ['no bytes', { zzwj: '' }, { reason: 'schema', member: '/zzwj' }],
    ['bytes cut off inside a group', { zzwj: BASE64.slice(0, -2) }, { reason: 'no Base64', member: '/zzwj' }],
    ['what is no Base64', { zzwj: '%PDF' }, { reason: 'no Base64', member: '/zzwj' }],
    ['another licence', { zzbs: LICENCE_ID.replace('002.', '003.') }, { reason: 'another licence' }],
    ['no identifier', { zzbs: undefined }, { reason: 'schema', member: '/zzbs' }],
  ])('with %s is none', async (_what, changes, facts) => {
    expect(await problemOf(fetched(changes))).toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { region: 'jiangsu', operation: 'licence-fetch', ...facts },
    })
  })

  test.each([
    ['4', 'LICENCE_NOT_FOUND'],
    ['5', 'LICENCE_NOT_VALID'],
  ])('refused with %s is %s, and not asked for again', async (status, code) => {
    const region = holding({ zzxxxz: [bad(status)] })
    expect(await problemOf(region.licences.fetch(fetching))).toMatchObject({ code, facts: { code: status } })
    expect(region.asked()).toHaveLength(1)
  })

  test('is asked for with a reason of at most a hundred characters', async () => {
    const region = holding({ zzxxxz: [recorded('licence-fetch')] })
    await region.licences.fetch({ ...fetching, reason: '𠮷'.repeat(101) })
    expect(region.asked()[0]?.data['dzzzsymd']).toBe('𠮷'.repeat(100))
  })
})

describe('a verification', () => {
  const file = Buffer.from('%PDF-1.4')
  const verified = (data: unknown, claim: object = { identifier: LICENCE_ID, file }) =>
    holding({ zzwjyz: [good(data)] }).licences.verify({ ...asking, claim })
  const PASSED = {
    exists: true,
    status: 'valid',
    rawStatus: { code: '1', label: '验证通过' },
    fileMatches: true,
  }

  test.each([
    [{ yzjg: 1, yzms: '验证通过' }, PASSED],
    [{ yzjg: '1', yzms: '验证通过', more: 1 }, PASSED],
    [{ yzjg: 1 }, PASSED],
    [{ yzjg: 1, yzms: '真' }, PASSED],
    [
      { yzjg: 0, yzms: '证照不存在' },
      { exists: false, status: 'unknown', rawStatus: { code: '0', label: '证照不存在' } },
    ],
    [
      { yzjg: 0, yzms: '文件与证照不一致' },
      {
        exists: true,
        status: 'unknown',
        fileMatches: false,
        rawStatus: { code: '0', label: '文件与证照不一致' },
      },
    ],
    [
      { yzjg: 0, yzms: '证照已注销' },
      { exists: true, status: 'revoked', fileMatches: true, rawStatus: { code: '0', label: '证照已注销' } },
    ],
    [
      { yzjg: '0', yzms: '证照已过期' },
      { exists: true, status: 'expired', fileMatches: true, rawStatus: { code: '0', label: '证照已过期' } },
    ],
  ])('%j', async (told, verdict) => {
    expect(await verified(told)).toEqual(verdict)
  })

  test.each([
    ['a pass with the reason of a failure', { yzjg: 1, yzms: '证照已注销' }, { reason: 'contradiction' }],
    ['a failure with the word for a pass', { yzjg: 0, yzms: '验证通过' }, { reason: 'contradiction' }],
    ['a failure without a reason', { yzjg: 0 }, { reason: 'unknown text' }],
    [
      'a failure for a reason that no contract names',
      { yzjg: 0, yzms: '张测试' },
      { reason: 'unknown text' },
    ],
    ['a reason that every object has', { yzjg: 0, yzms: 'constructor' }, { reason: 'unknown text' }],
    ['another result', { yzjg: 2, yzms: '验证通过' }, { reason: 'schema', member: '/yzjg' }],
    ['no result', { yzms: '验证通过' }, { reason: 'schema', member: '/yzjg' }],
    ['nothing', null, { reason: 'schema' }],
  ])('%s is against the contract, and is not repeated', async (_what, told, facts) => {
    const problem = await problemOf(verified(told))
    expect(problem).toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { operation: 'licence-verify', ...facts },
    })
    expect(problem.message).not.toContain('张测试')
  })

  test('sends the file in one line, with no number of a case', async () => {
    const region = holding({ zzwjyz: [recorded('licence-verify')] })
    const long = Buffer.alloc(300, 'ab')
    await region.licences.verify({
      ...asking,
      claim: { identifier: ` ${LICENCE_ID.toLowerCase()} `, file: long },
    })
    expect(region.asked()[0]?.data).toEqual({
      zzbs: LICENCE_ID,
      zzwj: long.toString('base64'),
      dwdm: '320500',
    })
  })

  test.each([LICENCE_ID.replace(/S$/, 'T'), 'ZZ1', '', `${LICENCE_ID}${'0'.repeat(200)}`])(
    'of an identifier that can be none (%j) is answered without showing the file',
    async (identifier) => {
      const region = holding()
      expect(await region.licences.verify({ ...asking, claim: { identifier, file } })).toEqual({
        exists: false,
        status: 'unknown',
        rawStatus: { code: '', label: '' },
      })
      expect(region.sent).toEqual([])
    },
  )

  test.each([
    ['file', { identifier: LICENCE_ID }],
    ['identifier', { file }],
    ['identifier', {}],
  ])('without its %s cannot be asked', async (field, claim) => {
    expect(await problemOf(verified(null, claim))).toMatchObject({
      code: 'FIELD_UNREADABLE',
      facts: { field },
    })
  })
})
