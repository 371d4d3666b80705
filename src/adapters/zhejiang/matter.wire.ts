/**
 * 浙江权力事项库, contract 4.a: columns documented, paging, `FORM_INFO`, `SERVICE_OBJECT`, `HANDLE_AREA` and `HANDLE_MODE` designed.
 * One matter is the row of the detail, with its five nested strings.
 */
import { type Static, Type } from 'typebox'

const text = (max = 10_000) => Type.Optional(Type.Union([Type.String({ maxLength: max }), Type.Null()]))
const num = Type.Optional(Type.Union([Type.Number(), Type.String({ maxLength: 20 }), Type.Null()]))

export const WireMatter = Type.Object({
  QL_INNER_CODE: Type.String({ minLength: 1, maxLength: 64 }),
  QL_Full_ID: text(60),
  QL_STATE: Type.String({ maxLength: 4 }),
  QL_NAME: Type.String({ minLength: 1, maxLength: 300 }),
  BJTYPE: text(4),
  QL_KIND: text(4),
  WEBAPPLYURL: text(1000),
  Acp_institution: text(200),
  Dec_institution: text(200),
  LEAD_DEPT: text(200),
  Apply_type: text(40),
  LINK_TEL: text(60),
  SUPERVISE_TEL: text(60),
  PROMISE_DAY: num,
  ANTICIPATE_DAY: num,
  ANTICIPATE_TYPE: text(4),
  Service_mode: text(40),
  APPLYERMIN_COUNT: num,
  CHARGE_FLAG: text(4),
  APPLY_CONDITION: text(),
  LAWBASIS: text(),
  BANJIAN_FINISHFILES: text(300),
  SERVICE_OBJECT: text(40),
  HANDLE_AREA: text(4),
  HANDLE_MODE: text(4),
  OUGUID: text(60),
  OUORGCODE: text(60),
  BELONGXIAQUCODE: Type.String({ maxLength: 12 }),
  UPDATE_DATE: text(19),
  MATERIAL_INFO: text(500_000),
  ACCEPT_ADDRESS_INFO: text(200_000),
  CHARGEITEM_INFO: text(200_000),
  QA_INFO: text(200_000),
  FORM_INFO: text(200_000),
})
export type WireMatter = Static<typeof WireMatter>
