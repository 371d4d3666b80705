/**
 * 办件查询 `getApplyBase` and `getApplyProcess` (contract 4.3, mixed: paths and main members documented). One case is the
 * `data` of the query; `processes` of the second call may stand beside it.
 */
import { type Static, Type } from 'typebox'

const text = (max = 4000) => Type.String({ maxLength: max })
const numOrStr = Type.Union([Type.Number(), Type.String({ maxLength: 20 })])
const absent = Type.Union([Type.Null(), Type.Literal('')])

const WireNotice = Type.Object({
  stuffId: Type.Optional(text(64)),
  stuffCode: Type.Optional(text(64)),
  suggestion: Type.Optional(text()),
})

export const WireCorrection = Type.Object({
  suggestion: Type.Optional(text()),
  limitTime: Type.Optional(text(19)),
  stuffs: Type.Optional(Type.Array(WireNotice)),
})
export type WireCorrection = Static<typeof WireCorrection>

export const WireProcess = Type.Object({
  stepName: Type.Optional(text(200)),
  status: text(40),
  opDepartCode: Type.Optional(text(60)),
  opDepartName: Type.Optional(text(200)),
  opUserId: Type.Optional(text(64)),
  opUsername: Type.Optional(text(100)),
  opTime: text(19),
  suggestion: Type.Optional(text()),
})
export type WireProcess = Static<typeof WireProcess>

export const WireDocument = Type.Object({
  documentType: text(10),
  fileName: text(300),
  fileSize: Type.Optional(numOrStr),
  sm3: Type.Optional(text(64)),
})
export type WireDocument = Static<typeof WireDocument>

export const WireCase = Type.Object({
  applyNo: text(60),
  itemCode: text(64),
  itemName: Type.Optional(text(300)),
  taskHandleItem: Type.Optional(text(40)),
  targetType: Type.Optional(text(20)),
  targetName: Type.Optional(text(100)),
  targetNo: Type.Optional(text(50)),
  username: Type.Optional(text(100)),
  licenseType: Type.Optional(text(40)),
  licenseNo: Type.Optional(text(50)),
  mobile: Type.Optional(text(20)),
  sbTime: Type.Optional(text(19)),
  status: text(40),
  onLineStatus: Type.Optional(text(40)),
  opTime: Type.Optional(text(19)),
  opDepartCode: Type.Optional(text(60)),
  opDepartName: Type.Optional(text(200)),
  acceptTime: Type.Optional(text(19)),
  finishTime: Type.Optional(text(19)),
  commitmentDays: Type.Optional(numOrStr),
  commitmentTime: Type.Optional(text(19)),
  result: Type.Optional(text(20)),
  resultView: Type.Optional(text()),
  isOvertime: Type.Optional(text(1)),
  stuffs: Type.Optional(
    Type.Array(Type.Object({ stuffId: Type.Optional(text(64)), stuffCode: Type.Optional(text(64)) })),
  ),
  correction: Type.Optional(Type.Union([WireCorrection, absent])),
  documents: Type.Optional(Type.Array(WireDocument)),
  processes: Type.Optional(Type.Union([Type.Array(WireProcess), WireProcess, absent])),
})
export type WireCase = Static<typeof WireCase>
