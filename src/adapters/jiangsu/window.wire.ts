/** 江苏服务窗口, contract 4 (k): an item of `getWindowList` (designed). Open: other members are passed over. */
import { type Static, Type } from 'typebox'
import { WIRE_TEXT, WIRE_TOLD } from '../kit/window-rows.ts'

export const WireWindow = Type.Object({
  windowguid: WIRE_TOLD,
  centerguid: WIRE_TEXT,
  centername: WIRE_TEXT,
  windowname: WIRE_TOLD,
  windowno: WIRE_TEXT,
  areacode: Type.String({ minLength: 1 }),
  address: WIRE_TEXT,
  phone: WIRE_TEXT,
  worktime: WIRE_TEXT,
  longitude: WIRE_TEXT,
  latitude: WIRE_TEXT,
  iscsj: WIRE_TOLD,
  taskcodes: WIRE_TEXT,
})
export type WireWindow = Static<typeof WireWindow>
