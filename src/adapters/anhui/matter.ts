/** Anhui's matters, read and written. */
import type { Matter, MatterDocument, ServicePoint } from '../../schemas/matter.ts'
import {
  asInteger,
  asText,
  codes,
  flag,
  integer,
  joined,
  list,
  text,
  tolerant,
  wallClock,
  zhName,
} from '../kit/codecs.ts'
import type { RecordContext } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import {
  compile,
  given,
  isAbsent,
  leaves,
  maybe,
  none,
  type Place,
  row,
  spread,
  type Table,
} from '../kit/table.ts'
import { divisionOf, wireOf } from './areas.ts'
import {
  caseType,
  dayUnit,
  delivery,
  materialSource,
  matterState,
  matterType,
  mode,
  necessity,
  scope,
  takeType,
} from './codes.ts'
import { formJson } from './form.ts'
import { type WireMatter as Wire, type WireMaterial, WireMatter } from './matter.wire.ts'

const SUBJECT = codes<Matter['subjects'][number]>('anhui/applicantKind', {
  person: ['1'],
  organisation: ['2'],
  enterprise: [],
  institution: [],
  agency: [],
  otherOrganisation: [],
})

/** Every kind of organisation is `2`. */
const subjects = {
  ...joined(SUBJECT, ','),
  encode: (canon: Matter['subjects']) =>
    [...new Set(canon.map((one) => (one === 'person' ? '1' : '2')))].join(','),
}

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

const KIB = 1024
const modesOf = joined(takeType, ',')

/** Beside what `takeType` lists, a licence may stand wherever there is a `styleCode`, and what is 容缺 may follow (4b). */
const modes = {
  name: 'takeType with styleCode and isNeed',
  how: 'coded' as const,
  decode: (wire: WireMaterial, context: RecordContext, place: Place): MatterDocument['modes'] => {
    const listed = isAbsent(wire.takeType) ? [] : modesOf.decode(wire.takeType as string, context, place)
    return [
      ...new Set([
        ...listed,
        ...(isAbsent(wire.styleCode) ? [] : ['licence' as const]),
        ...(wire.isNeed === '2' || wire.isNeed === '3' ? ['later' as const] : []),
      ]),
    ]
  },
  encode: (canon: MatterDocument['modes'], context: RecordContext, place: Place): Partial<WireMaterial> => ({
    takeType: modesOf.encode(canon, context, place),
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
  }) as never,
  maxBytes: maybe('sizeLimit', '大小限制 (KiB)', {
    name: 'KiB',
    how: 'derived',
    decode: (wire: number | string) => asInteger(wire) * KIB,
    encode: (canon: number) => Math.max(1, Math.floor(canon / KIB)),
  }) as never,
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
const documents = {
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

/** `windowIds`: the detail tells identifiers alone, the rest of a window is another operation. */
const servicePoints = {
  name: 'windowIds joined by ,',
  how: 'split' as const,
  deep: true as const,
  decode: (wire: Wire, _context: RecordContext, place: Place): ServicePoint[] | undefined => {
    const at = `${place.wire}/windowIds`
    if (isAbsent(wire.windowIds)) {
      if (wire.windowIds !== undefined)
        place.notes?.push({
          how: 'dropped',
          wire: [at],
          canon: [],
          label: '服务窗口',
          rule: 'absent',
          reason: '空值: 没有内容可转换',
        })
      return undefined
    }
    const points = asText(wire.windowIds)
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .map((id) => ({ id }))
    place.notes?.push({
      how: 'split',
      wire: [at],
      canon: leaves(points, place.canon),
      label: '服务窗口',
      rule: 'windowIds',
    })
    return points
  },
  encode: (canon: ServicePoint[] | undefined, _context: RecordContext, place: Place): Partial<Wire> => {
    if (!canon) return {}
    const all = leaves(canon, place.canon)
    const ids = all.filter((leaf) => leaf.endsWith('/id'))
    const lost = all.filter((leaf) => !leaf.endsWith('/id') && leaf !== place.canon)
    if (ids.length > 0)
      place.notes?.push({
        how: 'merged',
        wire: [`${place.wire}/windowIds`],
        canon: ids,
        label: '服务窗口',
        rule: 'windowIds',
      })
    if (lost.length > 0)
      place.notes?.push({
        how: 'dropped',
        wire: [],
        canon: lost,
        label: '服务窗口',
        rule: 'none',
        reason: '安徽的事项只写服务窗口的标识, 其余由窗口接口取得',
      })
    return { windowIds: canon.map((one) => one.id).join(',') }
  },
  rows: () => [
    {
      canon: '/*/id',
      wire: ['windowIds'],
      label: '服务窗口',
      how: 'split' as const,
      rule: 'windowIds joined by ,',
      optional: true,
    },
  ],
}

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
    decode: (wire: Wire, context: RecordContext, place: Place) =>
      isAbsent(wire.addType) ? [] : subjects.decode(wire.addType as string, context, place),
    encode: (canon: Matter['subjects']): Partial<Wire> => ({ addType: subjects.encode(canon) }),
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
  deliveryModes: maybe('takeMode', '送达方式', {
    ...joined(delivery, ','),
    // An electronic licence as such is no way of delivery in Anhui.
    encode: (canon: NonNullable<Matter['deliveryModes']>) =>
      canon.flatMap((one) => (one === 'licence' ? [] : [delivery.codeOf(one)])).join(','),
  }) as never,
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
