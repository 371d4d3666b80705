/** The sessions of the played licence and photo service, and the order of checks that all its looks have (contract 3.2, 3.5, 4.6). */
import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/sh.json' with { type: 'json' }
import { LOGIN, openLooks, ZZK } from './test-looks.ts'

const ID_CARD = '85ff54b4a84c46452b9531daa0724858'
const HOLDER = { holderType: '居民身份证', holderCode: '310101190001010011' }
const UNKNOWN = '0'.repeat(32)

describe('the session', () => {
  test('is given bare, ends after half an hour, and does not end another', async () => {
    const here = await openLooks()
    const second = await here.logIn()
    expect(here.session.id).toMatch(/^[0-9a-f]{32}$/)
    expect(second).not.toBe(here.session.id)
    here.pass(1_799)
    expect(await here.refusal('secQueryCertBaseData.do', HOLDER)).toBe('ok')
    expect(await here.refusal('secQueryCertBaseData.do', { ...HOLDER, sessionId: second })).toBe('ok')
    here.pass(1)
    expect(await here.refusal('secQueryCertBaseData.do', HOLDER)).toBe('SESSION_INVALID 会话无效或已过期')
  })
  test.each([
    ['a wrong account', { ...LOGIN, account: 'x' }, 'LOGIN_FAILED 账号或密码错误'],
    ['a wrong password', { ...LOGIN, password: 'x' }, 'LOGIN_FAILED 账号或密码错误'],
    ['no password', { account: LOGIN.account }, 'PARAM_ERROR 参数错误:password'],
    ['an unknown member', { ...LOGIN, colour: 1 }, 'PARAM_ERROR 参数错误:colour'],
    ['a list', [], 'PARAM_ERROR 参数错误:body'],
    ['broken JSON', '{', 'PARAM_ERROR 参数错误:body'],
  ])('is refused for %s', async (_what, body, expected) => {
    const here = await openLooks()
    const told = (await here.json(`${ZZK}/login.do`, body)).body
    expect(`${told.errorCode} ${told.msg}`).toBe(expected)
    expect(told).toMatchObject({ isSuccess: false })
  })
  test('has its own paths and methods', async () => {
    const here = await openLooks()
    expect((await here.send(`${ZZK}/login.do`, { method: 'GET' })).status).toBe(405)
    expect((await here.json(`${ZZK}/other.do`, {})).status).toBe(404)
    expect((await here.send(`${ZZK}/deriveCert.do`, { body: '{}' })).body.msg).toBe('参数错误:body')
    expect((await here.json(`${ZZK}/deriveCert.do`, `{"a":"${'x'.repeat(1024 * 1024)}"}`)).status).toBe(413)
  })
  test('each operation can be struck by a fault of its own', async () => {
    const { region } = await openLooks()
    const operations = vectors.samples
      .filter(({ op }) => /^(licence|photo)-/.test(op))
      .map(({ op, request }) => [op, region.operationOf('POST', request.path)])
    expect(operations).toHaveLength(9)
    for (const [op, found] of operations) expect(found).toBe(op)
  })
})

describe('the order of checks', () => {
  test.each<[string, object, string]>([
    ['a session that is missing, before any member', { sessionId: undefined, colour: 1 }, 'SESSION_INVALID'],
    ['a session of another kind', { sessionId: 1 }, 'SESSION_INVALID'],
    ['a session that nobody has', { sessionId: UNKNOWN }, 'SESSION_INVALID'],
    ['a session by a name of the language', { sessionId: 'constructor' }, 'SESSION_INVALID'],
    ['an unknown member, before the audit ones', { colour: 1, orgName: '' }, 'PARAM_ERROR 参数错误:colour'],
    ['no organisation', { orgName: undefined, username: '' }, 'PARAM_ERROR 参数错误:orgName'],
    ['a long organisation', { orgName: '长'.repeat(101) }, 'PARAM_ERROR 参数错误:orgName'],
    ['a long user', { username: '长'.repeat(51) }, 'PARAM_ERROR 参数错误:username'],
    ['a long matter', { itemName: '长'.repeat(201) }, 'PARAM_ERROR 参数错误:itemName'],
    ['a matter code with its prefix', { itemCode: 'CSJ312099003000' }, 'PARAM_ERROR 参数错误:itemCode'],
    [
      'a case number with its prefix',
      { businessCode: 'CSJ202603020000001' },
      'PARAM_ERROR 参数错误:businessCode',
    ],
    [
      'audit, before the holder',
      { businessCode: 1, holderType: '护照' },
      'PARAM_ERROR 参数错误:businessCode',
    ],
    ['another type of holder', { holderType: '护照' }, 'PARAM_ERROR 参数错误:holderType'],
    [
      'a kind, before the number by its type',
      { holderCode: 'x', catMainCode: '1' },
      'PARAM_ERROR 参数错误:catMainCode',
    ],
    ['a kind of nothing', { catMainCode: '' }, 'PARAM_ERROR 参数错误:catMainCode'],
    ['an identifier in capitals', { certuuid: 'A'.repeat(32) }, 'PARAM_ERROR 参数错误:certuuid'],
    ['certUuid instead of certuuid', { certUuid: ID_CARD }, 'PARAM_ERROR 参数错误:certUuid'],
    ['a wrong check character', { holderCode: '310101190001010012' }, 'PARAM_ERROR 参数错误:holderCode'],
    ['a number of the other type', { holderCode: '91310000MA1TEXT06C' }, 'PARAM_ERROR 参数错误:holderCode'],
    [
      'kind and identifier together',
      { catMainCode: '310000000000111', certuuid: ID_CARD },
      'PARAM_ERROR 参数错误:certuuid',
    ],
    [
      'members, before the audit rule',
      { certuuid: '1', businessCode: '199001010000001' },
      'PARAM_ERROR 参数错误:certuuid',
    ],
    ['a number that was never assigned', { businessCode: '199001010000001' }, 'NO_PERMISSION 无权访问'],
    ['a matter of another case', { itemCode: '312099001000' }, 'NO_PERMISSION 无权访问'],
    [
      'a foreign number with a matter of Shanghai',
      { businessCode: '900000000000001' },
      'NO_PERMISSION 无权访问',
    ],
    ['a number of Shanghai with the foreign matter', { itemCode: '312000000000' }, 'NO_PERMISSION 无权访问'],
  ])('refuses %s', async (_what, members, expected) => {
    const here = await openLooks()
    expect(await here.refusal('secQueryCertBaseData.do', { ...HOLDER, ...members })).toMatch(
      new RegExp(`^${expected}`),
    )
    expect(here.region.refusals()).toMatchObject([{ operation: 'licence-query', status: 200 }])
    expect(JSON.stringify(here.region.refusals())).not.toContain(HOLDER.holderCode)
  })
  test('takes the gateway’s own numbers, and those of cases that were filed in Shanghai directly', async () => {
    const here = await openLooks()
    const query = (more: object) => here.refusal('secQueryCertBaseData.do', { ...HOLDER, ...more })
    expect(await query({ businessCode: '900000000000001', itemCode: '312000000000' })).toBe('ok')
    expect(await query({ businessCode: '202601050000001' })).toBe('ok')
    expect(await query({ businessCode: '202601050000001', itemCode: '312099007000' })).toMatch(/^NO_PERM/)
  })
})
