/** Shanghai's matters, read and written. */
import type { Matter } from '../../schemas/matter.ts'
import { wallClock } from '../kit/clock.ts'
import { asInteger, asText, list, text, zhName } from '../kit/codecs.ts'
import { codes, each, tolerant } from '../kit/codes.ts'
import { compile } from '../kit/compile.ts'
import type { RecordContext } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import { type Codec, given, isAbsent, maybe, none, row, spread, type Table } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import { regionCode } from './areas.ts'
import {
  applicantKind,
  caseType,
  crossScope,
  dayUnit,
  deliveryMode,
  handleMode,
  itemStatus,
  itemType,
  known,
} from './codes.ts'
import { molder } from './form.ts'
import { type WireMatter as Wire, WireMatter } from './matter.wire.ts'
import { area } from './service-point.ts'
import { stuff } from './stuff.ts'

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
  decode: (wire: Wire, context: RecordContext) => {
    if (isAbsent(wire[member]) || isAbsent(wire.dayUnit)) return undefined
    const unit = known(dayUnit, wire.dayUnit, context)
    return unit === undefined ? undefined : { days: asInteger(wire[member]), unit }
  },
  encode: (canon: Matter['commitment']): Partial<Wire> =>
    canon === undefined
      ? {}
      : canon.unit === 'hour'
        ? { [member]: 0, dayUnit: '工作日' }
        : { [member]: canon.days, dayUnit: dayUnit.codeOf(canon.unit) },
})

/** A matter in a state that no table knows is kept and alarmed; nothing is filed for it, since it is not 在用. */
const state: Codec<string, Matter['state'], RecordContext> = {
  name: itemStatus.name,
  how: 'coded',
  decode: (wire, context) => known(itemStatus, wire, context) ?? 'suspended',
  encode: itemStatus.encode,
}

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
  state: row('itemStatus', '事项状态', state),
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
