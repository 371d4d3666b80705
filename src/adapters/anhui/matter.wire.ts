/**
 * 安徽事项目录, contract 4a: `queryItemList` and `queryItemDetail` (designed), `queryMaterial` (mixed: path documented).
 * One matter is the element of the detail with the rows of the material list beside it. Regions add members, so all
 * objects are open.
 */
import { type Static, Type } from 'typebox'

const text = (max = 10_000) => Type.Optional(Type.Union([Type.String({ maxLength: max }), Type.Null()]))
const num = Type.Optional(Type.Union([Type.Number(), Type.String({ maxLength: 20 }), Type.Null()]))

export const WireMaterial = Type.Object({
  attrId: Type.String({ minLength: 1, maxLength: 64 }),
  attrName: Type.String({ minLength: 1, maxLength: 300 }),
  attrSort: num,
  isNeed: Type.String({ maxLength: 4 }),
  takeType: text(40),
  styleCode: text(40),
  amount: num,
  formatLimit: text(300),
  sizeLimit: num,
  source: text(4),
})
export type WireMaterial = Static<typeof WireMaterial>

/** `materials` may be a single object when there is exactly one. */
export const WireMatter = Type.Object({
  sc: Type.String({ minLength: 1, maxLength: 64 }),
  serviceName: Type.String({ minLength: 1, maxLength: 300 }),
  serviceVersion: text(20),
  basicCode: text(60),
  ssqdCode: text(36),
  serviceTypeCode: text(4),
  infoTypeCode: text(4),
  deptId: text(60),
  deptName: text(200),
  deptCreditCode: text(18),
  areaCode: Type.String({ minLength: 6, maxLength: 12 }),
  addType: text(40),
  isCross: text(4),
  crossScope: text(4),
  crossMode: text(4),
  promiseDay: num,
  promiseType: text(4),
  legalDay: num,
  legalType: text(4),
  state: Type.String({ maxLength: 4 }),
  updateTime: text(19),
  useLevel: text(4),
  acceptCondition: text(),
  handleFlow: text(),
  setBasis: text(),
  isFee: text(4),
  feeBasis: text(2000),
  linkTel: text(60),
  superviseTel: text(60),
  takeMode: text(40),
  resultName: text(200),
  resultStyleCode: text(60),
  limitSceneNum: num,
  materialCount: num,
  windowIds: text(20_000),
  formJson: text(200_000),
  applyUrl: text(1000),
  materials: Type.Optional(
    Type.Union([Type.Array(WireMaterial, { maxItems: 200 }), WireMaterial, Type.Null(), Type.Literal('')]),
  ),
})
/** As the table sees it: lists are lists. */
export type WireMatter = Omit<Static<typeof WireMatter>, 'materials'> & {
  materials?: readonly WireMaterial[]
}
