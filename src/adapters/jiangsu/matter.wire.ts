/**
 * 江苏政务服务事项 (contract 4.a): `getTaskList` (mixed), `getTaskDetail`, `getTaskMaterialList`, `getTaskCenterList` (designed).
 * One matter is the members of list and detail, the materials (`materiallist`) and the service points (`centerlist`).
 */
import { type Static, Type } from 'typebox'

const text = (max = 4000) => Type.String({ maxLength: max })
const numOrStr = Type.Union([Type.Number(), Type.String({ maxLength: 20 })])
const collection = <T extends ReturnType<typeof Type.Object>>(item: T) =>
  Type.Union([Type.Array(item, { maxItems: 300 }), item, Type.Null(), Type.Literal('')])

export const WireMaterial = Type.Object({
  taskmaterialguid: Type.String({ minLength: 1, maxLength: 64 }),
  materialname: Type.String({ minLength: 1, maxLength: 300 }),
  necessity: text(10),
  submittype: Type.Optional(text(10)),
  file_source: Type.Optional(text(10)),
  pagenum: Type.Optional(numOrStr),
  zzlxdm: Type.Optional(text(40)),
  isphoto: Type.Optional(text(1)),
  exampleurl: Type.Optional(text(1000)),
  formurl: Type.Optional(text(1000)),
})
export type WireMaterial = Static<typeof WireMaterial>

export const WireCenter = Type.Object({
  centerguid: Type.String({ minLength: 1, maxLength: 64 }),
  centername: Type.Optional(text(200)),
  areacode: Type.Optional(text(12)),
  address: Type.Optional(text(300)),
  longitude: Type.Optional(text(20)),
  latitude: Type.Optional(text(20)),
  phone: Type.Optional(text(60)),
  worktime: Type.Optional(text(300)),
})
export type WireCenter = Static<typeof WireCenter>

export const WireMatter = Type.Object({
  taskguid: Type.String({ minLength: 1, maxLength: 64 }),
  item_id: Type.Optional(text(50)),
  taskname: Type.String({ minLength: 1, maxLength: 300 }),
  taskcode: Type.Optional(text(36)),
  catalogcode: Type.Optional(text(60)),
  localcatalogcode: Type.Optional(text(50)),
  taskhandleitem: Type.Optional(text(40)),
  ouname: text(200),
  ouguid: Type.Optional(text(60)),
  areacode: text(12),
  tasktype: Type.Optional(text(2)),
  applyertype: text(40),
  projecttype: Type.Optional(text(2)),
  promise_day: Type.Optional(numOrStr),
  promise_type: Type.Optional(text(2)),
  anticipate_day: Type.Optional(numOrStr),
  anticipate_type: Type.Optional(text(2)),
  is_online: Type.Optional(text(1)),
  iscross: Type.Optional(text(2)),
  crossmode: Type.Optional(text(40)),
  taskversion: Type.Optional(text(20)),
  is_enable: text(1),
  operatedate: Type.Optional(text(19)),
  deptcode: Type.Optional(text(60)),
  by_law: Type.Optional(text(10_000)),
  accept_condition: Type.Optional(text(10_000)),
  handle_flow: Type.Optional(text(10_000)),
  is_fee: Type.Optional(text(1)),
  fee_basis: Type.Optional(text(2000)),
  link_way: Type.Optional(text(60)),
  supervise_way: Type.Optional(text(60)),
  resultname: Type.Optional(text(200)),
  resulttype: Type.Optional(text(60)),
  sendway: Type.Optional(text(40)),
  formjson: Type.String({ maxLength: 200_000 }),
  materiallist: collection(WireMaterial),
  centerlist: Type.Optional(collection(WireCenter)),
})
/** As the table sees it: lists are lists. */
export type WireMatter = Omit<Static<typeof WireMatter>, 'materiallist' | 'centerlist'> & {
  materiallist: readonly WireMaterial[]
  centerlist?: readonly WireCenter[]
}
