/** 办件查询 `getProjectDetail` (contract 4.c, designed): the `custom` of the answer. */
import { type Static, Type } from 'typebox'

const text = (max = 4000) => Type.String({ maxLength: max })
const numOrStr = Type.Union([Type.Number(), Type.String({ maxLength: 20 })])
const collection = <T extends ReturnType<typeof Type.Object>>(item: T) =>
  Type.Union([Type.Array(item, { maxItems: 1000 }), item, Type.Null(), Type.Literal('')])

const WireOperation = Type.Object({
  operatetype: Type.Union([Type.Number(), Type.String({ maxLength: 20 })]),
  operatename: Type.Optional(text(200)),
  operateusername: Type.Optional(text(100)),
  operatedate: text(19),
  remarks: Type.Optional(text()),
  ouname: Type.Optional(text(200)),
})
export type WireOperation = Static<typeof WireOperation>

const WireResult = Type.Object({
  attachguid: text(64),
  attachname: text(300),
  attachlength: Type.Optional(numOrStr),
  resultname: Type.Optional(text(300)),
  resultno: Type.Optional(text(200)),
})
export type WireResult = Static<typeof WireResult>

export const WireCase = Type.Object({
  flowsn: Type.Optional(text(60)),
  projectguid: Type.Optional(text(64)),
  taskguid: text(64),
  taskname: Type.Optional(text(300)),
  projectname: Type.Optional(text(300)),
  areacode: text(12),
  ouname: Type.Optional(text(200)),
  applyername: Type.Optional(text(100)),
  status: numOrStr,
  statustext: Type.Optional(text(100)),
  applydate: Type.Optional(text(19)),
  acceptdate: Type.Optional(text(19)),
  promiseenddate: Type.Optional(text(19)),
  banjiedate: Type.Optional(text(19)),
  banjieresult: Type.Optional(numOrStr),
  sourceareacode: Type.Optional(text(12)),
  sourceprojectno: Type.Optional(text(60)),
  operations: Type.Optional(collection(WireOperation)),
  buzhenginfo: Type.Optional(Type.Union([text(100_000), Type.Null()])),
  resultlist: Type.Optional(collection(WireResult)),
  iseval: Type.Optional(text(1)),
})
export type WireCase = Static<typeof WireCase>
