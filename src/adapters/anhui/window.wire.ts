/** 安徽服务窗口, contract 4k: an element of `queryWindowList` (designed). Open: other members are passed over. */
import { type Static, Type } from 'typebox'
import { WIRE_TEXT, WIRE_TOLD } from '../kit/window-rows.ts'

export const WireWindow = Type.Object({
  windowId: WIRE_TOLD,
  windowName: WIRE_TOLD,
  hallName: WIRE_TEXT,
  areaCode: Type.String({ minLength: 1 }),
  address: WIRE_TEXT,
  lon: WIRE_TEXT,
  lat: WIRE_TEXT,
  linkTel: WIRE_TEXT,
  openTime: WIRE_TEXT,
  isCsj: WIRE_TOLD,
  serviceCodes: WIRE_TEXT,
})
export type WireWindow = Static<typeof WireWindow>
