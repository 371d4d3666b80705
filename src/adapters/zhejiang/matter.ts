/** Zhejiang's matters, read and written. */
import type { Matter } from '../../schemas/matter.ts'
import { wallClock } from '../kit/clock.ts'
import { asInteger, text, zhName } from '../kit/codecs.ts'
import { codes, joined, tolerant } from '../kit/codes.ts'
import { compile } from '../kit/compile.ts'
import type { RecordContext } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import type { Codec } from '../kit/table.ts'
import { given, isAbsent, maybe, none, row, spread, type Table } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import { ROOT } from '../kit/trace.ts'
import { cityOf, wireOf } from './areas.ts'
import { caseType, dayUnit, delivery, matterState, matterType, mode, scope } from './codes.ts'
import { type WireMatter as Wire, WireMatter } from './matter.wire.ts'
import { form, isKnownForm } from './matter-form.ts'
import { areKnownMaterials, documents } from './matter-materials.ts'
import { servicePoints } from './matter-places.ts'

const SUBJECT = codes<Matter['subjects'][number]>('zhejiang/applicantKind', {
  person: ['1'],
  organisation: ['2'],
  enterprise: [],
  institution: [],
  agency: [],
  otherOrganisation: [],
})

/** Every kind of organisation is `2`. */
const subjects = joined(SUBJECT, ',', (one) => (one === 'person' ? ['1'] : ['2']))

/** A state that no table knows is read as suspended, as the listing reads it: alarmed, and not to be filed to. */
const state = {
  name: matterState.name,
  how: 'coded' as const,
  decode: (wire: string, { alarms }: RecordContext): Matter['state'] => {
    const known = matterState.find(wire)
    if (known === undefined) alarms?.push({ table: matterState.name, code: wire })
    return known ?? 'suspended'
  },
  encode: matterState.codeOf,
}

/** 是否收费: a word that is neither yes nor no is alarmed, and tells nothing. */
const chargeWord = codes('zhejiang/charge', { yes: ['1'], no: ['0'] })
const charge: Codec<string, boolean, RecordContext> = {
  name: chargeWord.name,
  how: 'coded',
  decode: (wire, context, place) => {
    const word = tolerant(chargeWord).decode(wire, context, place)
    // An absent value is the honest reading of an unknown code, as `tolerant` has it.
    return (word && word === 'yes') as boolean
  },
  encode: (canon) => (canon ? '1' : '0'),
}

/** Both limits share one unit; 0 days is at once. */
const limit = (member: 'PROMISE_DAY' | 'ANTICIPATE_DAY') => ({
  name: `${member} with ANTICIPATE_TYPE`,
  how: 'derived' as const,
  decode: (wire: Wire, { alarms }: RecordContext) => {
    if (isAbsent(wire[member]) || isAbsent(wire.ANTICIPATE_TYPE)) return undefined
    const unit = dayUnit.find(wire.ANTICIPATE_TYPE)
    if (unit === undefined) alarms?.push({ table: dayUnit.name, code: String(wire.ANTICIPATE_TYPE) })
    return unit === undefined ? undefined : { days: asInteger(wire[member]), unit }
  },
  encode: (canon: Matter['commitment']): Partial<Wire> =>
    canon === undefined
      ? {}
      : {
          [member]: canon.unit === 'hour' ? 0 : canon.days,
          ANTICIPATE_TYPE: dayUnit.codeOf(canon.unit === 'hour' ? 'working' : canon.unit),
        },
})

const table: Table<Wire, Matter, RecordContext> = {
  id: spread([], '事项标识', {
    name: 'region, division and code',
    how: 'derived',
    decode: (wire: Wire) => `zhejiang:${cityOf(wire.BELONGXIAQUCODE)}:${wire.QL_INNER_CODE}`,
    encode: (): Partial<Wire> => ({}),
  }),
  kind: given('matter', () => 'matter' as const),
  name: row('QL_NAME', '事项名称', zhName),
  region: given('zhejiang', () => 'zhejiang' as const),
  divisions: spread(['BELONGXIAQUCODE'], '所属辖区', {
    name: 'area, xxxx01 for a city',
    how: 'derived',
    decode: (wire: Wire) => [cityOf(wire.BELONGXIAQUCODE)],
    encode: (canon: Matter['divisions'], { options }: RecordContext): Partial<Wire> => ({
      BELONGXIAQUCODE: wireOf(canon[0] ?? '330000', options),
    }),
  }),
  baseCode: maybe('QL_Full_ID', '基本编码', text),
  implementationCode: none('浙江的事项以内部编码为准, 没有实施编码这一项'),
  businessItemCode: none('浙江的事项没有业务办理项编码'),
  regional: spread(['QL_INNER_CODE'], '内部编码', {
    name: 'QL_INNER_CODE',
    how: 'copied',
    decode: (wire: Wire) => ({ code: wire.QL_INNER_CODE }),
    encode: (canon: Matter['regional']): Partial<Wire> => (canon ? { QL_INNER_CODE: canon.code } : {}),
  }),
  equivalents: given('目录对应关系由网关维护', () => []),
  subjects: spread(['SERVICE_OBJECT'], '服务对象', {
    name: subjects.name,
    how: 'coded',
    decode: (wire: Wire, context: RecordContext) =>
      isAbsent(wire.SERVICE_OBJECT) ? [] : subjects.decode(wire.SERVICE_OBJECT as string, context, ROOT),
    encode: (canon: Matter['subjects'], context: RecordContext): Partial<Wire> => ({
      SERVICE_OBJECT: subjects.encode(canon, context, ROOT),
    }),
  }),
  domain: none('浙江的事项没有主题领域这一项'),
  department: maybe('LEAD_DEPT', '牵头部门', text),
  agency: spread(['Dec_institution', 'OUGUID', 'OUORGCODE'], '决定机构', {
    name: 'Dec_institution, OUGUID, OUORGCODE',
    how: 'copied',
    decode: (wire: Wire) => {
      const name = wire.Dec_institution || wire.Acp_institution || wire.LEAD_DEPT
      return name
        ? {
            name,
            ...(isAbsent(wire.OUGUID) ? {} : { code: wire.OUGUID as string }),
            ...(isAbsent(wire.OUORGCODE) ? {} : { uscc: wire.OUORGCODE as string }),
          }
        : undefined
    },
    encode: (canon: Matter['agency']): Partial<Wire> => ({
      Acp_institution: canon?.name ?? '',
      Dec_institution: canon?.name ?? '',
      OUGUID: canon?.code ?? '',
      OUORGCODE: canon?.uscc ?? '',
    }),
  }),
  powerType: maybe('QL_KIND', '事项类型', tolerant(matterType)),
  mode: maybe('HANDLE_MODE', '通办方式', tolerant(mode)),
  modes: none('浙江只有一种通办方式'),
  handling: maybe('BJTYPE', '办件类型', tolerant(caseType)),
  scope: maybe('HANDLE_AREA', '通办范围', tolerant(scope)),
  statutory: spread(['ANTICIPATE_DAY', 'ANTICIPATE_TYPE'], '法定时限', limit('ANTICIPATE_DAY')),
  commitment: spread(['PROMISE_DAY', 'ANTICIPATE_TYPE'], '承诺时限', limit('PROMISE_DAY')),
  form: spread(['FORM_INFO'], '表单', form),
  documents: spread(['MATERIAL_INFO'], '申请材料', documents),
  deliveryModes: maybe('Service_mode', '送达方式', joined(delivery, ',')),
  servicePoints: spread(['ACCEPT_ADDRESS_INFO'], '受理地点', servicePoints),
  visits: spread(['APPLYERMIN_COUNT'], '跑的次数', {
    name: 'integer',
    how: 'copied',
    decode: (wire: Wire) => (isAbsent(wire.APPLYERMIN_COUNT) ? undefined : asInteger(wire.APPLYERMIN_COUNT)),
    encode: (canon: number | undefined): Partial<Wire> =>
      canon === undefined ? {} : { APPLYERMIN_COUNT: canon },
  }),
  isOnline: spread(['Apply_type'], '申请方式', {
    name: 'Apply_type holds 2',
    how: 'derived',
    decode: (wire: Wire) =>
      isAbsent(wire.Apply_type) ? undefined : (wire.Apply_type as string).split(',').includes('2'),
    encode: (canon: boolean | undefined): Partial<Wire> =>
      canon === undefined ? {} : { Apply_type: canon ? '1,2' : '1' },
  }),
  hasFee: maybe('CHARGE_FLAG', '是否收费', charge),
  feeBasis: none('浙江的收费依据在收费项目中逐条列出'),
  conditions: maybe('APPLY_CONDITION', '申请条件', text),
  flow: none('浙江的事项库没有办理流程文字'),
  legalBasis: maybe('LAWBASIS', '法律依据', text),
  resultName: maybe('BANJIAN_FINISHFILES', '办结文件', text),
  resultType: none('浙江的事项没有结果类型这一项'),
  phone: maybe('LINK_TEL', '咨询电话', text),
  complaintPhone: maybe('SUPERVISE_TEL', '监督电话', text),
  applyUrl: maybe('WEBAPPLYURL', '网上办理地址', text),
  state: row('QL_STATE', '事项状态', state),
  availability: spread(['UPDATE_DATE', 'BELONGXIAQUCODE'], '可办时间', {
    name: 'from the last change',
    how: 'derived',
    decode: (wire: Wire) => [
      {
        division: cityOf(wire.BELONGXIAQUCODE),
        from: isAbsent(wire.UPDATE_DATE) ? '2019-05-22' : (wire.UPDATE_DATE as string).slice(0, 10),
        to: null,
      },
    ],
    encode: (): Partial<Wire> => ({}),
  }),
  fileable: spread(['QL_STATE', 'HANDLE_AREA', 'BJTYPE'], '长三角可办', {
    name: 'in use, national or cross-province, every code known',
    how: 'derived',
    decode: (wire: Wire) =>
      wire.QL_STATE === '1' &&
      (wire.HANDLE_AREA === '1' || wire.HANDLE_AREA === '2') &&
      caseType.find(wire.BJTYPE) !== undefined &&
      isKnownForm(wire) &&
      areKnownMaterials(wire),
    encode: (): Partial<Wire> => ({}),
  }),
  loa: given('网关规定的实名等级', () => 2),
  source: given('浙江权力事项库', () => '浙江权力事项库数据共享接口'),
  confidence: given('high', () => 'high' as const),
  updatedAt: maybe('UPDATE_DATE', '更新时间', wallClock),
}

const flat = compile<Wire, Matter, RecordContext>('zhejiang/matter', table)

/** A matter of another region may say what Zhejiang has no code or column for: it is left out, and told. */
const codec = {
  ...flat,
  encode: (canon: Matter, context: RecordContext, place: Place): Wire => {
    const { powerType, statutory, deliveryModes, ...rest } = canon
    const fits = {
      powerType: powerType === undefined || matterType.table[powerType] !== undefined,
      statutory: statutory === undefined || unitOf(statutory) === unitOf(canon.commitment ?? statutory),
    }
    if (!fits.powerType) noPlace(place, ['/powerType'], '事项类型', '浙江的代码表没有这一类型')
    if (!fits.statutory)
      noPlace(place, ['/statutory/days', '/statutory/unit'], '法定时限', '浙江的两个时限只有一个单位')
    const licences = (deliveryModes ?? []).flatMap((one, index) =>
      one === 'licence' ? [`/deliveryModes/${index}`] : [],
    )
    if (licences.length > 0) noPlace(place, licences, '送达方式', '浙江没有电子证照这一送达方式')
    const modes = deliveryModes?.filter((one) => one !== 'licence')
    return flat.encode(
      {
        ...rest,
        ...(fits.powerType && powerType !== undefined ? { powerType } : {}),
        ...(fits.statutory && statutory !== undefined ? { statutory } : {}),
        ...(modes === undefined ? {} : { deliveryModes: modes }),
      },
      context,
      place,
    )
  },
}

/** Hours have no unit of their own in Zhejiang: they are handled on the working day on which they end. */
const unitOf = ({ unit }: NonNullable<Matter['commitment']>) => (unit === 'hour' ? 'working' : unit)

const noPlace = (place: Place, canon: readonly string[], label: string, reason: string): void =>
  void place.notes?.push({
    how: 'dropped',
    wire: [],
    canon: canon.map((one) => place.canon + one),
    label,
    rule: 'none',
    reason,
  })

export const matter = message<Wire, Matter, RecordContext>('zhejiang/matter', WireMatter, codec)
