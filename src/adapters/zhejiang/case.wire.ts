/** 办件状态 `status.do` (contract 4.c.1, designed on documented codes). One case is the `data` of the query. */
import { type Static, Type } from 'typebox'

/** Text of an answer; most members have no stated length, and may be long. */
const text = (max = 100_000) => Type.Optional(Type.Union([Type.String({ maxLength: max }), Type.Null()]))
const num = Type.Union([Type.Number(), Type.String({ maxLength: 20 })])

export const WireNode = Type.Object({
  phaseCode: Type.String({ maxLength: 4 }),
  doAction: num,
  nodeName: text(),
  operatorName: text(),
  operatorUid: text(),
  deptCode: text(60),
  deptName: text(),
  gmtStart: Type.String({ maxLength: 19 }),
  gmtEnd: text(19),
  opinion: text(),
})
export type WireNode = Static<typeof WireNode>

const WireSuff = Type.Object({ suffId: Type.String({ maxLength: 64 }), suffName: text(), memo: text() })
export type WireSuff = Static<typeof WireSuff>

export const WireCorrectInfo = Type.Object({
  correctSeq: Type.Optional(num),
  correctDesc: text(),
  gmtCorrectEnd: text(19),
  formFields: text(),
  suffInfoList: Type.Optional(Type.Union([Type.Array(WireSuff), WireSuff, Type.Null(), Type.Literal('')])),
})
export type WireCorrectInfo = Static<typeof WireCorrectInfo>

export const WireCase = Type.Object({
  projId: Type.String({ maxLength: 60 }),
  matterCode: Type.String({ maxLength: 64 }),
  projectName: text(300),
  areaCode: Type.String({ maxLength: 12 }),
  affairType: text(4),
  phaseCode: Type.String({ maxLength: 20 }),
  doAction: num,
  nodeName: text(),
  proStatus: Type.Optional(num),
  gmtApply: text(19),
  gmtAccept: text(19),
  promiseTime: text(19),
  gmtService: text(19),
  gmtUpdate: text(19),
  result: text(),
  resultDesc: text(),
  resultCode: text(),
  correctInfo: Type.Optional(Type.Union([WireCorrectInfo, Type.Null(), Type.Literal('')])),
  extInfo: Type.Optional(
    Type.Union([
      Type.Object({ sourceRegion: text(12), sourceProjectNo: text(64), sourceAreaCode: text(12) }),
      Type.Null(),
      Type.Literal(''),
    ]),
  ),
  nodes: Type.Optional(Type.Union([Type.Array(WireNode), WireNode, Type.Null(), Type.Literal('')])),
})
export type WireCase = Static<typeof WireCase>
