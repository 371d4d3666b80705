/**
 * 办件查询 `getApplyBase` and `getApplyProcess` (contract 4.3, mixed: paths and main members documented). One case is the
 * `data` of the query; `processes` of the second call may stand beside it.
 */
import { type Static, Type } from 'typebox'
import { blank, blankText, numberOrText, text } from './shapes.ts'

const absent = Type.Union([Type.Null(), Type.Literal('')])

const WireNotice = Type.Object({
  stuffId: blankText(64),
  stuffCode: blankText(64),
  suggestion: blankText(),
})

export const WireCorrection = Type.Object({
  suggestion: blankText(),
  limitTime: blankText(19),
  stuffs: blank(Type.Array(WireNotice)),
})
export type WireCorrection = Static<typeof WireCorrection>

export const WireProcess = Type.Object({
  stepName: blankText(200),
  status: text(40),
  opDepartCode: blankText(60),
  opDepartName: blankText(200),
  opUserId: blankText(64),
  opUsername: blankText(100),
  opTime: text(19),
  suggestion: blankText(),
})
export type WireProcess = Static<typeof WireProcess>

export const WireDocument = Type.Object({
  documentType: text(10),
  fileName: text(300),
  fileSize: blank(numberOrText),
  sm3: blankText(64),
})
export type WireDocument = Static<typeof WireDocument>

export const WireCase = Type.Object({
  applyNo: text(60),
  itemCode: text(64),
  itemName: blankText(300),
  taskHandleItem: blankText(40),
  targetType: blankText(20),
  targetName: blankText(100),
  targetNo: blankText(50),
  username: blankText(100),
  licenseType: blankText(40),
  licenseNo: blankText(50),
  mobile: blankText(20),
  sbTime: blankText(19),
  status: text(40),
  onLineStatus: blankText(40),
  opTime: blankText(19),
  opDepartCode: blankText(60),
  opDepartName: blankText(200),
  acceptTime: blankText(19),
  finishTime: blankText(19),
  commitmentDays: blank(numberOrText),
  commitmentTime: blankText(19),
  result: blankText(20),
  resultView: blankText(),
  isOvertime: blankText(1),
  stuffs: blank(Type.Array(Type.Object({ stuffId: blankText(64), stuffCode: blankText(64) }))),
  correction: Type.Optional(Type.Union([WireCorrection, absent])),
  documents: blank(Type.Array(WireDocument)),
  processes: Type.Optional(Type.Union([Type.Array(WireProcess), WireProcess, absent])),
})
export type WireCase = Static<typeof WireCase>
