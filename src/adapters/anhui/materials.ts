/** The materials of a matter: rows of `queryMaterial` (contract 4a, mixed: path documented). */
import type { MatterDocument } from '../../schemas/matter.ts'
import { asInteger, asText, integer, list, text, zhName } from '../kit/codecs.ts'
import { joined, tolerant } from '../kit/codes.ts'
import { compile } from '../kit/compile.ts'
import type { RecordContext } from '../kit/contract.ts'
import { isAbsent, maybe, none, row, spread } from '../kit/table.ts'
import { type Place, ROOT } from '../kit/trace.ts'
import { materialSource, necessity, takeType } from './codes.ts'
import type { WireMatter as Wire, WireMaterial } from './matter.wire.ts'

const KIB = 1024
const modesOf = joined(takeType, ',')

/** Beside what `takeType` lists, a licence may stand wherever there is a `styleCode`, and what is 容缺 may follow (4b). */
const modes = {
  name: 'takeType with styleCode and isNeed',
  how: 'coded' as const,
  decode: (wire: WireMaterial, context: RecordContext): MatterDocument['modes'] => {
    const listed = isAbsent(wire.takeType) ? [] : modesOf.decode(wire.takeType as string, context, ROOT)
    return [
      ...new Set([
        ...listed,
        ...(isAbsent(wire.styleCode) ? [] : ['licence' as const]),
        ...(wire.isNeed === '2' || wire.isNeed === '3' ? ['later' as const] : []),
      ]),
    ]
  },
  encode: (canon: MatterDocument['modes'], context: RecordContext): Partial<WireMaterial> => ({
    takeType: modesOf.encode(canon, context, ROOT),
  }),
}

const material = compile<WireMaterial, MatterDocument, RecordContext>('anhui/material', {
  id: row('attrId', '材料标识', text),
  name: row('attrName', '材料名称', zhName),
  necessity: row('isNeed', '必要性', necessity),
  exemptedBy: spread(['styleCode'], '可替代的电子证照', {
    name: 'styleCode',
    how: 'copied',
    decode: (wire: WireMaterial) =>
      isAbsent(wire.styleCode) ? [] : [{ licenceType: asText(wire.styleCode) }],
    encode: (canon: MatterDocument['exemptedBy']): Partial<WireMaterial> => ({
      styleCode: canon[0]?.licenceType ?? '',
    }),
  }),
  modes: spread(['takeType'], '收取方式', modes),
  kind: none('安徽的材料没有材料类型这一项'),
  form: none('安徽的材料没有材料形式这一项'),
  copies: maybe('amount', '份数', integer),
  source: maybe('source', '材料来源', tolerant(materialSource)),
  formats: maybe('formatLimit', '文件类型', {
    name: 'extensions joined by ,',
    how: 'split',
    decode: (wire: string) =>
      wire
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== ''),
    encode: (canon: string[]) => canon.join(','),
  }),
  maxBytes: maybe('sizeLimit', '大小限制 (KiB)', {
    name: 'KiB',
    how: 'derived',
    decode: (wire: number | string) => asInteger(wire) * KIB,
    encode: (canon: number) => Math.max(1, Math.floor(canon / KIB)),
  }),
  isPhoto: none('安徽不标明材料是否为照片'),
  requirement: none('安徽的材料没有要求说明这一项'),
  sampleUrl: none('安徽的材料没有样表地址'),
  blankFormUrl: none('安徽的材料没有空表地址'),
  order: maybe('attrSort', '排序', integer),
})

const materials = list(material)

/** An empty list is a leaf of its own on both sides. */
const noteNone = (place: Place): void =>
  void place.notes?.push({
    how: 'copied',
    wire: [`${place.wire}/materials`],
    canon: [place.canon],
    label: '申请材料',
    rule: materials.name,
  })

/** The rows of the material list: leaves of their own on both sides. */
export const documents = {
  name: materials.name,
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, context: RecordContext, place: Place): MatterDocument[] => {
    const rows = (wire.materials ?? []) as WireMaterial[]
    if (rows.length === 0 && wire.materials !== undefined) noteNone(place)
    return materials.decode(rows, context, { ...place, wire: `${place.wire}/materials` })
  },
  encode: (canon: MatterDocument[], context: RecordContext, place: Place): Partial<Wire> => {
    if (canon.length === 0) noteNone(place)
    return { materials: materials.encode(canon, context, { ...place, wire: `${place.wire}/materials` }) }
  },
  rows: () =>
    (materials.rows?.() ?? []).map((line) => ({
      ...line,
      wire: line.wire.map((w) => `materials/${w}`),
    })),
}
