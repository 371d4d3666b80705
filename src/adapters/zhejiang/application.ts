/** An application in Zhejiang's words. */

import { GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import { escapePointer } from '../../schemas/pointers.ts'
import { wallClock } from '../kit/clock.ts'
import { atMost, inOnePiece } from '../kit/codecs.ts'
import { compile } from '../kit/compile.ts'
import type { ApplicationContext, MatterReference } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import { maybe, none, row, spread, type Table } from '../kit/table.ts'
import { type Place, ROOT } from '../kit/trace.ts'
import { type WireApplication as Wire, WireApplication } from './application.wire.ts'
import { area, cityOf, isCityArea } from './areas.ts'
import { caseType } from './codes.ts'
import { documents, form } from './materials.ts'
import { agent, applicant, VO, voOf } from './persons.ts'
import { sourceDivision } from './source.ts'

type C = ApplicationContext

const table: Table<Wire, Application, C> = {
  matter: spread(['matterCode'], '事项编码', {
    name: 'matterCode by the catalogue',
    how: 'derived',
    decode: (_wire: Wire, { matter }: C) => matter.id,
    encode: (_canon: string, { matter }: C): Partial<Wire> => ({
      matterCode: matter.regional?.code ?? matter.id,
    }),
  }),
  division: row('areaCode', '所属辖区', area),
  sourceDivision: spread(['extInfo'], '来源区划', sourceDivision),
  applicant: spread([VO], '申请人信息', applicant),
  agent: spread([VO], '联系人', agent),
  form: spread(['affFormInfo'], '表单', form),
  documents: spread(['suffInfoList'], '材料', documents),
  matterVersion: none('浙江的申请不写事项版本; 网关已核对'),
  delivery: none('浙江在表单中填写领取方式, 申请没有送达这一项'),
  mode: none('浙江的通办方式由事项决定'),
  note: maybe('memo', '备注', {
    name: 'text',
    how: 'copied',
    decode: (wire: string) => wire,
    encode: (canon: string) => canon,
  }),
  appliedAt: spread(['gmtApply'], '申请时间', {
    name: 'wall clock, Asia/Shanghai',
    how: 'derived',
    decode: (wire: Wire, _context: C, place: Place) => wallClock.decode(wire.gmtApply, {}, place),
    encode: (canon: string | undefined, { appliedAt }: C): Partial<Wire> => ({
      gmtApply: wallClock.encode(canon ?? appliedAt, {}, ROOT),
    }),
  }),
}

const fromMatter = '由事项得知'
const constant = '常量'
const flat = compile<Wire, Application, C>('zhejiang/application', table, [
  {
    wire: 'projId',
    label: '办件编号',
    rule: 'assigned by projid/get.do',
    dropped: '办件编号由浙江给出',
    value: () => undefined,
  },
  {
    wire: 'projectName',
    label: '办件名称',
    rule: 'applicant and matter',
    dropped: '由申请人和事项得知',
    value: ({ matter }, canon) => atMost(inOnePiece('关于', canon.applicant.name, '的', matter.name.zh), 200),
  },
  {
    wire: 'projectNature',
    label: '办件性质',
    rule: 'constant 01',
    dropped: constant,
    value: () => undefined,
  },
  { wire: 'relBizId', label: '关联业务', rule: 'none', dropped: '网关没有关联业务', value: () => undefined },
  {
    wire: 'affairType',
    label: '办件类型',
    rule: 'matter.handling',
    dropped: fromMatter,
    value: ({ matter }) => (matter.handling ? caseType.codeOf(matter.handling) : ''),
  },
  {
    wire: 'applyOrigin',
    label: '申请来源',
    rule: 'constant 1 (online)',
    dropped: '网关的申请总是网上申请',
    value: () => '1',
  },
  { wire: 'approveType', label: '审批类型', rule: 'constant 01', dropped: constant, value: () => '01' },
  { wire: 'bizType', label: '业务类型', rule: 'constant 0', dropped: constant, value: () => '0' },
  {
    wire: 'deptCode',
    label: '部门编码',
    rule: 'matter.agency.code',
    dropped: fromMatter,
    value: ({ matter }) => matter.agency?.code ?? '',
  },
  {
    wire: 'execDeptOrgCode',
    label: '执行部门代码',
    rule: 'matter.agency.uscc',
    dropped: fromMatter,
    value: ({ matter }) => matter.agency?.uscc ?? '',
  },
  {
    wire: 'recvDeptCode',
    label: '收件部门编码',
    rule: 'matter.agency.code',
    dropped: fromMatter,
    value: ({ matter }) => matter.agency?.code ?? '',
  },
  {
    wire: 'recvDeptName',
    label: '收件部门',
    rule: 'matter.agency.name',
    dropped: fromMatter,
    value: ({ matter }) => atMost(matter.agency?.name ?? '', 100),
  },
  {
    wire: 'recvUserId',
    label: '收件人账号',
    rule: 'option.recvUserId',
    dropped: '平台账号',
    value: ({ options }) => String(options['recvUserId'] ?? ''),
  },
  {
    wire: 'recvUserName',
    label: '收件人',
    rule: 'option.recvUserName',
    dropped: '平台账号',
    value: ({ options }) => String(options['recvUserName'] ?? ''),
  },
  { wire: 'recvUserType', label: '收件人类型', rule: 'constant 3', dropped: constant, value: () => '3' },
  {
    wire: 'appId',
    label: '应用标识',
    rule: 'option.appId',
    dropped: '只在来源系统内有意义',
    value: ({ options }) => String(options['appId'] ?? ''),
  },
])

/**
 * A form field of type `region` writes a city with `00`: the codes of the area members are refused there (trap 5).
 * @throws GatewayError `CONVERSION_INCOMPLETE` with the place of each
 */
function refuseCityAreas({ form: values }: Application, { matter, options }: C): void {
  const wrong = matter.form.fields.filter(
    ({ name, type }) => type === 'area' && isCityArea(values[name] ?? '', options),
  )
  if (wrong.length === 0) return
  throw new GatewayError(
    'CONVERSION_INCOMPLETE',
    { field: wrong[0]?.name ?? '' },
    {
      errors: wrong.map(({ name, label }) => ({
        pointer: `/form/${escapePointer(name)}`,
        code: 'AREA',
        zh: `“${label.zh}”填写地级市时以 00 结尾`,
        en: 'A city ends in 00 here',
      })),
    },
  )
}

const codec = {
  ...flat,
  decode: (wire: Wire, context: C, place: Place): Application => {
    place.notes?.push({
      how: 'dropped',
      wire: ['/extInfo/sourceProjectNo'],
      canon: [],
      label: '来源办件编号',
      rule: 'source number',
      reason: '网关为每份申请另编来源编号',
    })
    return flat.decode(wire, context, place)
  },
  encode: (canon: Application, context: C, place: Place): Wire => {
    refuseCityAreas(canon, context)
    const wire = flat.encode(canon, context, place)
    wire.applicantVO = voOf(canon, place)
    wire.memo = canon.note ?? ''
    return wire
  },
}

const whole = message<Wire, Application, C>('zhejiang/application', WireApplication, codec)

/** The matter and place that a document names. */
function refer(wire: unknown): MatterReference | undefined {
  if (typeof wire !== 'object' || wire === null) return undefined
  const { matterCode, areaCode } = wire as { matterCode?: unknown; areaCode?: unknown }
  if (typeof matterCode !== 'string' || matterCode === '') return undefined
  return {
    code: matterCode,
    ...(typeof areaCode === 'string' && /^[1-9]\d{5}$/.test(areaCode) ? { division: cityOf(areaCode) } : {}),
  }
}

export const application = { ...whole, refer }
