/** Codes of the case service with their texts (contract 5.10); `07` has its own words (contract 4b). */
const CASE_TEXTS = {
  '03': '无权限',
  '04': '事项不存在或版本不一致',
  '05': '办件不存在',
  '06': '状态不允许',
  '07': 'UNID重复',
} as const

/** Codes of the other services with their texts (contract 5.10). */
const FLAG_TEXTS = { '401': '令牌无效', '403': '无权限', '404': '未查询到' } as const

/** A member that breaks its rule: `02` or `400`, whichever the service speaks. The name is no value of anybody's. */
export class BadMember extends Error {
  readonly member: string

  constructor(member: string) {
    super(`参数错误:${member.slice(0, 100)}`)
    this.member = member
  }
}

/** Another failure of the case service. `data` is an object for `06` and `07` and `null` otherwise. */
export class CaseRefusal extends Error {
  readonly code: keyof typeof CASE_TEXTS
  readonly data: unknown

  constructor(code: keyof typeof CASE_TEXTS, data: unknown = null) {
    super(CASE_TEXTS[code])
    this.code = code
    this.data = data
  }
}

/** Another failure of the item, licence and material services. */
export class FlagRefusal extends Error {
  readonly code: keyof typeof FLAG_TEXTS

  constructor(code: keyof typeof FLAG_TEXTS) {
    super(FLAG_TEXTS[code])
    this.code = code
  }
}

/** Codes of the identity services with their texts (contract 4e); `U0004` is a `BadMember`. */
const IDENTITY_TEXTS = {
  U0001: '令牌不存在或已过期',
  U0002: '令牌不属于该用户',
  U0003: '用户类型与接口不符',
} as const

/** Another failure of the identity services. */
export class IdentityRefusal extends Error {
  readonly code: keyof typeof IDENTITY_TEXTS

  constructor(code: keyof typeof IDENTITY_TEXTS) {
    super(IDENTITY_TEXTS[code])
    this.code = code
  }
}

/** XML or form bytes that cannot be read; whoever knows the field's name turns it into a `BadMember`. */
export class Unreadable extends Error {}
