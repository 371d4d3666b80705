/**
 * 上海政务服务事项, contract version read 2026-11: section 4.1. `queryItemPage` (designed), `getItemAppplyInfo` and
 * `getItemStuffList` (mixed: paths documented, most members completed), `getItemAreaList` (mixed).
 * One matter is the row of the list, the members of the detail, the materials (`stuffs`) and the service points (`areas`).
 */
import { type Static, Type } from 'typebox'
import { blank, blankText, numberOrText, text } from './shapes.ts'

export const WireStuff = Type.Object({
  stuffCode: Type.String({ minLength: 1, maxLength: 64 }),
  stuffName: Type.String({ minLength: 1, maxLength: 300 }),
  stuffType: text(40),
  stuffForm: blankText(40),
  required: text(40),
  copies: blank(numberOrText),
  catMainCode: blankText(40),
  sampleUrl: blankText(1000),
  emptyFormUrl: blankText(1000),
})
export type WireStuff = Static<typeof WireStuff>

export const WireArea = Type.Object({
  itemCode: blankText(64),
  windowId: text(64),
  areaCode: blankText(12),
  areaName: blankText(200),
  address: blankText(300),
  phone: blankText(60),
  workTime: blankText(300),
})
export type WireArea = Static<typeof WireArea>

/** `stuffs` and `areas` may be a single object when there is exactly one. */
export const WireMatter = Type.Object({
  itemCode: Type.String({ minLength: 1, maxLength: 64 }),
  itemName: Type.String({ minLength: 1, maxLength: 300 }),
  itemVersion: blankText(20),
  taskCode: blankText(40),
  itemType: blankText(40),
  caseType: blankText(40),
  serviceObjects: Type.Array(text(40), { maxItems: 20 }),
  departCode: blankText(60),
  departName: text(200),
  regionCode: text(12),
  promiseDays: blank(numberOrText),
  legalDays: blank(numberOrText),
  dayUnit: blankText(20),
  isOnline: Type.Optional(Type.Boolean()),
  crossRegion: Type.Optional(Type.Boolean()),
  feeFlag: Type.Optional(Type.Boolean()),
  crossScope: blankText(20),
  handleMode: blankText(40),
  itemStatus: text(20),
  itemApplyUrl: blankText(1000),
  updateTime: blankText(19),
  molder: Type.String({ maxLength: 200_000 }),
  acceptCondition: blankText(10_000),
  handleFlow: blankText(10_000),
  lawBasis: blankText(10_000),
  resultName: blankText(200),
  deliveryModes: blank(Type.Array(text(40), { maxItems: 20 })),
  taskHandleItem: blankText(40),
  consultPhone: blankText(60),
  supervisePhone: blankText(60),
  stuffs: Type.Union([Type.Array(WireStuff, { maxItems: 200 }), WireStuff, Type.Null(), Type.Literal('')]),
  areas: Type.Optional(
    Type.Union([Type.Array(WireArea, { maxItems: 200 }), WireArea, Type.Null(), Type.Literal('')]),
  ),
})
/** As the table sees it: lists are lists. */
export type WireMatter = Omit<Static<typeof WireMatter>, 'stuffs' | 'areas'> & {
  stuffs: readonly WireStuff[]
  areas?: readonly WireArea[]
}
