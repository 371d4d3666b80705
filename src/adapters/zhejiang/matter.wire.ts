/**
 * 浙江权力事项库, contract 4.a: columns documented, paging, `FORM_INFO`, `SERVICE_OBJECT`, `HANDLE_AREA` and `HANDLE_MODE` designed.
 * One matter is the row of the detail, with its five nested strings.
 */
import { type Static, Type } from 'typebox'

/** Text of an answer; the contract states a length for few columns, and the others may be long. */
const text = (max = 500_000) => Type.Optional(Type.Union([Type.String({ maxLength: max }), Type.Null()]))
const num = Type.Optional(Type.Union([Type.Number(), Type.String({ maxLength: 20 }), Type.Null()]))

export const WireMatter = Type.Object({
  QL_INNER_CODE: Type.String({ minLength: 1, maxLength: 64 }),
  QL_Full_ID: text(60),
  QL_STATE: Type.String({ maxLength: 4 }),
  QL_NAME: Type.String({ minLength: 1, maxLength: 300 }),
  BJTYPE: text(4),
  QL_KIND: text(4),
  WEBAPPLYURL: text(),
  Acp_institution: text(),
  Dec_institution: text(),
  LEAD_DEPT: text(),
  Apply_type: text(),
  LINK_TEL: text(),
  SUPERVISE_TEL: text(),
  PROMISE_DAY: num,
  ANTICIPATE_DAY: num,
  ANTICIPATE_TYPE: text(4),
  Service_mode: text(),
  APPLYERMIN_COUNT: num,
  CHARGE_FLAG: text(4),
  APPLY_CONDITION: text(),
  LAWBASIS: text(),
  BANJIAN_FINISHFILES: text(),
  SERVICE_OBJECT: text(),
  HANDLE_AREA: text(4),
  HANDLE_MODE: text(4),
  OUGUID: text(60),
  OUORGCODE: text(60),
  BELONGXIAQUCODE: Type.String({ maxLength: 12 }),
  UPDATE_DATE: text(19),
  MATERIAL_INFO: text(),
  ACCEPT_ADDRESS_INFO: text(),
  CHARGEITEM_INFO: text(),
  QA_INFO: text(),
  FORM_INFO: text(),
})
export type WireMatter = Static<typeof WireMatter>
