/** Anhui's matters, read and written. */
import type { Matter } from '../../schemas/matter.ts'
import { wallClock } from '../kit/clock.ts'
import { asInteger, asText, flag, text, zhName } from '../kit/codecs.ts'
import { codes, joined, tolerant } from '../kit/codes.ts'
import { compile } from '../kit/compile.ts'
import type { RecordContext } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import { given, isAbsent, maybe, none, row, spread, type Table } from '../kit/table.ts'
import { type Place, ROOT } from '../kit/trace.ts'
import { divisionOf, wireOf } from './areas.ts'
import { caseType, dayUnit, delivery, matterState, matterType, mode, scope } from './codes.ts'
import { formJson } from './form.ts'
import { documents } from './materials.ts'
import { type WireMatter as Wire, WireMatter } from './matter.wire.ts'
import { servicePoints } from './service-points.ts'

const SUBJECT = codes<Matter['subjects'][number]>('anhui/applicantKind', {
  person: ['1'],
  organisation: ['2'],
  enterprise: [],
  institution: [],
  agency: [],
  otherOrganisation: [],
})

/** Every kind of organisation is `2`. */
const subjects = joined(SUBJECT, ',', (one) => (one === 'person' ? ['1'] : ['2']))

/** A limit and its unit: Anhui has a unit for each of the two. */
const limit = (days: 'promiseDay' | 'legalDay', unit: 'promiseType' | 'legalType') => ({
  name: `${days} with ${unit}`,
  how: 'derived' as const,
  decode: (wire: Wire, context: RecordContext) => {
    if (isAbsent(wire[days]) || isAbsent(wire[unit])) return undefined
    const found = dayUnit.find(wire[unit])
    if (found === undefined)
      context.alarms?.push({ table: dayUnit.name, code: String(wire[unit]).slice(0, 40) })
    return found === undefined ? undefined : { days: asInteger(wire[days]), unit: found }
  },
  encode: (canon: Matter['commitment']): Partial<Wire> =>
    canon === undefined ? {} : { [days]: canon.days, [unit]: dayUnit.codeOf(canon.unit) },
})

const day = (updated: unknown): string => (isAbsent(updated) ? '2019-05-22' : String(updated).slice(0, 10))

const table: Table<Wire, Matter, RecordContext> = {
  id: spread([], '事项标识', {
    name: 'region, division and code',
    how: 'derived',
    decode: (wire: Wire) => `anhui:${divisionOf(wire.areaCode)}:${wire.sc}`,
    encode: (): Partial<Wire> => ({}),
  }),
  kind: given('matter', () => 'matter' as const),
  name: row('serviceName', '事项名称', zhName),
  region: given('anhui', () => 'anhui' as const),
  divisions: spread(['areaCode'], '区划', {
    name: 'area of 12 digits',
    how: 'derived',
    decode: (wire: Wire) => [divisionOf(wire.areaCode)],
    encode: (canon: Matter['divisions']): Partial<Wire> => ({ areaCode: wireOf(canon[0] ?? '340000') }),
  }),
  baseCode: maybe('basicCode', '基本编码', text),
  implementationCode: maybe('ssqdCode', '实施编码', text),
  businessItemCode: none('安徽的事项没有业务办理项编码'),
  regional: spread(['sc', 'serviceVersion'], '事项编码与版本', {
    name: 'sc and serviceVersion',
    how: 'copied',
    decode: (wire: Wire) => ({
      code: wire.sc,
      ...(isAbsent(wire.serviceVersion) ? {} : { version: asText(wire.serviceVersion) }),
    }),
    encode: (canon: Matter['regional']): Partial<Wire> =>
      canon ? { sc: canon.code, serviceVersion: canon.version ?? '' } : {},
  }),
  equivalents: given('目录对应关系由网关维护', () => []),
  subjects: spread(['addType'], '申请人类型', {
    name: subjects.name,
    how: 'coded',
    decode: (wire: Wire, context: RecordContext) =>
      isAbsent(wire.addType) ? [] : subjects.decode(wire.addType as string, context, ROOT),
    encode: (canon: Matter['subjects'], context: RecordContext): Partial<Wire> => ({
      addType: subjects.encode(canon, context, ROOT),
    }),
  }),
  domain: none('安徽的事项没有主题领域这一项'),
  department: none('安徽以实施机构表示部门'),
  agency: spread(['deptName', 'deptId', 'deptCreditCode'], '实施机构', {
    name: 'deptName, deptId, deptCreditCode',
    how: 'copied',
    decode: (wire: Wire) =>
      isAbsent(wire.deptName)
        ? undefined
        : {
            name: wire.deptName as string,
            ...(isAbsent(wire.deptId) ? {} : { code: wire.deptId as string }),
            ...(isAbsent(wire.deptCreditCode) ? {} : { uscc: wire.deptCreditCode as string }),
          },
    encode: (canon: Matter['agency']): Partial<Wire> => ({
      deptName: canon?.name ?? '',
      deptId: canon?.code ?? '',
      deptCreditCode: canon?.uscc ?? '',
    }),
  }),
  powerType: maybe('serviceTypeCode', '事项类型', tolerant(matterType)),
  mode: maybe('crossMode', '通办方式', tolerant(mode)),
  modes: none('安徽只有一种通办方式'),
  handling: maybe('infoTypeCode', '办件类型', tolerant(caseType)),
  scope: maybe('crossScope', '通办范围', tolerant(scope)),
  statutory: spread(['legalDay', 'legalType'], '法定时限', limit('legalDay', 'legalType')),
  commitment: spread(['promiseDay', 'promiseType'], '承诺时限', limit('promiseDay', 'promiseType')),
  form: spread(['formJson'], '表单', {
    name: formJson.name,
    how: 'split',
    decode: (wire: Wire, context: RecordContext, place: Place): Matter['form'] =>
      isAbsent(wire.formJson) ? { fields: [] } : formJson.decode(wire.formJson as string, context, place),
    encode: (canon: Matter['form'], context: RecordContext, place: Place): Partial<Wire> => ({
      formJson: formJson.encode(canon, context, place),
    }),
  }),
  documents: spread(['materials'], '申请材料', documents),
  deliveryModes: maybe('takeMode', '送达方式', joined(delivery, ',')),
  servicePoints: spread(['windowIds'], '服务窗口', servicePoints),
  visits: spread(['limitSceneNum'], '到现场次数', {
    name: 'integer',
    how: 'copied',
    decode: (wire: Wire) => (isAbsent(wire.limitSceneNum) ? undefined : asInteger(wire.limitSceneNum)),
    encode: (canon: number | undefined): Partial<Wire> =>
      canon === undefined ? {} : { limitSceneNum: canon },
  }),
  isOnline: none('安徽的事项不写是否网办, 由通办方式得知'),
  hasFee: maybe('isFee', '是否收费', flag('1', '0')),
  feeBasis: maybe('feeBasis', '收费依据', text),
  conditions: maybe('acceptCondition', '受理条件', text),
  flow: maybe('handleFlow', '办理流程', text),
  legalBasis: maybe('setBasis', '设定依据', text),
  resultName: maybe('resultName', '结果名称', text),
  resultType: maybe('resultStyleCode', '结果证照类型', text),
  phone: maybe('linkTel', '咨询电话', text),
  complaintPhone: maybe('superviseTel', '监督电话', text),
  applyUrl: maybe('applyUrl', '办理地址', text),
  state: row('state', '事项状态', matterState),
  availability: spread(['updateTime', 'areaCode'], '可办时间', {
    name: 'from the last change',
    how: 'derived',
    decode: (wire: Wire) => [{ division: divisionOf(wire.areaCode), from: day(wire.updateTime), to: null }],
    encode: (): Partial<Wire> => ({}),
  }),
  fileable: spread(['state', 'isCross'], '长三角可办', {
    name: 'in use and cross-province',
    how: 'derived',
    decode: (wire: Wire) => wire.state === '1' && wire.isCross === '1',
    // Written by `codec`, which knows the scope too.
    encode: (): Partial<Wire> => ({}),
  }),
  loa: given('网关规定的实名等级', () => 2),
  source: given('安徽事项目录接口', () => '安徽事项目录接口 queryItemList, queryItemDetail, queryMaterial'),
  confidence: given('high', () => 'high' as const),
  updatedAt: maybe('updateTime', '更新时间', wallClock),
}

const flat = compile<Wire, Matter, RecordContext>('anhui/matter', table, [
  {
    wire: 'useLevel',
    label: '行使层级',
    rule: 'none',
    dropped: '网关以区划表示层级',
    value: () => undefined,
  },
  {
    wire: 'materialCount',
    label: '材料数',
    rule: 'number of documents',
    dropped: '由材料清单得知',
    value: (_context, canon) => canon.documents.length,
  },
])

/** `isCross` says whether the scope is national or cross-province; without a scope, whether the matter can be filed. */
function crossOf({ scope: told, fileable }: Matter): string {
  const cross = told === undefined ? fileable : told === 'national' || told === 'crossProvince'
  return cross ? '1' : '0'
}

const codec = {
  ...flat,
  encode: (canon: Matter, context: RecordContext, place: Place): Wire => {
    const wire = flat.encode(canon, context, place)
    place.notes?.push({
      how: 'derived',
      wire: [`${place.wire}/isCross`],
      canon: [`${place.canon}/fileable`],
      label: '是否跨省',
      rule: 'by the scope',
    })
    return { ...wire, isCross: crossOf(canon) }
  },
}

export const matter = message<Wire, Matter, RecordContext>('anhui/matter', WireMatter, codec)
