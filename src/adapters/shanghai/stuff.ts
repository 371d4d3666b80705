/** One material of a matter: a row of `getItemStuffList` (contract 4.1). */
import type { MatterDocument } from '../../schemas/matter.ts'
import { asText, integer, text, zhName } from '../kit/codecs.ts'
import { tolerant } from '../kit/codes.ts'
import { compile } from '../kit/compile.ts'
import type { RecordContext } from '../kit/contract.ts'
import { type Codec, isAbsent, maybe, none, row, spread } from '../kit/table.ts'
import { known, necessity, stuffForm, stuffType } from './codes.ts'
import type { WireStuff } from './matter.wire.ts'

export const stuff = compile<WireStuff, MatterDocument, RecordContext>('shanghai/stuff', {
  id: row('stuffCode', '材料编码', text),
  name: row('stuffName', '材料名称', zhName),
  necessity: row('required', '必要性', necessityCodec()),
  exemptedBy: spread(['catMainCode'], '可替代的电子证照', {
    name: 'catMainCode',
    how: 'copied',
    decode: (wire: WireStuff) =>
      isAbsent(wire.catMainCode) ? [] : [{ licenceType: asText(wire.catMainCode) }],
    encode: (canon: MatterDocument['exemptedBy']): Partial<WireStuff> => ({
      catMainCode: canon[0]?.licenceType ?? '',
    }),
  }),
  modes: spread(['catMainCode', 'required'], '提交方式', {
    name: 'modes by licence and necessity',
    how: 'derived',
    decode: (wire: WireStuff): MatterDocument['modes'] => [
      'upload',
      ...(isAbsent(wire.catMainCode) ? [] : ['licence' as const]),
      ...(wire.required === '容缺后补' ? ['later' as const] : []),
    ],
    encode: (): Partial<WireStuff> => ({}),
  }),
  kind: spread(['stuffType'], '材料类型', {
    name: 'shanghai/stuffType',
    how: 'coded',
    // The word is echoed in an upload, so an unknown one is kept as it is.
    decode: (wire: WireStuff) =>
      stuffType.find(wire.stuffType) ?? (isAbsent(wire.stuffType) ? undefined : wire.stuffType),
    encode: (canon: string | undefined): Partial<WireStuff> => ({ stuffType: wordOfKind(canon) }),
  }),
  form: maybe('stuffForm', '材料形式', tolerant(stuffForm)),
  copies: maybe('copies', '份数', integer),
  source: none('上海的材料没有来源这一项'),
  formats: none('上海对所有材料规定同样的文件类型'),
  maxBytes: none('上海对所有材料规定同样的大小限制'),
  isPhoto: none('上海不标明材料是否为照片'),
  requirement: none('上海的材料没有要求说明这一项'),
  sampleUrl: maybe('sampleUrl', '样表地址', text),
  blankFormUrl: maybe('emptyFormUrl', '空表地址', text),
  order: none('上海的材料按列表次序排列'),
})

/**
 * Credit-based completion is a kind of 容缺后补 that Shanghai does not tell apart. Only 必要 must be handed in (contract 4.2),
 * so a word that no table knows is alarmed and asks for nothing.
 */
function necessityCodec(): Codec<string, MatterDocument['necessity'], RecordContext> {
  return {
    name: 'shanghai/necessity',
    how: 'coded',
    decode: (wire, context) => known(necessity, wire, context) ?? 'optional',
    encode: (canon) => (canon === 'creditDeferrable' ? '容缺后补' : necessity.codeOf(canon)),
  }
}

/** Shanghai's word for a kind of material. */
export const wordOfKind = (kind: string | undefined): string =>
  kind === 'certificate' || kind === 'form' || kind === 'other'
    ? stuffType.codeOf(kind)
    : kind === undefined
      ? '其他'
      : kind
