/** 浙江服务窗口, contract 4.k: a row of `window-list` in the sharing dialect (designed). Open: other columns are passed over. */
import { type Static, Type } from 'typebox'
import { WIRE_TEXT, WIRE_TOLD } from '../kit/window-rows.ts'

export const WireWindow = Type.Object({
  WINDOW_GUID: WIRE_TOLD,
  WINDOW_NAME: WIRE_TOLD,
  HALL_NAME: WIRE_TEXT,
  ADDRESS: WIRE_TEXT,
  LON: WIRE_TEXT,
  LAT: WIRE_TEXT,
  LINK_TEL: WIRE_TEXT,
  ACCEPT_TIMEDESC: WIRE_TEXT,
  IS_CSJ: WIRE_TOLD,
  QL_INNER_CODES: WIRE_TEXT,
  BELONGXIAQUCODE: WIRE_TOLD,
  UPDATE_DATE: WIRE_TEXT,
})
export type WireWindow = Static<typeof WireWindow>
