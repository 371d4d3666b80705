/** 上海服务窗口, contract 4.11 (k): a row of `queryWindowPage` (designed). Open: other members are passed over. */
import { type Static, Type } from 'typebox'
import { WIRE_TEXT, WIRE_TOLD } from '../kit/window-rows.ts'

export const WireWindow = Type.Object({
  windowId: WIRE_TOLD,
  windowName: WIRE_TOLD,
  areaCode: Type.String({ minLength: 1 }),
  areaName: WIRE_TEXT,
  address: WIRE_TEXT,
  phone: WIRE_TEXT,
  lon: WIRE_TEXT,
  lat: WIRE_TEXT,
  coordType: WIRE_TEXT,
  workTime: WIRE_TEXT,
  csjFlag: WIRE_TOLD,
  itemCodes: WIRE_TEXT,
})
export type WireWindow = Static<typeof WireWindow>
