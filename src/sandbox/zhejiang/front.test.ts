import { afterEach, describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/zj.json' with { type: 'json' }
import { isCreditCode } from './check-digits.ts'
import { AREA, closeAll, DATA, open, PREFIX, requestSecret, settled } from './test-application.ts'

afterEach(closeAll)

describe('the API gateway', () => {
  const path = `${PREFIX}2/zwztapi/health.do`
  test.each([
    ['Invalid access key', { 'X-BG-HMAC-ACCESS-KEY': 'OTHER', 'X-BG-HMAC-ALGORITHM': '' }],
    ['Invalid signature', { 'X-BG-HMAC-ALGORITHM': 'hmac-sha1', 'X-BG-DATE-TIME': '' }],
    ['Invalid signature', { 'X-BG-HMAC-SIGNATURE': '' }],
    ['Clock skew exceeded', { 'X-BG-DATE-TIME': '2099-01-05 01:00:15' }],
    ['Clock skew exceeded', { 'X-BG-DATE-TIME': 'Mon, 05 Jan 2099 00:58:44 GMT' }],
    ['Invalid signature', { 'X-BG-HMAC-SIGNATURE': 'AAAA' }],
  ])('refuses with %s', async (message, headers) => {
    const gateway = open()
    const reply = await gateway.send('GET', path, { headers })
    expect([reply.status, reply.json]).toEqual([401, { message }])
    expect(reply.headers.get('Date')).toBe('Mon, 05 Jan 2099 01:00:15 GMT')
    expect(gateway.region.refusals()).toMatchObject([{ operation: 'health', status: 401, message }])
  })

  test('refuses a repeated key, an unknown IC code, an unknown path and a large body, in their order', async () => {
    const gateway = open()
    const repeated = await gateway.send('GET', path, {
      query: [
        ['a', '1'],
        ['a', '1'],
      ],
    })
    expect(repeated.json).toEqual({ message: 'Invalid signature' })
    const forbidden = await gateway.send('GET', path.replace('2/', '9/'))
    expect([forbidden.status, forbidden.json]).toEqual([401, { message: 'The route_id is forbidden.' }])
    const missing = await gateway.send('POST', path)
    expect([missing.status, missing.json]).toEqual([404, { message: 'Not Found' }])
    const large = await gateway.post('receive.do', 'x'.repeat(2 * 1024 * 1024))
    expect([large.status, large.json]).toEqual([413, { message: 'Request Entity Too Large' }])
    // There is no nonce: the same request may come again.
    expect((await gateway.send('GET', path)).status).toBe(200)
    expect((await gateway.send('GET', path)).status).toBe(200)
  })

  test('names operations by their ids', () => {
    const { operationOf } = open().region
    expect(operationOf('POST', `${PREFIX}2/zwztapi/receive.do`)).toBe('apply-submit')
    expect(operationOf('GET', `${PREFIX}1/gateway/${DATA}/FAKEZJ0101.htm?pageNo=1`)).toBe('matter-list')
    expect(operationOf('GET', '/elsewhere')).toBeUndefined()
  })
})

describe('the sharing dialect', () => {
  test('refuses in the order 03, 05, 02, 01, 04', async () => {
    const gateway = open()
    const secret = await requestSecret(gateway)
    const list = `${DATA}/FAKEZJ0101.htm`
    const good = { BELONGXIAQUCODE: AREA, pageNo: '1', pageSize: '2' }
    const codeOf = async (tail: string, key: string, query: Record<string, string>) =>
      (await gateway.share(tail, key, query)).json
    expect(await codeOf(`${DATA}/FAKEZJ9999.htm`, secret, good)).toMatchObject({ code: '03', datas: null })
    expect(await codeOf(list, secret, { ...good, requestTime: '1' })).toMatchObject({ code: '05' })
    expect(await codeOf(list, 'wrong', good)).toMatchObject({ code: '01', msg: '签名错误' })
    expect(await codeOf(list, secret, { ...good, BELONGXIAQUCODE: '330100' })).toMatchObject({
      code: '04',
      msg: '参数错误:BELONGXIAQUCODE',
    })
    expect(await codeOf(list, secret, { ...good, pageNo: '01' })).toMatchObject({ msg: '参数错误:pageNo' })
    expect(await codeOf(list, secret, { ...good, more: '1' })).toMatchObject({ msg: '参数错误:more' })
    const detail = { QL_INNER_CODE: '33010100000000099014', BELONGXIAQUCODE: AREA }
    expect(await codeOf(`${DATA}/FAKEZJ0102.htm`, secret, detail)).toMatchObject({ code: '06' })
    gateway.pass(900)
    expect(await codeOf(list, secret, good)).toMatchObject({ code: '02' })
  })

  test('a new pair ends the former refresh secret, not the former request secret', async () => {
    const gateway = open()
    const first = (await gateway.share('app/refreshTokenByKey.htm', 'FAKEAPPSECRET', {})).json
    const pair = first['datas'] as { refreshSecret: string; requestSecret: string }
    const renew = () => gateway.share('app/refreshTokenBySec.htm', pair.refreshSecret, {})
    expect((await renew()).json['code']).toBe('00')
    expect((await renew()).json['code']).toBe('02')
    const query = { BELONGXIAQUCODE: '330901', pageNo: '1', pageSize: '9', IS_CSJ: '0' }
    const windows = await gateway.share(`${DATA}/FAKEZJ0103.htm`, pair.requestSecret, query)
    expect(windows.json['code']).toBe('00')
    expect([null, []]).toContainEqual(windows.json['datas'])
  })

  test('every area has its own rows', async () => {
    const gateway = open()
    const secret = await requestSecret(gateway)
    const query = { BELONGXIAQUCODE: '331101', pageNo: '1', pageSize: '100' }
    const { json } = await gateway.share(`${DATA}/FAKEZJ0101.htm`, secret, query)
    const rows = json['datas'] as Record<string, string>[]
    expect(rows).toHaveLength(16)
    expect(rows.find((row) => row['QL_NAME'] === '残疾人证注销')).toMatchObject({
      QL_INNER_CODE: '33110100000000099016',
      QL_STATE: '3',
      LEAD_DEPT: '丽水市测试残疾人联合会',
      OUGUID: '331101000108',
    })
    for (const row of rows) expect(isCreditCode(row['OUORGCODE'] ?? '')).toBe(true)
    const model = vectors.catalogue.find(({ row }) => row.QL_MAINITEM_ID === '99014')
    const jiaxing = await gateway.share(`${DATA}/FAKEZJ0102.htm`, secret, {
      QL_INNER_CODE: '33040100000000099014',
      BELONGXIAQUCODE: '330401',
    })
    const shown = ([jiaxing.json['datas']].flat() as Record<string, string>[])[0] ?? {}
    const { FORM_INFO: _, ...fixed } = model?.row ?? {}
    expect(settled(shown)).toMatchObject(settled(fixed) as object)
  })
})
