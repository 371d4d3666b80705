/**
 * 办件申报 `submitProjectByTaskguid` (contract 4.b, mixed: path and most members documented). `materiallist` are the uploads
 * (4.d): what is handed in before submitting; `attachguid` carries the upload until Jiangsu has given its own.
 */
import { type Static, Type } from 'typebox'

const text = (max: number, min = 0) => Type.String({ minLength: min, maxLength: max })
const wallClock = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$' })
const optional = (max: number) => Type.Optional(text(max))

const WireAttachment = Type.Object(
  { attachguid: text(300, 1), attachname: optional(100) },
  { additionalProperties: false },
)
export type Attachment = Static<typeof WireAttachment>

export const WireMaterialEntry = Type.Object(
  {
    taskmaterialguid: text(64, 1),
    materialname: optional(300),
    attachlist: Type.Union([
      Type.Array(WireAttachment, { maxItems: 10 }),
      WireAttachment,
      Type.Literal(''),
      Type.Null(),
    ]),
  },
  { additionalProperties: false },
)
export type WireMaterialEntry = Static<typeof WireMaterialEntry>

const idType = Type.Optional(Type.String({ pattern: '^\\d{3}$' }))

/**
 * An extension slot: any members are taken there. Ours say what 99 stands for, and which certificate the agent of a
 * person has when it is no resident identity card.
 */
export const WireExtInfo = Type.Object({ idtype: idType, agentidtype: idType, agentid: optional(30) })

export const WireApplication = Type.Object(
  {
    areacode: Type.String({ pattern: '^[1-9]\\d{5}$' }),
    projectguid: optional(64),
    taskguid: text(100, 1),
    centerguid: optional(64),
    projectname: text(200, 1),
    applyername: text(100, 1),
    applyertype: text(2, 1),
    certtype: text(2, 1),
    certnum: text(30, 1),
    contactperson: text(50, 1),
    contactmobile: Type.String({ pattern: '^1\\d{10}$' }),
    idcard: optional(18),
    legal: optional(50),
    legalid: optional(18),
    address: optional(200),
    applyway: text(2, 1),
    applydate: wallClock,
    sourceareacode: Type.String({ pattern: '^[1-9]\\d{5}$' }),
    sourceprojectno: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z_-]{0,50}$' })),
    sendway: text(2, 1),
    postinfo: optional(2000),
    formdata: text(200_000, 2),
    extinfo: Type.Optional(WireExtInfo),
    materiallist: Type.Optional(
      Type.Union([
        Type.Array(WireMaterialEntry, { maxItems: 100 }),
        WireMaterialEntry,
        Type.Literal(''),
        Type.Null(),
      ]),
    ),
  },
  { additionalProperties: false },
)
export type WireApplication = Static<typeof WireApplication>
