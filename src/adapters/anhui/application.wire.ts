/**
 * 申报登记 `apasInfo`, contract 4b (documented; content of the form ours): its three XML fields in parsed form, all text.
 * `FILEURL` carries the upload until Anhui has given its own. XML 1.0 has no place for most control characters.
 */
import { type Static, type TProperties, type TSchema, Type } from 'typebox'

const text = (max: number, min = 0) => Type.String({ minLength: min, maxLength: max })
const may = (max: number) => Type.Optional(text(max))
const CLOCK = '\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}'
// Sixteen bytes of two digits: what is repeated two at a time is matched without counting to thirty-two, in two thirds of the time.
const unid = Type.String({ pattern: '^(([0-9a-f]{2}){16})?$' })
const strict = { additionalProperties: false } as const

/**
 * A long object, of these members and no others. Where each of them is there, as in all that the gateway writes, their number
 * says that there is no other, and counting is far less work than looking up every name. Else every name is looked up, so
 * that just what `strict` refuses is refused, and told in the same way.
 */
function counted<Members extends TProperties>(members: Members) {
  const names = Object.keys(members)
  return Type.Object(members, {
    if: { required: names, maxProperties: names.length },
    else: { properties: Object.fromEntries(names.map((name) => [name, true])), ...strict },
  })
}

export const WireCallInfo = Type.Object(
  {
    CALLER: text(50),
    CALLTIME: Type.String({ pattern: `^${CLOCK}$` }),
    CALLBACK_URL: text(500),
    ISSUE: text(50),
  },
  strict,
)
export type WireCallInfo = Static<typeof WireCallInfo>

/** In the order of the contract's table, which is the order that is sent. */
export const WireServiceInfo = counted({
  UNID: unid,
  PROJID: may(60),
  PROJPWD: may(20),
  SERVICECODE: text(100, 1),
  SERVICEVERSION: text(20),
  SERVICENAME: text(300, 1),
  PROJECTNAME: text(200, 1),
  infoType: text(20),
  INFOTYPE_CODE: text(4),
  IS_MULTI: text(1, 1),
  MULTI_ID: Type.Optional(unid),
  APPLYNAME: text(100, 1),
  APPLY_CARDTYPE: text(4, 1),
  APPLY_CARDNUMBER: text(50, 1),
  CONTACTMAN: text(50, 1),
  CONTACTMAN_CARDTYPE: may(4),
  CONTACTMAN_CARDNUMBER: may(50),
  TELPHONE: Type.Optional(Type.String({ pattern: '^(1\\d{10}|0\\d{2,3}-?\\d{7,8})?$' })),
  POSTCODE: Type.Optional(Type.String({ pattern: '^(\\d{6})?$' })),
  ADDRESS: may(200),
  LEGALMAN: may(50),
  DEPTID: text(60),
  DEPTNAME: text(200),
  RECEIVE_USEID: may(50),
  RECEIVE_NAME: may(50),
  APPLYFROM: text(4),
  ADDTYPE: text(2, 1),
  handleState: text(4, 1),
  BELONGTO: may(50),
  AREACODE: text(12, 6),
  dataState: text(1, 1),
  BELONGSYSTEM: text(18),
  EXTEND: may(2000),
})
export type WireServiceInfo = Static<typeof WireServiceInfo>

/** All three exactly as `materialUpload` answered; before that, `FILEURL` is the upload and `FILEPWD` empty. */
export const WireFile = Type.Object(
  { FILENAME: text(200, 1), FILEURL: text(300, 1), FILEPWD: text(32) },
  strict,
)
export type WireFile = Static<typeof WireFile>

/** An empty element is `""`. Told by `if`, so that a fault is found in the branch that was meant. */
const orEmpty = <T extends TSchema>(schema: T) =>
  Type.Unsafe<Static<T> | ''>({
    if: { type: 'string' },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema, never awaited.
    then: { const: '' },
    else: schema,
  })

/** A list, which may be its one element, or empty. */
const oneOrMany = <T extends TSchema>(item: T, maxItems: number) =>
  Type.Unsafe<Static<T>[] | Static<T> | ''>({
    if: { type: 'array' },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema, never awaited.
    then: Type.Array(item, { maxItems }),
    else: orEmpty(item),
  })

export const WireAttr = counted({
  UNID: unid,
  ATTRNAME: text(300),
  ATTRID: text(64, 1),
  SORTID: Type.String({ pattern: '^\\d{1,5}$' }),
  TAKETYPE: text(4, 1),
  ISTAKE: Type.String({ pattern: '^[01]$' }),
  AMOUNT: Type.String({ pattern: '^\\d{1,3}$' }),
  TAKETIME: Type.Optional(Type.String({ pattern: `^(${CLOCK})?$` })),
  MEMO: may(200),
  FILES: Type.Optional(orEmpty(Type.Object({ FILEINFO: Type.Optional(oneOrMany(WireFile, 50)) }, strict))),
})
export type WireAttr = Static<typeof WireAttr>

/** One member for each field. `Type.Record` would write the names as a pattern: without their length, and blind to a line break. */
const formData = Type.Unsafe<Record<string, string>>({
  type: 'object',
  propertyNames: text(60, 1),
  additionalProperties: text(10_000),
  maxProperties: 200,
})

export const WireApplication = Type.Object(
  {
    apasInfoXml: Type.Object(
      { RECORD: Type.Object({ CALLINFO: WireCallInfo, SERVICEINFO: WireServiceInfo }, strict) },
      strict,
    ),
    attrXml: Type.Object(
      {
        RECORDS: orEmpty(Type.Object({ RECORD: Type.Optional(oneOrMany(WireAttr, 100)) }, strict)),
      },
      strict,
    ),
    formXml: Type.Object(
      {
        RECORD: Type.Object(
          {
            UNID: unid,
            FORMDATA: orEmpty(formData),
          },
          strict,
        ),
      },
      strict,
    ),
  },
  strict,
)
export type WireApplication = Static<typeof WireApplication>
