/** Every refusal of bus and hall (1.7), by its class and, where it can be told, at its place in the application. */
import { expect, test } from 'vitest'
import { GatewayError } from '../../errors.ts'
import { open, refusal } from './open.ts'

const REFUSALS: readonly (readonly [text: string, code: string, pointer?: string])[] = [
  ['身份验证失败', 'REGION_AUTH'],
  ['区划代码不存在', 'REGION_REJECTED', '/division'],
  ['事项不存在', 'REGION_REJECTED', '/matter'],
  ['事项已停用', 'REGION_REJECTED', '/matter'],
  ['事项未开通跨省通办', 'REGION_REJECTED', '/matter'],
  ['申请人类型不符', 'REGION_REJECTED', '/applicant/kind'],
  ['办理方式不支持', 'REGION_REJECTED', '/mode'],
  ['中心不存在', 'REGION_REJECTED'],
  ['材料不存在', 'REGION_REJECTED', '/documents'],
  ['材料未提交齐全', 'REGION_REJECTED', '/documents'],
  ['来源办件编号已被其他事项使用', 'REGION_REJECTED'],
  ['不允许重复提交办件', 'DUPLICATE_CASE'],
  ['该办件未查询到', 'CASE_NOT_FOUND'],
  ['当前办件状态不允许上传材料', 'STATE_CONFLICT'],
  ['当前办件状态不允许补正', 'STATE_CONFLICT'],
  ['当前办件状态不允许撤销', 'STATE_CONFLICT'],
  ['补正期限已过', 'REGION_REJECTED'],
  ['补正材料未提交齐全', 'REGION_REJECTED', '/documents'],
  ['文件为空', 'REGION_REJECTED', '/documents'],
  ['文件格式不支持', 'REGION_REJECTED', '/documents'],
  ['文件过大', 'REGION_REJECTED', '/documents'],
  ['附件不存在', 'REGION_REJECTED'],
  ['办件尚未办结', 'RESULT_NOT_READY'],
  ['结果文件不存在', 'RESULT_NOT_READY'],
  ['系统繁忙，请稍后再试', 'REGION_BUSY'],
  ['服务暂停', 'REGION_UNAVAILABLE'],
  ['参数未定义:more', 'REGION_REJECTED', ''],
  ['参数不能为空:centerguid', 'REGION_REJECTED', ''],
  ['参数不能为空:idcard', 'REGION_REJECTED', '/agent/idDocument/number'],
  ['参数格式错误:certnum', 'REGION_REJECTED', '/applicant/idDocument/number'],
  ['参数格式错误:certtype', 'REGION_REJECTED', '/applicant/idDocument/type'],
  ['参数格式错误:applyername', 'REGION_REJECTED', '/applicant/name'],
  ['参数格式错误:applyertype', 'REGION_REJECTED', '/applicant/kind'],
  ['参数格式错误:contactperson', 'REGION_REJECTED', '/agent/name'],
  ['参数格式错误:contactmobile', 'REGION_REJECTED', '/applicant/mobile'],
  ['参数格式错误:legal', 'REGION_REJECTED', '/applicant/legalRepresentative'],
  ['参数格式错误:legalid', 'REGION_REJECTED', '/applicant/legalRepresentativeId/number'],
  ['参数格式错误:address', 'REGION_REJECTED', '/applicant/address'],
  ['参数格式错误:applyway', 'REGION_REJECTED', '/mode'],
  ['参数格式错误:sendway', 'REGION_REJECTED', '/delivery/mode'],
  ['参数格式错误:postinfo', 'REGION_REJECTED', '/delivery'],
  ['参数格式错误:formdata', 'REGION_REJECTED', '/form'],
  ['参数格式错误:areacode', 'REGION_REJECTED', '/division'],
  ['参数格式错误:taskguid', 'REGION_REJECTED', '/matter'],
  ['参数格式错误:sourceareacode', 'REGION_REJECTED', '/sourceDivision'],
  ['表单数据校验失败:blyy', 'REGION_REJECTED', '/form/blyy'],
]

const ROWS = REFUSALS.map(([text, code, pointer]) => ({ text, code, pointer }))
test.each(ROWS)('$text is $code $pointer', ({ text, code, pointer }) => {
  const error = refusal(text, 'case-submit')
  expect(error.code).toBe(code)
  expect(error.errors.map((one) => one.pointer)).toEqual(pointer === undefined ? [] : [pointer])
  expect(error.facts).toMatchObject({ region: 'jiangsu', operation: 'case-submit' })
})

test('a text that the contract does not know is a refusal, kept for the caller and for nobody’s log', () => {
  const text = `证件有误${'!'.repeat(300)}`
  const error = refusal(text, 'case-submit')
  expect(error.code).toBe('REGION_REJECTED')
  expect(error.errors).toMatchObject([{ pointer: '', zh: `江苏: ${text.slice(0, 200)}` }])
  expect(error.facts).toEqual({ region: 'jiangsu', operation: 'case-submit', code: 'unknown text' })
  expect(refusal('', 'case-submit').errors).toEqual([])
})

test.each([
  ['1001', 'REGION_AUTH'],
  ['1002', 'REGION_AUTH'],
  ['1003', 'REGION_AUTH'],
  ['1004', 'REGION_AUTH'],
  ['1005', 'REGION_AUTH'],
  ['1006', 'REGION_REJECTED'],
  ['1007', 'REGION_AUTH'],
  ['1008', 'REGION_REJECTED'],
  ['1009', 'REGION_REJECTED'],
] as const)('the bus’s %s is %s', (errcode, code) => {
  expect(() => open({ errcode, errmsg: '' }, 'health')).toThrow(expect.objectContaining({ code }))
})

test('only custom.code 1 is success, and an envelope without its parts is no answer', () => {
  const status = { code: '200', text: '' }
  expect(open({ status, custom: { code: '1', a: 1 } }, 'x')).toEqual({ code: '1', a: 1 })
  expect(() => open({ status, custom: { code: 1.5 } }, 'x')).toThrow(GatewayError)
  for (const body of [{}, { status }, { custom: { code: 1 } }])
    expect(() => open(body, 'x')).toThrow(expect.objectContaining({ code: 'REGION_ANSWER_INVALID' }))
})
