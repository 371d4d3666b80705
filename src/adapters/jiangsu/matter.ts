/** Jiangsu's matters, read and written. The same matter has another `taskguid` in each city (trap 11). */
import type { Matter } from '../../schemas/matter.ts'
import { wallClock } from '../kit/clock.ts'
import { asInteger, asText, flag, text, zhName } from '../kit/codecs.ts'
import { codes, joined, tolerant } from '../kit/codes.ts'
import { compile } from '../kit/compile.ts'
import type { RecordContext } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import { given, isAbsent, maybe, none, row, spread, type Table } from '../kit/table.ts'
import { division, six } from './areas.ts'
import { applicantKind, applyWay, crossScope, dayUnit, projectType, sendWay, taskType } from './codes.ts'
import { formjson } from './form.ts'
import { type WireMatter as Wire, WireMatter } from './matter.wire.ts'
import { centers, materials } from './matter-lists.ts'

type C = RecordContext

const codesOfSubject = (subject: Matter['subjects'][number]): readonly string[] => {
  if (subject === 'organisation') return ['10', '30']
  if (subject === 'institution' || subject === 'agency') return ['10']
  return applicantKind.table[subject]
}

const SUBJECT = codes('jiangsu/applyertype', {
  ...applicantKind.table,
  organisation: [],
  institution: [],
  agency: [],
})

/** 10 is every legal person: enterprises, institutions and agencies alike. */
const subjects = joined(SUBJECT, ';', codesOfSubject)

/** Days and their unit; hours have no code here and are written as at once. */
const limit = (days: 'promise_day' | 'anticipate_day', unit: 'promise_type' | 'anticipate_type') => ({
  name: `${days} with ${unit}`,
  how: 'derived' as const,
  decode: (wire: Wire) => {
    const known = dayUnit.find(wire[unit])
    return isAbsent(wire[days]) || known === undefined
      ? undefined
      : { days: asInteger(wire[days]), unit: known }
  },
  encode: (canon: Matter['commitment']): Partial<Wire> => {
    if (canon === undefined) return {}
    return canon.unit === 'hour'
      ? { [days]: 0, [unit]: '1' }
      : { [days]: canon.days, [unit]: dayUnit.codeOf(canon.unit) }
  },
})

const isCross = (scope: unknown): boolean => String(scope) === '1' || String(scope) === '2'

const table: Table<Wire, Matter, C> = {
  id: spread([], '事项标识', {
    name: 'region, division and code',
    how: 'derived',
    decode: (wire: Wire) => `jiangsu:${division(wire.areacode)}:${wire.taskguid}`,
    encode: (): Partial<Wire> => ({}),
  }),
  kind: given('matter', () => 'matter' as const),
  name: row('taskname', '事项名称', zhName),
  region: given('jiangsu', () => 'jiangsu' as const),
  divisions: spread(['areacode'], '区划', {
    name: six.name,
    how: 'copied',
    decode: (wire: Wire) => [division(wire.areacode)],
    encode: (canon: Matter['divisions']): Partial<Wire> => ({ areacode: canon[0] ?? '' }),
  }),
  baseCode: maybe('catalogcode', '基本编码', text),
  implementationCode: maybe('taskcode', '实施编码', text),
  businessItemCode: maybe('taskhandleitem', '业务办理项编码', text),
  regional: spread(['taskguid', 'taskversion'], '事项标识与版本', {
    name: 'taskguid and taskversion',
    how: 'copied',
    decode: (wire: Wire) => ({
      code: wire.taskguid,
      ...(isAbsent(wire.taskversion) ? {} : { version: asText(wire.taskversion) }),
    }),
    encode: (canon: Matter['regional']): Partial<Wire> =>
      canon ? { taskguid: canon.code, taskversion: canon.version ?? '' } : {},
  }),
  equivalents: given('目录对应关系由网关维护', () => []),
  subjects: row('applyertype', '申请人类型', subjects),
  domain: none('江苏的事项没有主题领域这一项'),
  department: none('江苏以部门名称表示'),
  agency: spread(['ouname', 'ouguid', 'deptcode'], '部门', {
    name: 'ouname, ouguid and deptcode',
    how: 'copied',
    decode: (wire: Wire) => ({
      name: wire.ouname,
      ...(isAbsent(wire.ouguid) ? {} : { code: asText(wire.ouguid) }),
      ...(isAbsent(wire.deptcode) ? {} : { uscc: asText(wire.deptcode).slice(0, 18) }),
    }),
    encode: (canon: Matter['agency']): Partial<Wire> => ({
      ouname: canon?.name ?? '',
      ouguid: canon?.code ?? '',
      deptcode: canon?.uscc ?? '',
    }),
  }),
  powerType: maybe('tasktype', '事项类型', tolerant(taskType)),
  mode: spread(['crossmode'], '通办方式', {
    name: 'first of crossmode',
    how: 'derived',
    decode: (wire: Wire) => applyWay.find(String(wire.crossmode ?? '').split(';')[0]),
    // A matter that offers several modes says them below.
    encode: (canon: Matter['mode']): Partial<Wire> =>
      canon === undefined ? {} : { crossmode: applyWay.table[canon][0] ?? '' },
  }),
  modes: maybe('crossmode', '通办方式', joined(applyWay, ';')),
  handling: maybe('projecttype', '办件类型', tolerant(projectType)),
  scope: maybe('iscross', '通办范围', tolerant(crossScope)),
  statutory: spread(
    ['anticipate_day', 'anticipate_type'],
    '法定时限',
    limit('anticipate_day', 'anticipate_type'),
  ),
  commitment: spread(['promise_day', 'promise_type'], '承诺时限', limit('promise_day', 'promise_type')),
  form: row('formjson', '表单', formjson),
  documents: spread(['materiallist'], '申请材料', materials),
  // An electronic licence is delivered electronically.
  deliveryModes: maybe(
    'sendway',
    '送达方式',
    joined(sendWay, ';', (one) => [sendWay.codeOf(one === 'licence' ? 'download' : one)]),
  ),
  servicePoints: spread(['centerlist'], '办理地点', centers),
  visits: none('江苏的事项没有到现场次数'),
  isOnline: maybe('is_online', '是否网办', flag('1', '0')),
  hasFee: maybe('is_fee', '是否收费', flag('1', '0')),
  feeBasis: maybe('fee_basis', '收费依据', text),
  conditions: maybe('accept_condition', '受理条件', text),
  flow: maybe('handle_flow', '办理流程', text),
  legalBasis: maybe('by_law', '设定依据', text),
  resultName: maybe('resultname', '结果名称', text),
  resultType: maybe('resulttype', '结果类型', text),
  phone: maybe('link_way', '咨询电话', text),
  complaintPhone: maybe('supervise_way', '监督电话', text),
  applyUrl: none('江苏的事项没有办理地址这一项'),
  state: spread(['is_enable'], '是否在用', {
    name: 'is_enable',
    how: 'coded',
    decode: (wire: Wire): Matter['state'] => (wire.is_enable === '1' ? 'active' : 'suspended'),
    encode: (canon: Matter['state']): Partial<Wire> => ({ is_enable: canon === 'active' ? '1' : '0' }),
  }),
  availability: spread(['areacode', 'operatedate'], '可办时间', {
    name: 'from the last change',
    how: 'derived',
    decode: (wire: Wire) => [
      {
        division: division(wire.areacode),
        from: isAbsent(wire.operatedate) ? '2019-05-22' : String(wire.operatedate).slice(0, 10),
        to: null,
      },
    ],
    encode: (): Partial<Wire> => ({}),
  }),
  fileable: spread(['is_enable', 'iscross'], '跨省可办', {
    name: 'in use and iscross 1 or 2',
    how: 'derived',
    decode: (wire: Wire) => wire.is_enable === '1' && isCross(wire.iscross),
    encode: (): Partial<Wire> => ({}),
  }),
  loa: given('网关规定的实名等级', () => 2),
  source: given(
    '江苏事项目录接口',
    () => '江苏事项目录接口 getTaskList, getTaskDetail, getTaskMaterialList, getTaskCenterList',
  ),
  confidence: given('high', () => 'high' as const),
  updatedAt: maybe('operatedate', '变更时间', wallClock),
}

const dropped = '只在江苏的目录内有意义'

export const matter = message<Wire, Matter, C>(
  'jiangsu/matter',
  WireMatter,
  compile('jiangsu/matter', table, [
    { wire: 'item_id', label: '目录标识', rule: 'local', dropped, value: () => undefined },
    { wire: 'localcatalogcode', label: '本地目录编码', rule: 'local', dropped, value: () => undefined },
  ]),
)
