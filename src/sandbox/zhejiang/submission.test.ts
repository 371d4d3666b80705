import { afterEach, describe, expect, test } from 'vitest'
import {
  AREA,
  type Body,
  closeAll,
  errorOf,
  MATTER,
  open,
  PREFIX,
  prepared,
  submitted,
} from './test-application.ts'

afterEach(closeAll)

describe('submission', () => {
  type Bend = (body: Body) => void
  test.each<[string, string, Bend]>([
    ['C-AFFAIR-PARAM-INVALID', '参数错误:more', (body) => Object.assign(body, { more: '1' })],
    ['C-AFFAIR-PARAM-INVALID', '参数错误:memo', (body) => Object.assign(body, { memo: null })],
    ['C-AFFAIR-PARAM-INVALID', '参数错误:approveType', (body) => Object.assign(body, { approveType: '02' })],
    [
      'C-AFFAIR-PARAM-INVALID',
      '参数错误:gmtApply',
      (b) => Object.assign(b, { gmtApply: '2099-02-30 09:00:00' }),
    ],
    ['C-AFFAIR-PARAM-INVALID', '参数错误:areaCode', (body) => Object.assign(body, { areaCode: '330100' })],
    [
      'C-AFFAIR-PARAM-INVALID',
      '参数错误:applicantVO.applyCardNumber',
      ({ applicantVO }) => {
        applicantVO['applyCardNumber'] = '330106190102031011'
      },
    ],
    [
      'C-AFFAIR-PARAM-INVALID',
      '参数错误:applicantVO.contactCardNumber',
      ({ applicantVO }) => {
        applicantVO['contactCardType'] = 'ID_CARD'
      },
    ],
    [
      'C-AFFAIR-PARAM-INVALID',
      '参数错误:extInfo.more',
      ({ extInfo }) => {
        extInfo['more'] = 1
      },
    ],
    [
      'C-AFFAIR-PARAM-INVALID',
      '参数错误:suffInfoList[1].attachMentVOs',
      (body) => {
        body.suffInfoList[1].attachMentVOs = [{ attName: 'a', attPath: 'b', memo: '' }]
      },
    ],
    [
      'C-AFFAIR-MATTER-NOT-EXIST',
      '事项不存在或已停用',
      (b) => Object.assign(b, { matterCode: `${AREA}00000000099014` }),
    ],
    [
      'C-AFFAIR-PROJ-NOT-EXIST',
      '办件不存在',
      (body) => Object.assign(body, { projId: '330101990105000009999' }),
    ],
    ['C-AFFAIR-PARAM-INVALID', '参数错误:affairType', (body) => Object.assign(body, { affairType: '1' })],
    [
      'C-AFFAIR-PARAM-INVALID',
      '参数错误:deptCode',
      (body) => Object.assign(body, { deptCode: '330101000102' }),
    ],
    [
      'C-AFFAIR-PARAM-INVALID',
      '参数错误:suffInfoList[2].suffId',
      (body) => {
        body.suffInfoList[2].suffId = 'M9900202'
      },
    ],
    [
      'C-AFFAIR-PARAM-INVALID',
      '参数错误:suffInfoList[0].takeType',
      (body) => {
        body.suffInfoList[0] = { ...body.suffInfoList[1], suffId: 'M9900201' }
      },
    ],
    [
      'C-CERT-NOT-EXIST',
      '证照不存在',
      (body) => {
        body.suffInfoList[0]['certificateSourceId'] =
          '1.2.156.3005.2.11330000MB1TEXT0X6003.330100.000000101.001.0'
      },
    ],
    [
      'C-ATTACH-NOT-EXIST',
      '附件不存在',
      (body) => {
        body.suffInfoList[2].attachMentVOs = [{ attName: 'a.pdf', attPath: 'oss://fake/none', memo: '' }]
      },
    ],
    ['C-AFFAIR-MATERIAL-MISSING', '材料缺失:M9900202,M9900203', (body) => body.suffInfoList.splice(1)],
    ['C-AFFAIR-PARAM-INVALID', '参数错误:affFormInfo', (body) => Object.assign(body, { affFormInfo: '[]' })],
    [
      'C-AFFAIR-PARAM-INVALID',
      '参数错误:affFormInfo.toArea',
      (body) => {
        body.affFormInfo = body.affFormInfo.replace('330100', '330101')
      },
    ],
    [
      'C-AFFAIR-PARAM-INVALID',
      '参数错误:affFormInfo.moveReason',
      (body) => {
        body.affFormInfo = body.affFormInfo.replace('"02"', '"03"')
      },
    ],
    [
      'C-AFFAIR-PARAM-INVALID',
      '参数错误:affFormInfo.moveReason',
      (body) => {
        body.affFormInfo = body.affFormInfo.replace('"moveReason":"02",', '')
      },
    ],
  ])('is refused with %s %s', async (code, message, bend) => {
    const gateway = open()
    const body = await prepared(gateway)
    bend(body)
    const reply = await gateway.post('receive.do', body)
    expect(errorOf(reply)).toEqual([200, code, message])
    expect(gateway.region.refusals().at(-1)).toMatchObject({ operation: 'apply-submit', code, message })
  })

  test('knows a repeat whatever the order of members, and a second case of one source', async () => {
    const gateway = open()
    const { projId, projPwd, body } = await submitted(gateway)
    const turned = Object.fromEntries(Object.entries(body).reverse())
    const again = await gateway.post('receive.do', turned)
    expect(again.json).toMatchObject({ success: true, data: { projId, projPwd } })
    const other = await gateway.post('receive.do', await prepared(gateway))
    expect(other.json).toMatchObject({ errorCode: 'C-AFFAIR-PROJ-DUPLICATE', data: { projId } })
    gateway.region.advance(projId, { to: 'WITHDRAWN' })
    expect((await gateway.post('receive.do', await prepared(gateway))).json).toMatchObject({ success: true })
  })

  test('a number ends after a day and is good for its own matter only', async () => {
    const gateway = open()
    const body = await prepared(gateway)
    gateway.pass(24 * 3600 + 1)
    expect(errorOf(await gateway.post('receive.do', body))[1]).toBe('C-AFFAIR-PROJ-NOT-EXIST')
    const projId = await gateway.takeNumber(AREA, '33010100000000099001')
    expect(errorOf(await gateway.post('receive.do', { ...body, projId }))[1]).toBe('C-AFFAIR-PROJ-NOT-EXIST')
  })

  test('wants JSON under its own content type and no query', async () => {
    const gateway = open()
    const path = `${PREFIX}2/zwztapi/receive.do`
    const send = (contentType: string, body: string, query: [string, string][] = []) =>
      gateway.send('POST', path, { contentType, body, query })
    const gbk = await send('application/json; charset=gbk', '{}')
    expect(gbk.json['errorMsg']).toBe('参数错误:Content-Type')
    expect((await send('application/json', '[]')).json['errorMsg']).toBe('参数错误:body')
    expect((await send('application/json', '{}', [['x', '1']])).json['errorMsg']).toBe('参数错误:x')
  })
})

describe('files', () => {
  test('uploads are checked in the order of the contract', async () => {
    const gateway = open()
    const projId = await gateway.takeNumber(AREA, MATTER)
    const good = { projId, suffId: 'M9900203', attName: 'a.PDF', phaseCode: '01' }
    const one = new Uint8Array([1])
    const refused = async (parts: Record<string, string>, bytes = one) =>
      errorOf(await gateway.upload(parts, bytes))
    expect(await refused({ ...good, more: '1' })).toEqual([200, 'C-AFFAIR-PARAM-INVALID', '参数错误:more'])
    expect((await refused(good, new Uint8Array(0)))[2]).toBe('参数错误:file')
    expect((await refused({ ...good, attName: 'a.exe', projId: '1' }))[1]).toBe('C-ATTACH-TYPE-INVALID')
    expect((await refused({ ...good, projId: '1' }))[1]).toBe('C-AFFAIR-PROJ-NOT-EXIST')
    expect((await refused({ ...good, phaseCode: '02', suffId: 'M1' }))[1]).toBe('C-AFFAIR-STATE-CONFLICT')
    expect((await refused({ ...good, suffId: 'M1' }))[2]).toBe('参数错误:suffId')
    expect((await refused(good))[1]).toBeNull()
  })

  test('an upload can be fetched from the submission on, by its case only', async () => {
    const gateway = open()
    const { projId, projPwd, body } = await submitted(gateway)
    const [file] = body.suffInfoList[2].attachMentVOs
    const attPath = file?.attPath ?? ''
    const reply = await gateway.download({ projId, projPwd, attPath })
    expect(reply.headers.get('content-type')).toBe('application/pdf')
    expect(reply.bytes).toEqual(Buffer.alloc(40, 65))
    const none = await gateway.download({ projId, projPwd, attPath: 'oss://fake/none' })
    expect(errorOf(none)).toEqual([200, 'C-ATTACH-NOT-EXIST', '附件不存在'])
    const wrong = await gateway.download({ projId, projPwd: 'x', attPath })
    expect(wrong.json['errorCode']).toBe('C-AFFAIR-PROJ-NOT-EXIST')
    expect(
      (
        await gateway.upload(
          { projId, suffId: 'M9900203', attName: 'a.pdf', phaseCode: '01' },
          new Uint8Array(1),
        )
      ).json,
    ).toMatchObject({ errorCode: 'C-AFFAIR-STATE-CONFLICT' })
  })
})
