/**
 * 办件查询 `projQuery` (contract 4c, designed). One case is the `data` of the answer. Members of states that were not reached
 * are `""`; `nodes` may be a single object; regions add members.
 */
import { type Static, Type } from 'typebox'

const text = (max = 4000) => Type.Optional(Type.Union([Type.String({ maxLength: max }), Type.Null()]))

export const WireNode = Type.Object({
  nodeName: text(200),
  handleState: Type.String({ maxLength: 60 }),
  userName: text(100),
  deptName: text(200),
  startTime: Type.String({ maxLength: 19 }),
  endTime: text(19),
  opinion: text(),
})
export type WireNode = Static<typeof WireNode>

export const WireCase = Type.Object({
  projid: Type.String({ maxLength: 60 }),
  unid: text(64),
  sc: Type.String({ maxLength: 64 }),
  serviceName: text(300),
  projectName: text(300),
  areaCode: Type.String({ maxLength: 12 }),
  handleState: Type.String({ maxLength: 60 }),
  handleStateName: text(100),
  applyTime: text(19),
  acceptTime: text(19),
  promiseEtime: text(19),
  transactTime: text(19),
  transactResult: text(2000),
  transactResultCode: text(4),
  resultCode: text(200),
  /** JSON in a string: `deadline`, `items`, `remark`. */
  correctInfo: text(200_000),
  nodes: Type.Optional(Type.Union([Type.Array(WireNode), WireNode, Type.Null(), Type.Literal('')])),
})
export type WireCase = Static<typeof WireCase>
