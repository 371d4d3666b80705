import { afterEach, expect, test } from 'vitest'
import { closeAll, DATA, open, requestSecret } from './test-application.ts'
import { AUDIT, asked, CARD, DIGEST, FETCH, JIA, QUERY, TYPE, VERIFY } from './test-licences.ts'

afterEach(closeAll)

test.each([
  [QUERY, 'certificate_holder_code', ''],
  [QUERY, 'certificate_holder', ''],
  [QUERY, 'certificate_type_code', `${TYPE}600`],
  [QUERY, 'certificate_type_code', `${TYPE}600a`],
  [QUERY, 'use_purpose', '4'],
  [QUERY, 'use_purpose', 'CROSS_PROVINCE'],
  [QUERY, 'project_no', 'A_123456'],
  [QUERY, 'project_no', 'A'.repeat(51)],
  [QUERY, 'pageNo', '1'],
  [FETCH, 'certificate_source_id', ''],
  [FETCH, 'use_purpose', '0'],
  [FETCH, 'project_no', ''],
  [FETCH, 'file_digest', DIGEST],
  [VERIFY, 'certificate_source_id', ''],
  [VERIFY, 'file_digest', DIGEST.toUpperCase()],
  [VERIFY, 'file_digest', DIGEST.slice(1)],
  [VERIFY, 'use_purpose', '2'],
])('%s refuses %s %j by its name', async (id, name, value) => {
  const { gateway, ask } = await asked()
  const good = {
    [QUERY]: JIA,
    [FETCH]: { certificate_source_id: 'nothing', ...AUDIT },
    [VERIFY]: { certificate_source_id: CARD, file_digest: DIGEST },
  }[id]
  expect(await ask(id, { ...good, [name]: value })).toEqual({
    code: '04',
    msg: `参数错误:${name}`,
    datas: null,
  })
  expect(gateway.region.refusals()).toHaveLength(1)
})

test.each([
  [QUERY, 'certificate_holder_code'],
  [QUERY, 'use_purpose'],
  [QUERY, 'project_no'],
  [FETCH, 'certificate_source_id'],
  [FETCH, 'use_purpose'],
  [FETCH, 'project_no'],
  [VERIFY, 'certificate_source_id'],
  [VERIFY, 'file_digest'],
])('%s wants %s', async (id, name) => {
  const { ask } = await asked()
  const all: Record<string, string> = {
    ...(id === QUERY ? JIA : { certificate_source_id: CARD }),
    ...(id === VERIFY ? { file_digest: DIGEST } : AUDIT),
  }
  expect(await ask(id, all)).toMatchObject({ code: '00' })
  const { [name]: _, ...rest } = all
  expect(await ask(id, rest)).toMatchObject({ code: '04', msg: `参数错误:${name}` })
})

test('refuses in the order 03, 05, 02, 01, 04, 06, with the secret pair of the matters', async () => {
  const gateway = open()
  const secret = await requestSecret(gateway)
  const ask = async (id: string, key: string, more: Record<string, string>, group = '5') =>
    (await gateway.share(`${DATA}/${id}.htm`, key, { certificate_source_id: 'x', ...AUDIT, ...more }, group))
      .json['code']
  const bad = { requestTime: '1', use_purpose: '9' }
  expect(await ask('FAKEZJ0999', secret, bad)).toBe('03')
  expect(await ask(FETCH, secret, bad, '1')).toBe('03')
  expect(await ask(FETCH, secret, { ...bad, appKey: 'OTHER' })).toBe('03')
  expect(await ask(FETCH, secret, bad)).toBe('05')
  expect(await ask(FETCH, 'wrong', { use_purpose: '9' })).toBe('01')
  expect(await ask(FETCH, secret, { use_purpose: '9' })).toBe('04')
  expect(await ask(FETCH, secret, {})).toBe('06')
  gateway.pass(900)
  expect(await ask(FETCH, secret, { use_purpose: '9' })).toBe('02')
})
