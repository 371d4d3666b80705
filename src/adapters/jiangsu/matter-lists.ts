/** What a matter asks for and where it is handled: `materiallist` and `centerlist` (4.a). */
import type { MatterDocument, ServicePoint } from '../../schemas/matter.ts'
import { asText, flag, integer, list, text, zhName } from '../kit/codecs.ts'
import { type Alarmed, tolerant } from '../kit/codes.ts'
import { compile } from '../kit/compile.ts'
import type { RecordContext } from '../kit/contract.ts'
import { type Codec, isAbsent, maybe, none, row, spread } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import { six } from './areas.ts'
import { fileSource, necessity, submitType } from './codes.ts'
import type { WireMatter as Wire, WireCenter, WireMaterial } from './matter.wire.ts'

type C = RecordContext

const material = compile<WireMaterial, MatterDocument, C>('jiangsu/material', {
  id: row('taskmaterialguid', '材料标识', text),
  name: row('materialname', '材料名称', zhName),
  necessity: row('necessity', '必要性', necessityCodec()),
  exemptedBy: spread(['zzlxdm'], '可替代的电子证照', {
    name: 'zzlxdm',
    how: 'copied',
    decode: (wire: WireMaterial) => (isAbsent(wire.zzlxdm) ? [] : [{ licenceType: asText(wire.zzlxdm) }]),
    encode: (canon: MatterDocument['exemptedBy']): Partial<WireMaterial> => ({
      zzlxdm: canon[0]?.licenceType ?? '',
    }),
  }),
  modes: spread(['necessity'], '提交方式', {
    name: 'modes by necessity',
    how: 'derived',
    decode: (wire: WireMaterial): MatterDocument['modes'] =>
      wire.necessity === '30' ? ['upload', 'later'] : ['upload'],
    encode: (): Partial<WireMaterial> => ({}),
  }),
  kind: none('江苏的材料没有类型这一项'),
  form: maybe('submittype', '材料形式', tolerant(submitType)),
  copies: maybe('pagenum', '份数', integer),
  source: maybe('file_source', '来源渠道', tolerant(fileSource)),
  formats: none('江苏对所有材料规定同样的文件类型'),
  maxBytes: none('江苏对所有材料规定同样的大小限制'),
  isPhoto: maybe('isphoto', '是否照片', flag('1', '0')),
  requirement: none('江苏的材料没有要求说明这一项'),
  sampleUrl: maybe('exampleurl', '样表地址', text),
  blankFormUrl: maybe('formurl', '空表地址', text),
  order: none('江苏的材料按列表次序排列'),
})

/**
 * Credit-based completion is a kind of 容缺后补 that Jiangsu does not tell apart. An unknown code must not hide a whole
 * matter (5, general rules), and the canonical form has no word for it: the one that demands nothing says the least.
 */
function necessityCodec(): Codec<string, MatterDocument['necessity'], Alarmed> {
  return {
    name: necessity.name,
    how: 'coded',
    decode: (wire, context, place) => tolerant(necessity).decode(wire, context, place) ?? 'optional',
    encode: (canon) => (canon === 'creditDeferrable' ? '30' : necessity.codeOf(canon)),
  }
}

/** Degrees come as strings of six places. */
const degrees: Codec<string, number> = {
  name: 'WGS-84 degrees in a string',
  how: 'derived',
  decode: (wire) => {
    const value = Number(asText(wire))
    // What is no number tells no place: the row above notes it as dropped, as `tolerant` has it for codes.
    return Number.isFinite(value) ? value : (undefined as unknown as number)
  },
  encode: (canon) => canon.toFixed(6),
}

const center = compile<WireCenter, ServicePoint, C>('jiangsu/center', {
  id: row('centerguid', '中心标识', text),
  name: maybe('centername', '中心名称', text),
  division: maybe('areacode', '区划', six),
  address: maybe('address', '地址', text),
  phone: maybe('phone', '电话', text),
  hours: maybe('worktime', '办公时间', text),
  lon: maybe('longitude', '经度', degrees),
  lat: maybe('latitude', '纬度', degrees),
})

/** A list member that may be a single object: its items have leaves of their own on both sides. */
function lists<W extends object, Canon extends object>(
  member: 'materiallist' | 'centerlist',
  item: Codec<W, Canon, C>,
) {
  const codec = list(item)
  const at = (place: Place): Place => ({
    wire: `${place.wire}/${member}`,
    canon: place.canon,
    notes: place.notes,
  })
  return {
    name: codec.name,
    how: 'derived' as const,
    deep: true as const,
    decode: (wire: Wire, context: C, place: Place) => codec.decode(wire[member] as W[], context, at(place)),
    encode: (canon: Canon[] | undefined, context: C, place: Place) => ({
      [member]: codec.encode(canon ?? [], context, at(place)),
    }),
    rows: () =>
      (codec.rows?.() ?? []).map((line) => ({ ...line, wire: line.wire.map((w) => `${member}/${w}`) })),
  }
}

export const materials = lists('materiallist', material)
export const centers = lists('centerlist', center)
