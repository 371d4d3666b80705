/** The members of a callback that are read (contract 4.c.2, designed on documented members). More may come, and are ignored. */
import { Type } from 'typebox'
import { WireCorrectInfo } from './case.wire.ts'

const text = (max: number) => Type.Optional(Type.Union([Type.String({ maxLength: max }), Type.Null()]))
const needed = (max: number) => Type.String({ minLength: 1, maxLength: max })

export const WireEvent = Type.Object({
  eventId: needed(36),
  projId: needed(60),
  phaseCode: needed(20),
  doAction: Type.Union([Type.Number(), needed(20)]),
  gmtUpdate: needed(19),
  nodeName: text(200),
  memo: text(4000),
  opinion: text(4000),
  gmtAccept: text(19),
  promiseTime: text(19),
  gmtService: text(19),
  result: text(40),
  resultDesc: text(40),
  resultCode: text(200),
  correctInfo: Type.Optional(Type.Union([WireCorrectInfo, Type.Null(), Type.Literal('')])),
  extInfo: Type.Optional(
    Type.Union([Type.Object({ sourceProjectNo: text(64) }), Type.Null(), Type.Literal('')]),
  ),
})
