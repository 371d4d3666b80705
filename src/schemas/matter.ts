/**
 * The canonical matter (政务服务事项) with its implementation list (实施清单).
 * Members follow GB/T 39046-2020 table 4 and GB/T 39554.2-2020; codes are words here, since every platform numbers
 * them differently (办件类型 1 is 即办 in one province and 承诺 in another).
 */
import { type Static, Type } from 'typebox'
import { DATE, DATE_TIME, DIVISION, Names, REGION, text, word } from './common.ts'

/** Cross-province mode (通办方式): 全程网办, 异地代收代办, 多地联办, 异地授权本地办理. */
export const MODES = ['online', 'onBehalf', 'joint', 'authorisedLocal'] as const
/** Case type (办件类型): 即办件, 承诺件, 联办件, 上报件. */
export const HANDLINGS = ['instant', 'committed', 'jointHandling', 'reported'] as const
/** Unit of a time limit: 工作日, 自然日, 小时. */
export const LIMIT_UNITS = ['working', 'calendar', 'hour'] as const
/** Necessity of a document: 必要, 非必要, 容缺后补, 信用后补. */
export const NECESSITIES = ['required', 'optional', 'deferrable', 'creditDeferrable'] as const
/** How a document may be handed in: 附件上传, 证照库, 容缺后补, 纸质收取, 扫描. */
export const DOCUMENT_MODES = ['upload', 'licence', 'later', 'paper', 'scan'] as const
/** Delivery of the result: 窗口领取, 邮寄, 网上下载, 电子证照. */
export const DELIVERY_MODES = ['pickup', 'post', 'download', 'licence'] as const
/** Scope (通办范围): 未实现, 全国, 跨省, 跨市, 跨县. */
export const SCOPES = ['none', 'national', 'crossProvince', 'crossCity', 'crossCounty'] as const
/** State of a matter in its region's catalogue: 在用, 暂停, 取消. */
export const MATTER_STATES = ['active', 'suspended', 'cancelled'] as const
/** Who can apply. Organisations are told apart where a region does: 企业, 事业单位, 机关, 其他组织. */
export const SUBJECTS = [
  'person',
  'organisation',
  'enterprise',
  'institution',
  'agency',
  'otherOrganisation',
] as const
/** Types of a form field. `area` is a division of six digits, `time` does not occur in the four regions. */
export const FIELD_TYPES = [
  'text',
  'textarea',
  'number',
  'date',
  'select',
  'area',
  'idcard',
  'uscc',
  'mobile',
  'phone',
] as const

const Limit = Type.Object(
  { days: Type.Integer({ minimum: 0, maximum: 9999 }), unit: word(LIMIT_UNITS) },
  { additionalProperties: false },
)

/** One choice of a select field. */
const Option = Type.Object({ value: text(100), label: Names }, { additionalProperties: false })

/** One field of the matter's own form. Values are always strings; `pattern` is informative. */
export const FormField = Type.Object(
  {
    name: text(60),
    label: Names,
    type: word(FIELD_TYPES),
    required: Type.Boolean(),
    options: Type.Optional(Type.Array(Option, { maxItems: 500 })),
    maxLength: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
    pattern: Type.Optional(text(500)),
  },
  { additionalProperties: false },
)
export type FormField = Static<typeof FormField>

/** One document (申请材料) that the matter asks for, and the licences that stand for it (免提交). */
export const MatterDocument = Type.Object(
  {
    id: text(64),
    name: Names,
    necessity: word(NECESSITIES),
    exemptedBy: Type.Array(Type.Object({ licenceType: text(40) }, { additionalProperties: false }), {
      maxItems: 20,
    }),
    modes: Type.Array(word(DOCUMENT_MODES), { maxItems: 5 }),
    /** Type word of the region, echoed in its upload (Shanghai's 材料类型). */
    kind: Type.Optional(text(40)),
    /** Paper, electronic or both, as the region's canonical word. */
    form: Type.Optional(word(['paper', 'electronic', 'both'])),
    copies: Type.Optional(Type.Integer({ minimum: 0, maximum: 999 })),
    source: Type.Optional(word(['applicant', 'government', 'other'])),
    formats: Type.Optional(Type.Array(text(10), { maxItems: 30 })),
    maxBytes: Type.Optional(Type.Integer({ minimum: 1 })),
    isPhoto: Type.Optional(Type.Boolean()),
    requirement: Type.Optional(text(2000, 0)),
    sampleUrl: Type.Optional(text(1000)),
    blankFormUrl: Type.Optional(text(1000)),
    order: Type.Optional(Type.Integer({ minimum: 0, maximum: 99_999 })),
  },
  { additionalProperties: false },
)
export type MatterDocument = Static<typeof MatterDocument>

/** The organ that implements the matter (实施主体): the region's own code, and the credit code where it is known. */
const Agency = Type.Object(
  { name: text(200), code: Type.Optional(text(60)), uscc: Type.Optional(text(18)) },
  { additionalProperties: false },
)

/** A place where the matter is handled over the counter (办理地点). */
export const ServicePoint = Type.Object(
  {
    id: text(64),
    name: Type.Optional(text(200)),
    division: Type.Optional(DIVISION),
    address: Type.Optional(text(300)),
    phone: Type.Optional(text(60)),
    hours: Type.Optional(text(300)),
    lon: Type.Optional(Type.Number()),
    lat: Type.Optional(Type.Number()),
  },
  { additionalProperties: false },
)
export type ServicePoint = Static<typeof ServicePoint>

export const Matter = Type.Object(
  {
    id: text(100),
    kind: word(['matter', 'service']),
    name: Names,
    /** Absent for a matter of the seed catalogue that no region has offered yet. */
    region: Type.Optional(REGION),
    divisions: Type.Array(DIVISION, { maxItems: 60 }),
    /** 基本编码, 12 characters where the region gives one; Zhejiang's local catalogue code otherwise. */
    baseCode: Type.Optional(text(60)),
    /** 实施编码, 31 characters. */
    implementationCode: Type.Optional(text(36)),
    /** 业务办理项编码, 33 characters. */
    businessItemCode: Type.Optional(text(40, 0)),
    /** The region's own code and version of the matter: what its calls name. */
    regional: Type.Optional(
      Type.Object({ code: text(64), version: Type.Optional(text(20)) }, { additionalProperties: false }),
    ),
    equivalents: Type.Array(
      Type.Object(
        { region: REGION, id: text(100), by: word(['baseCode', 'curated']) },
        { additionalProperties: false },
      ),
      { maxItems: 200 },
    ),
    subjects: Type.Array(word(SUBJECTS), { maxItems: 6 }),
    domain: Type.Optional(text(60)),
    department: Type.Optional(text(100)),
    agency: Type.Optional(Agency),
    /** National two-digit type (事项类型), GB/T 39046-2020 A.1. */
    powerType: Type.Optional(text(2)),
    mode: Type.Optional(word(MODES)),
    /** All modes, where a region offers several. */
    modes: Type.Optional(Type.Array(word(MODES), { maxItems: 4 })),
    handling: Type.Optional(word(HANDLINGS)),
    scope: Type.Optional(word(SCOPES)),
    statutory: Type.Optional(Limit),
    commitment: Type.Optional(Limit),
    form: Type.Object({ fields: Type.Array(FormField, { maxItems: 200 }) }, { additionalProperties: false }),
    documents: Type.Array(MatterDocument, { maxItems: 100 }),
    deliveryModes: Type.Optional(Type.Array(word(DELIVERY_MODES), { maxItems: 4 })),
    servicePoints: Type.Optional(Type.Array(ServicePoint, { maxItems: 200 })),
    visits: Type.Optional(Type.Integer({ minimum: 0, maximum: 99 })),
    isOnline: Type.Optional(Type.Boolean()),
    hasFee: Type.Optional(Type.Boolean()),
    feeBasis: Type.Optional(text(2000, 0)),
    conditions: Type.Optional(text(10_000, 0)),
    flow: Type.Optional(text(10_000, 0)),
    legalBasis: Type.Optional(text(10_000, 0)),
    resultName: Type.Optional(text(200, 0)),
    /** Licence type of the result, or the region's word for its kind. */
    resultType: Type.Optional(text(60, 0)),
    phone: Type.Optional(text(60, 0)),
    complaintPhone: Type.Optional(text(60, 0)),
    applyUrl: Type.Optional(text(1000, 0)),
    state: word(MATTER_STATES),
    availability: Type.Array(
      Type.Object(
        { division: DIVISION, from: DATE, to: Type.Union([DATE, Type.Null()]) },
        { additionalProperties: false },
      ),
      { maxItems: 60 },
    ),
    fileable: Type.Boolean(),
    /** Assurance level (实名等级) that an applicant needs, 1 to 4. */
    loa: Type.Integer({ minimum: 1, maximum: 4 }),
    source: text(500),
    confidence: word(['high', 'medium', 'low']),
    updatedAt: Type.Optional(DATE_TIME),
  },
  { additionalProperties: false },
)
export type Matter = Static<typeof Matter>
