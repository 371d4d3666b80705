/** The failure codes of the business dialect with their texts (contract sections 4 and 5.17). */
export const BUSINESS_ERRORS = {
  'C-AFFAIR-PARAM-INVALID': '参数错误',
  'C-AFFAIR-MATTER-NOT-EXIST': '事项不存在或已停用',
  'C-AFFAIR-PROJ-NOT-EXIST': '办件不存在',
  'C-AFFAIR-PROJ-DUPLICATE': '办件重复提交',
  'C-AFFAIR-STATE-CONFLICT': '当前状态不允许该操作',
  'C-AFFAIR-MATERIAL-MISSING': '材料缺失',
  'C-ATTACH-TOO-LARGE': '附件过大',
  'C-ATTACH-TYPE-INVALID': '附件类型不支持',
  'C-ATTACH-NOT-EXIST': '附件不存在',
  'C-CERT-NOT-EXIST': '证照不存在',
  'C-EVAL-DUPLICATE': '评价数据不可重复',
  'C-EVAL-REASON-REQUIRED': '差评必须勾选详情或填写文字评价',
  'C-PHOTO-NOT-EXIST': '照片不存在',
  'C-PHOTO-EXPIRED': '照片标识已过期',
  'C-USER-SSO-TICKET-INVALID': '票据无效',
  'C-USER-SSO-TOKEN-INVALID': '令牌无效',
  'C-USER-SSO-USER-EMPTY': '用户信息为空',
} as const

/** The failure codes of the sharing dialect with their texts (contract sections 3.2 and 5.17). */
export const SHARING_ERRORS = {
  '01': '签名错误',
  '02': '密钥已过期',
  '03': '无访问权限',
  '04': '参数错误',
  '05': '请求时间超限',
  '06': '数据不存在',
} as const

/** A failure of the business dialect, answered with HTTP 200. */
export class BusinessRefusal extends Error {
  readonly code: keyof typeof BUSINESS_ERRORS
  readonly data: unknown

  /** `detail` is a member path or a list of material ids, never a value; `data` is nearly always absent. */
  constructor(code: keyof typeof BUSINESS_ERRORS, detail?: string, data: unknown = null) {
    super(detail === undefined ? BUSINESS_ERRORS[code] : `${BUSINESS_ERRORS[code]}:${detail}`)
    this.code = code
    this.data = data
  }
}

/** A failure of the sharing dialect, answered with HTTP 200. */
export class SharingRefusal extends Error {
  readonly code: keyof typeof SHARING_ERRORS

  /** `detail` is the name of a query parameter, never its value. */
  constructor(code: keyof typeof SHARING_ERRORS, detail?: string) {
    super(detail === undefined ? SHARING_ERRORS[code] : `${SHARING_ERRORS[code]}:${detail}`)
    this.code = code
  }
}

/** The refusal of a member: `path` names it as the contract writes paths (`applicantVO.legalMan`). */
export const badMember = (path: string): BusinessRefusal =>
  new BusinessRefusal('C-AFFAIR-PARAM-INVALID', path)
