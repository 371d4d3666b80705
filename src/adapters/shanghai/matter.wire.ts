/**
 * 上海政务服务事项, contract version read 2026-11: section 4.1. `queryItemPage` (designed), `getItemAppplyInfo` and
 * `getItemStuffList` (mixed: paths documented, most members completed), `getItemAreaList` (mixed).
 * One matter is the row of the list, the members of the detail, the materials (`stuffs`) and the service points (`areas`).
 */
import { type Static, Type } from 'typebox'

const text = (max = 4000) => Type.String({ maxLength: max })
const numOrStr = Type.Union([Type.Number(), Type.String({ maxLength: 20 })])

export const WireStuff = Type.Object({
  stuffCode: Type.String({ minLength: 1, maxLength: 64 }),
  stuffName: Type.String({ minLength: 1, maxLength: 300 }),
  stuffType: text(40),
  stuffForm: Type.Optional(text(40)),
  required: text(40),
  copies: Type.Optional(numOrStr),
  catMainCode: Type.Optional(text(40)),
  sampleUrl: Type.Optional(text(1000)),
  emptyFormUrl: Type.Optional(text(1000)),
})
export type WireStuff = Static<typeof WireStuff>

export const WireArea = Type.Object({
  itemCode: Type.Optional(text(64)),
  windowId: text(64),
  areaCode: Type.Optional(text(12)),
  areaName: Type.Optional(text(200)),
  address: Type.Optional(text(300)),
  phone: Type.Optional(text(60)),
  workTime: Type.Optional(text(300)),
})
export type WireArea = Static<typeof WireArea>

/** `stuffs` and `areas` may be a single object when there is exactly one. */
export const WireMatter = Type.Object({
  itemCode: Type.String({ minLength: 1, maxLength: 64 }),
  itemName: Type.String({ minLength: 1, maxLength: 300 }),
  itemVersion: Type.Optional(text(20)),
  taskCode: Type.Optional(text(40)),
  itemType: Type.Optional(text(40)),
  caseType: Type.Optional(text(40)),
  serviceObjects: Type.Array(text(40), { maxItems: 20 }),
  departCode: Type.Optional(text(60)),
  departName: text(200),
  regionCode: text(12),
  promiseDays: Type.Optional(numOrStr),
  legalDays: Type.Optional(numOrStr),
  dayUnit: Type.Optional(text(20)),
  isOnline: Type.Optional(Type.Boolean()),
  crossRegion: Type.Optional(Type.Boolean()),
  feeFlag: Type.Optional(Type.Boolean()),
  crossScope: Type.Optional(text(20)),
  handleMode: Type.Optional(text(40)),
  itemStatus: text(20),
  itemApplyUrl: Type.Optional(text(1000)),
  updateTime: Type.Optional(text(19)),
  molder: Type.String({ maxLength: 200_000 }),
  acceptCondition: Type.Optional(text(10_000)),
  handleFlow: Type.Optional(text(10_000)),
  lawBasis: Type.Optional(text(10_000)),
  resultName: Type.Optional(text(200)),
  deliveryModes: Type.Optional(Type.Array(text(40), { maxItems: 20 })),
  taskHandleItem: Type.Optional(text(40)),
  consultPhone: Type.Optional(text(60)),
  supervisePhone: Type.Optional(text(60)),
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
