/**
 * 办件保存 `saveApply` (contract 4.2): members documented, `extInfo` designed. `stuffs` are the parts of `uploadStuff`
 * (documented): what is uploaded between saving and submitting; `stuffId` carries the upload until Shanghai has given its own.
 */
import { type Static, Type } from 'typebox'

const text = (max: number, min = 0) => Type.String({ minLength: min, maxLength: max })
const wallClock = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$' })
const mobile = Type.String({ pattern: '^1\\d{10}$' })

export const WireDelivery = Type.Object(
  {
    lqfs: text(20, 1),
    sjrusername: Type.Optional(text(50)),
    sjrmobile: Type.Optional(text(11)),
    sjraddress: Type.Optional(text(200)),
  },
  { additionalProperties: false },
)
export type WireDelivery = Static<typeof WireDelivery>

/** An extension slot: further members are kept and ignored. */
export const WireExtInfo = Type.Object({
  sourceRegion: Type.Optional(Type.String({ pattern: '^\\d{6}$' })),
  sourceCaseNo: Type.Optional(text(50)),
  handleMode: Type.Optional(text(20)),
  targetLicenseType: Type.Optional(text(40)),
  lawPerson: Type.Optional(text(100)),
  address: Type.Optional(text(200)),
  delivery: Type.Optional(WireDelivery),
  certs: Type.Optional(
    Type.Array(
      Type.Object({ stuffCode: text(64, 1), certUuid: text(200, 1) }, { additionalProperties: false }),
      { maxItems: 100 },
    ),
  ),
})
export type WireExtInfo = Static<typeof WireExtInfo>

export const WireUpload = Type.Object(
  {
    stuffCode: text(64, 1),
    stuffName: text(300),
    stuffType: text(40),
    stuffStatus: Type.Union([Type.Literal('0'), Type.Literal('2')]),
    stuffId: text(300),
    fileName: Type.Optional(text(100)),
  },
  { additionalProperties: false },
)
export type WireUpload = Static<typeof WireUpload>

export const WireApplication = Type.Object(
  {
    accessToken: Type.Optional(text(64)),
    applyNo: Type.Optional(text(60)),
    itemCode: text(100, 1),
    taskHandleItem: text(40),
    itemName: text(300, 1),
    targetType: text(20, 1),
    targetName: text(100, 1),
    targetNo: text(30, 1),
    userId: text(64, 1),
    username: text(50, 1),
    licenseType: text(40, 1),
    licenseNo: text(30, 1),
    mobile,
    departCode: text(60),
    departName: text(200),
    source: text(100),
    opTime: wallClock,
    submitType: text(20, 1),
    info: text(200_000, 2),
    districtCode: Type.String({ pattern: '^\\d{6}000$' }),
    extInfo: Type.Optional(WireExtInfo),
    stuffs: Type.Optional(Type.Array(WireUpload, { maxItems: 200 })),
  },
  { additionalProperties: false },
)
export type WireApplication = Static<typeof WireApplication>
