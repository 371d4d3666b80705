/** Shanghai's matters, read and written. */
import type { Matter, MatterDocument, ServicePoint } from '../../schemas/matter.ts'
import { wallClock } from '../kit/clock.ts'
import { asInteger, asText, integer, list, text, zhName } from '../kit/codecs.ts'
import { codes, each, tolerant } from '../kit/codes.ts'
import { compile } from '../kit/compile.ts'
import type { RecordContext } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import { type Codec, given, isAbsent, maybe, none, row, spread, type Table } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import { regionCode, six } from './areas.ts'
import {
  applicantKind,
  caseType,
  crossScope,
  dayUnit,
  deliveryMode,
  handleMode,
  itemStatus,
  itemType,
  necessity,
  stuffForm,
  stuffType,
} from './codes.ts'
import { molder } from './form.ts'
import { type WireMatter as Wire, type WireArea, WireMatter, type WireStuff } from './matter.wire.ts'

const SUBJECT = codes('shanghai/applicantKind', {
  person: ['个人'],
  enterprise: ['企业'],
  institution: ['事业'],
  agency: ['机关'],
  otherOrganisation: ['其他'],
  organisation: [],
})

/** 服务对象. An organisation of no further kind is every kind that is not a person. */
const subjects = each(SUBJECT, (one) =>
  one === 'organisation' ? ['企业', '事业', '机关', '其他'] : [applicantKind.codeOf(one)],
)

/** Both limits share one unit; 0 days is at once. */
const limit = (member: 'promiseDays' | 'legalDays') => ({
  name: `${member} with dayUnit`,
  how: 'derived' as const,
  decode: (wire: Wire) => {
    const unit = dayUnit.find(wire.dayUnit)
    return isAbsent(wire[member]) || unit === undefined ? undefined : { days: asInteger(wire[member]), unit }
  },
  encode: (canon: Matter['commitment']): Partial<Wire> =>
    canon === undefined
      ? {}
      : canon.unit === 'hour'
        ? { [member]: 0, dayUnit: '工作日' }
        : { [member]: canon.days, dayUnit: dayUnit.codeOf(canon.unit) },
})

const stuff = compile<WireStuff, MatterDocument, RecordContext>('shanghai/stuff', {
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

/** Credit-based completion is a kind of 容缺后补 that Shanghai does not tell apart. */
function necessityCodec(): Codec<string, MatterDocument['necessity']> {
  return {
    name: 'shanghai/necessity',
    how: 'coded',
    decode: (wire, context, place) => necessity.decode(wire, context, place),
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

const area = compile<WireArea, ServicePoint, RecordContext>(
  'shanghai/area',
  {
    id: row('windowId', '窗口编号', text),
    name: none('上海的办理点以区名称呼'),
    division: maybe('areaCode', '区划', six),
    address: maybe('address', '地址', text),
    phone: maybe('phone', '电话', text),
    hours: maybe('workTime', '办公时间', text),
    lon: none('上海的办理点列表没有经纬度'),
    lat: none('上海的办理点列表没有经纬度'),
  },
  [
    {
      wire: 'areaName',
      label: '区名称',
      rule: 'derived from areaCode',
      dropped: '由区划代码得知',
      value: () => undefined,
    },
  ],
)

const IMPLEMENTATION_CODE_LENGTH = 31

const table: Table<Wire, Matter, RecordContext> = {
  id: spread([], '事项标识', {
    name: 'region, division and code',
    how: 'derived',
    decode: (wire: Wire) => `shanghai:310000:${wire.itemCode}`,
    encode: (): Partial<Wire> => ({}),
  }),
  kind: given('matter', () => 'matter' as const),
  name: row('itemName', '事项名称', zhName),
  region: given('shanghai', () => 'shanghai' as const),
  divisions: spread(['regionCode'], '区划', {
    name: regionCode.name,
    how: 'derived',
    decode: (wire: Wire) => [
      regionCode.decode(wire.regionCode, {}, { wire: '', canon: '', notes: undefined }),
    ],
    encode: (canon: Matter['divisions']): Partial<Wire> => ({
      regionCode: canon[0] === '310000' || canon[0] === undefined ? 'SH00SH' : canon[0],
    }),
  }),
  baseCode: spread(['taskCode', 'itemCode'], '基本编码', {
    name: 'last 12 of taskCode',
    how: 'derived',
    decode: (wire: Wire) =>
      typeof wire.taskCode === 'string' && wire.taskCode.length === IMPLEMENTATION_CODE_LENGTH
        ? wire.taskCode.slice(19)
        : wire.itemCode,
    encode: (): Partial<Wire> => ({}),
  }),
  implementationCode: maybe('taskCode', '实施编码', text),
  businessItemCode: maybe('taskHandleItem', '业务办理项编码', text),
  regional: spread(['itemCode', 'itemVersion'], '事项编码与版本', {
    name: 'itemCode and itemVersion',
    how: 'copied',
    decode: (wire: Wire) => ({
      code: wire.itemCode,
      ...(isAbsent(wire.itemVersion) ? {} : { version: asText(wire.itemVersion) }),
    }),
    encode: (canon: Matter['regional']): Partial<Wire> =>
      canon ? { itemCode: canon.code, itemVersion: canon.version ?? '1' } : {},
  }),
  equivalents: given('目录对应关系由网关维护', () => []),
  subjects: row('serviceObjects', '服务对象', subjects),
  domain: none('上海的事项没有主题领域这一项'),
  department: none('上海以部门名称表示'),
  agency: spread(['departCode', 'departName'], '部门', {
    name: 'departCode and departName',
    how: 'copied',
    decode: (wire: Wire) => ({
      name: wire.departName,
      ...(isAbsent(wire.departCode) ? {} : { code: asText(wire.departCode) }),
    }),
    encode: (canon: Matter['agency']): Partial<Wire> => ({
      departCode: canon?.code ?? '',
      departName: canon?.name ?? '',
    }),
  }),
  powerType: maybe('itemType', '事项类型', tolerant(itemType)),
  mode: maybe('handleMode', '通办方式', tolerant(handleMode)),
  modes: none('上海只有一种通办方式'),
  handling: maybe('caseType', '办件类型', tolerant(caseType)),
  scope: maybe('crossScope', '通办范围', tolerant(crossScope)),
  statutory: spread(['legalDays', 'dayUnit'], '法定时限', limit('legalDays')),
  commitment: spread(['promiseDays', 'dayUnit'], '承诺时限', limit('promiseDays')),
  form: row('molder', '表单', molder),
  documents: spread(['stuffs'], '申请材料', lists('stuffs', stuff)),
  deliveryModes: maybe('deliveryModes', '送达方式', each(deliveryMode)),
  servicePoints: spread(['areas'], '办理地点', lists('areas', area)),
  visits: none('上海的事项没有到现场次数'),
  isOnline: spread(['isOnline'], '是否网办', flagOf('isOnline')),
  hasFee: spread(['feeFlag'], '是否收费', flagOf('feeFlag')),
  feeBasis: none('上海的事项没有收费依据'),
  conditions: maybe('acceptCondition', '受理条件', text),
  flow: maybe('handleFlow', '办理流程', text),
  legalBasis: maybe('lawBasis', '设定依据', text),
  resultName: maybe('resultName', '结果名称', text),
  resultType: none('上海的事项没有结果类型'),
  phone: maybe('consultPhone', '咨询电话', text),
  complaintPhone: maybe('supervisePhone', '监督电话', text),
  applyUrl: maybe('itemApplyUrl', '办理地址', text),
  state: row('itemStatus', '事项状态', itemStatus),
  availability: spread(['updateTime', 'regionCode'], '可办时间', {
    name: 'from the last change',
    how: 'derived',
    decode: (wire: Wire) => [
      {
        division: wire.regionCode === 'SH00SH' ? '310000' : wire.regionCode,
        from:
          typeof wire.updateTime === 'string' && wire.updateTime !== ''
            ? wire.updateTime.slice(0, 10)
            : '2019-05-22',
        to: null,
      },
    ],
    encode: (): Partial<Wire> => ({}),
  }),
  fileable: spread(['itemStatus', 'crossRegion'], '长三角可办', {
    name: 'in use and crossRegion',
    how: 'derived',
    decode: (wire: Wire) => wire.itemStatus === '在用' && wire.crossRegion === true,
    encode: (canon: boolean): Partial<Wire> => ({ crossRegion: canon }),
  }),
  loa: given('网关规定的实名等级', () => 2),
  source: given(
    '上海事项目录接口',
    () => '上海事项目录接口 queryItemPage, getItemAppplyInfo, getItemStuffList',
  ),
  confidence: given('high', () => 'high' as const),
  updatedAt: maybe('updateTime', '更新时间', wallClock),
}

function flagOf(member: 'isOnline' | 'feeFlag') {
  return {
    name: member,
    how: 'copied' as const,
    decode: (wire: Wire) => wire[member],
    encode: (canon: boolean | undefined): Partial<Wire> => (canon === undefined ? {} : { [member]: canon }),
  }
}

/** A list member that may be a single object: its items have leaves of their own on both sides. */
function lists<W extends object, C extends object>(
  member: 'stuffs' | 'areas',
  item: Codec<W, C, RecordContext>,
) {
  const codec = list(item)
  return {
    name: codec.name,
    how: 'derived' as const,
    deep: true as const,
    decode: (wire: Wire, context: RecordContext, place: Place) =>
      codec.decode(wire[member] as W[], context, {
        wire: `${place.wire}/${member}`,
        canon: place.canon,
        notes: place.notes,
      }),
    encode: (canon: C[] | undefined, context: RecordContext, place: Place) => ({
      [member]: codec.encode(canon ?? [], context, {
        wire: `${place.wire}/${member}`,
        canon: place.canon,
        notes: place.notes,
      }),
    }),
    rows: () =>
      (codec.rows?.() ?? []).map((line) => ({ ...line, wire: line.wire.map((w) => `${member}/${w}`) })),
  }
}

export const matter = message<Wire, Matter, RecordContext>(
  'shanghai/matter',
  WireMatter,
  compile('shanghai/matter', table),
)
