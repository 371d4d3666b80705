/** The members of a callback that are read (contract 4.c.2, designed on documented members). More may come, and are ignored. */
import { Type } from 'typebox'
import { WireCorrectInfo } from './case.wire.ts'

/** Text; most members have no stated length, and may be long. */
const text = (max = 100_000) => Type.Optional(Type.Union([Type.String({ maxLength: max }), Type.Null()]))
const needed = (max: number) => Type.String({ minLength: 1, maxLength: max })

export const WireEvent = Type.Object({
  eventId: needed(36),
  projId: needed(60),
  phaseCode: needed(20),
  doAction: Type.Union([Type.Number(), needed(20)]),
  gmtUpdate: needed(19),
  nodeName: text(),
  memo: text(),
  opinion: text(),
  gmtAccept: text(19),
  promiseTime: text(19),
  gmtService: text(19),
  result: text(),
  resultDesc: text(),
  resultCode: text(),
  correctInfo: Type.Optional(Type.Union([WireCorrectInfo, Type.Null(), Type.Literal('')])),
  extInfo: Type.Optional(
    Type.Union([Type.Object({ sourceProjectNo: text(64) }), Type.Null(), Type.Literal('')]),
  ),
})
