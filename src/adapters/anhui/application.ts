/** An application in Anhui's words: three XML documents in parsed form. The table sees them as one flat object. */
import { GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import { escapePointer } from '../../schemas/pointers.ts'
import { wallClock } from '../kit/clock.ts'
import { compile } from '../kit/compile.ts'
import type { ApplicationContext, MatterReference } from '../kit/contract.ts'
import { parseInner } from '../kit/inner-json.ts'
import { message } from '../kit/message.ts'
import { type Explained, isAbsent, none, row, spread, type Table } from '../kit/table.ts'
import type { Note, Place } from '../kit/trace.ts'
import {
  type WireCallInfo as CallInfo,
  type WireServiceInfo as ServiceInfo,
  type WireApplication as Wire,
  WireApplication,
  WireCallInfo,
  WireServiceInfo,
} from './application.wire.ts'
import { area, divisionOf } from './areas.ts'
import { documents } from './attachments.ts'
import { CASE_TYPE_LABELS, caseType } from './codes.ts'
import { isArea, readValue, writeValue } from './form.ts'
import { unidOf } from './numbers.ts'
import { agent, applicant, writePersons } from './persons.ts'

type C = ApplicationContext
type Flat = CallInfo & ServiceInfo & Pick<Wire, 'attrXml' | 'formXml'>

const CALL_AT = '/apasInfoXml/RECORD/CALLINFO'
const SERVICE_AT = '/apasInfoXml/RECORD/SERVICEINFO'
const FORM_AT = '/formXml/RECORD/FORMDATA'

/** Where a pointer of the flat object stands in the document. */
function placed(pointer: string): string {
  if (pointer.startsWith('/attrXml') || pointer.startsWith('/formXml')) return pointer
  return (pointer.slice(1) in WireCallInfo.properties ? CALL_AT : SERVICE_AT) + pointer
}

/** `FORMDATA`: one element for each field of the matter's form, empty where nothing is said. */
const form = {
  name: 'FORMDATA',
  how: 'copied' as const,
  deep: true as const,
  decode: ({ formXml }: Flat, { matter }: C, place: Place): Application['form'] => {
    const { FORMDATA } = formXml.RECORD
    place.notes?.push({
      how: 'dropped',
      wire: ['/formXml/RECORD/UNID'],
      canon: [],
      label: '申请标识',
      rule: 'UNID',
      reason: '网关为每份申请另编标识',
    })
    const told = FORMDATA === '' ? [] : Object.entries(FORMDATA)
    const out: Record<string, string> = {}
    for (const [name, value] of told) {
      if (value !== '') out[name] = readValue(matter, name, value)
      place.notes?.push(
        value === ''
          ? { ...leaf(name), canon: [], how: 'dropped', rule: 'absent', reason: '空值: 没有内容可转换' }
          : {
              ...leaf(name),
              canon: [`${place.canon}/${escapePointer(name)}`],
              ...wayOf(matter, name),
            },
      )
    }
    if (told.length === 0)
      place.notes?.push({
        how: 'copied',
        wire: [FORM_AT],
        canon: [place.canon],
        label: '表单',
        rule: 'FORMDATA',
      })
    return out
  },
  encode: (canon: Application['form'], { matter, sourceNumber }: C, place: Place): Partial<Flat> => {
    place.notes?.push({
      how: 'defaulted',
      wire: ['/formXml/RECORD/UNID'],
      canon: [],
      label: '申请标识',
      rule: 'UNID',
    })
    const names = [...new Set([...matter.form.fields.map((field) => field.name), ...Object.keys(canon)])]
    const data: Record<string, string> = {}
    for (const name of names) {
      const value = canon[name] ?? ''
      data[name] = writeValue(matter, name, value)
      place.notes?.push(
        canon[name] === undefined
          ? { ...leaf(name), canon: [], how: 'defaulted', rule: 'constant "" for nothing said' }
          : {
              ...leaf(name),
              canon: [`${place.canon}/${escapePointer(name)}`],
              ...wayOf(matter, name),
            },
      )
    }
    if (Object.keys(canon).length === 0)
      place.notes?.push({
        how: 'copied',
        wire: [FORM_AT],
        canon: [place.canon],
        label: '表单',
        rule: 'FORMDATA',
      })
    return { formXml: { RECORD: { UNID: unidOf(sourceNumber), FORMDATA: data } } }
  },
  rows: () => [
    { canon: '', wire: [FORM_AT], label: '表单', how: 'copied' as const, rule: 'FORMDATA', optional: false },
  ],
}

/** How a value of the form goes: told by the field, whatever stands in it. */
const wayOf = (matter: Matter, name: string) =>
  isArea(matter, name)
    ? { how: 'derived' as const, rule: area.name }
    : { how: 'copied' as const, rule: 'text' }

const leaf = (name: string) => ({ wire: [`${FORM_AT}/${escapePointer(name)}`], label: name })

/** `EXTEND` is an extension slot: JSON in a string, of which the gateway knows `applyRegion`. */
const sourceDivision = {
  name: 'applyRegion of EXTEND',
  how: 'derived' as const,
  decode: ({ EXTEND, AREACODE }: Flat): string => {
    if (isAbsent(EXTEND)) return divisionOf(AREACODE)
    const parsed = parseInner(EXTEND)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw new GatewayError('FIELD_UNREADABLE')
    const told = (parsed as Readonly<Record<string, unknown>>)['applyRegion']
    // An application that says nothing of another place was made where it is handled.
    return isAbsent(told) ? divisionOf(AREACODE) : divisionOf(told)
  },
  encode: (canon: string): Partial<Flat> => ({ EXTEND: JSON.stringify({ applyRegion: canon }) }),
}

const table: Table<Flat, Application, C> = {
  matter: spread(['SERVICECODE'], '事项编码', {
    name: 'SERVICECODE by the catalogue',
    how: 'derived',
    decode: (_wire: Flat, { matter }: C) => matter.id,
    encode: (_canon: string, { matter }: C): Partial<Flat> => ({
      SERVICECODE: matter.regional?.code ?? matter.id,
    }),
  }),
  matterVersion: spread(['SERVICEVERSION'], '事项版本', {
    name: 'text',
    how: 'copied',
    decode: ({ SERVICEVERSION }: Flat) => (SERVICEVERSION === '' ? undefined : SERVICEVERSION),
    encode: (canon: string | undefined, { matter }: C): Partial<Flat> => ({
      SERVICEVERSION: canon ?? matter.regional?.version ?? '',
    }),
  }),
  division: row('AREACODE', '办理地', area),
  sourceDivision: spread(['EXTEND'], '来源区划', sourceDivision),
  applicant: spread(['APPLYNAME'], '申请人', applicant),
  agent: spread(['CONTACTMAN'], '联系人', agent),
  form: spread(['formXml'], '表单', form),
  documents: spread(['attrXml'], '材料', documents),
  delivery: none('安徽在表单中填写领取方式, 申请没有送达这一项'),
  mode: none('安徽的通办方式由事项决定'),
  note: none('安徽的申请没有备注这一项'),
  appliedAt: spread(['CALLTIME'], '申请时间', {
    name: 'wall clock, Asia/Shanghai',
    how: 'derived',
    decode: ({ CALLTIME }: Flat, _context: C, place: Place) => wallClock.decode(CALLTIME, {}, place),
    encode: (canon: string | undefined, { appliedAt }: C, place: Place): Partial<Flat> => ({
      CALLTIME: wallClock.encode(canon ?? appliedAt, {}, place),
    }),
  }),
}

const PROJECT_NAME_LENGTH = 200
const fromMatter = '由事项得知'
const constant = '常量'
const platform = '只在来源系统内有意义'
const option =
  (name: string) =>
  ({ options }: C): string =>
    String(options[name] ?? '')
const codeOfType = ({ matter }: C): string => (matter.handling ? caseType.codeOf(matter.handling) : '')

const flat = compile<Flat, Application, C>('anhui/application', table, [
  { wire: 'CALLER', label: '调用方', rule: 'option.caller', dropped: platform, value: option('caller') },
  {
    wire: 'CALLBACK_URL',
    label: '回调地址',
    rule: 'option.callbackUrl',
    dropped: platform,
    value: option('callbackUrl'),
  },
  { wire: 'ISSUE', label: '专题', rule: 'option.issue', dropped: platform, value: option('issue') },
  {
    wire: 'UNID',
    label: '申请标识',
    rule: 'UNID',
    dropped: '网关为每份申请另编标识',
    value: ({ sourceNumber }) => unidOf(sourceNumber),
  },
  {
    wire: 'PROJID',
    label: '办件编号',
    rule: 'given by projIdFeedback',
    dropped: '办件编号由安徽给出',
    value: () => '',
  },
  {
    wire: 'PROJPWD',
    label: '查询密码',
    rule: 'secret',
    dropped: '密码不保留',
    value: () => '',
  },
  {
    wire: 'SERVICENAME',
    label: '事项名称',
    rule: 'matter.name',
    dropped: fromMatter,
    value: ({ matter }) => matter.name.zh,
  },
  {
    wire: 'PROJECTNAME',
    label: '办件名称',
    rule: 'applicant and matter',
    dropped: '由申请人和事项得知',
    value: ({ matter }, canon) =>
      [...`关于${canon.applicant.name}的${matter.name.zh}`].slice(0, PROJECT_NAME_LENGTH).join(''),
  },
  {
    wire: 'infoType',
    label: '办件类型名称',
    rule: 'matter.handling',
    dropped: fromMatter,
    value: (context) => CASE_TYPE_LABELS[codeOfType(context)] ?? '',
  },
  {
    wire: 'INFOTYPE_CODE',
    label: '办件类型',
    rule: 'matter.handling',
    dropped: fromMatter,
    value: codeOfType,
  },
  {
    wire: 'IS_MULTI',
    label: '是否联办',
    rule: 'constant 0',
    dropped: '网关的申请不属于联办',
    value: () => '0',
  },
  { wire: 'MULTI_ID', label: '联办标识', rule: 'constant ""', dropped: '网关没有联办标识', value: () => '' },
  {
    wire: 'DEPTID',
    label: '实施机构标识',
    rule: 'matter.agency.code',
    dropped: fromMatter,
    value: ({ matter }) => matter.agency?.code ?? '',
  },
  {
    wire: 'DEPTNAME',
    label: '实施机构',
    rule: 'matter.agency.name',
    dropped: fromMatter,
    value: ({ matter }) => matter.agency?.name ?? '',
  },
  {
    wire: 'RECEIVE_USEID',
    label: '收件人标识',
    rule: 'constant ""',
    dropped: '网关没有收件窗口',
    value: () => '',
  },
  {
    wire: 'RECEIVE_NAME',
    label: '收件人',
    rule: 'constant ""',
    dropped: '网关没有收件窗口',
    value: () => '',
  },
  {
    wire: 'APPLYFROM',
    label: '申请来源',
    rule: 'option.applyFrom',
    dropped: constant,
    value: option('applyFrom'),
  },
  { wire: 'handleState', label: '办件状态', rule: 'constant 01', dropped: constant, value: () => '01' },
  { wire: 'BELONGTO', label: '归属', rule: 'constant ""', dropped: platform, value: () => '' },
  { wire: 'dataState', label: '数据状态', rule: 'constant 1', dropped: constant, value: () => '1' },
  {
    wire: 'BELONGSYSTEM',
    label: '所属系统',
    rule: 'option.belongSystem',
    dropped: platform,
    value: option('belongSystem'),
  },
])

const flatten = (wire: Wire): Flat => ({
  ...wire.apasInfoXml.RECORD.SERVICEINFO,
  ...wire.apasInfoXml.RECORD.CALLINFO,
  attrXml: wire.attrXml,
  formXml: wire.formXml,
})

/** The members of a part, in the order of its schema: Anhui's own order is the order that is sent. */
function part<T extends object>(names: readonly string[], from: Flat): T {
  const source = from as Readonly<Record<string, unknown>>
  const made: Record<string, unknown> = {}
  for (const name of names) if (source[name] !== undefined) made[name] = source[name]
  // The names are those of the schema that `T` comes from; it is checked before anything is sent.
  return made as T
}

const CALL_MEMBERS = Object.keys(WireCallInfo.properties)
const SERVICE_MEMBERS = Object.keys(WireServiceInfo.properties)

const nested = (from: Flat): Wire => ({
  apasInfoXml: {
    RECORD: {
      CALLINFO: part<CallInfo>(CALL_MEMBERS, from),
      SERVICEINFO: part<ServiceInfo>(SERVICE_MEMBERS, from),
    },
  },
  attrXml: from.attrXml,
  formXml: from.formXml,
})

/** A note of the flat table, at home in the document; what is empty lost nothing. */
function relocated(one: Note, from: Readonly<Record<string, unknown>>): Note {
  const empty =
    one.how === 'dropped' && one.wire.length > 0 && one.wire.every((pointer) => from[pointer.slice(1)] === '')
  return {
    ...one,
    wire: one.wire.map(placed),
    ...(empty ? { rule: 'absent', reason: '空值: 没有内容可转换' } : {}),
  }
}

/** Says where in the document a member that cannot be read stands. */
function atHome(error: unknown): unknown {
  if (!(error instanceof GatewayError)) return error
  const errors = error.errors.map((one) => ({ ...one, pointer: placed(one.pointer) }))
  return new GatewayError(error.code, error.facts, { errors, cause: error })
}

const inDocument = (line: Explained): Explained => ({
  ...line,
  wire: line.wire.map((name) => placed(name.startsWith('/') ? name : `/${name}`).slice(1)),
})

const codec = {
  ...flat,
  decode: (wire: Wire, context: C, place: Place): Application => {
    const from = flatten(wire)
    const notes: Note[] | undefined = place.notes && []
    let canon: Application
    try {
      canon = flat.decode(from, context, { ...place, notes })
    } catch (error) {
      throw atHome(error)
    }
    if (notes) {
      place.notes?.push(...notes.map((one) => relocated(one, from)))
      noteEmpty(from, place, notes)
    }
    return canon
  },
  encode: (canon: Application, context: C, place: Place): Wire => {
    const notes: Note[] | undefined = place.notes && []
    const inner = { ...place, notes }
    // The files of an application were taken when the applicant applied, not when it is sent.
    const at = { ...context, appliedAt: canon.appliedAt ?? context.appliedAt }
    const made = { ...flat.encode(canon, at, inner), ...writePersons(canon, inner) }
    if (notes) place.notes?.push(...notes.map((one) => ({ ...one, wire: one.wire.map(placed) })))
    return nested(made)
  },
  rows: () => (flat.rows?.() ?? []).map(inDocument),
}

/** Members of the persons that are there and empty. */
function noteEmpty(from: Flat, place: Place, notes: readonly Note[]): void {
  const told = new Set(notes.flatMap((one) => one.wire))
  for (const [name, value] of Object.entries(from))
    if (value === '' && !told.has(`/${name}`))
      place.notes?.push({
        how: 'dropped',
        wire: [placed(`/${name}`)],
        canon: [],
        label: name,
        rule: 'absent',
        reason: '空值: 没有内容可转换',
      })
}

const whole = message<Wire, Application, C>('anhui/application', WireApplication, codec)

const childOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined

/** The matter and place that a document names. */
function refer(wire: unknown): MatterReference | undefined {
  const info = childOf(childOf(childOf(wire, 'apasInfoXml'), 'RECORD'), 'SERVICEINFO')
  const code = childOf(info, 'SERVICECODE')
  const place = childOf(info, 'AREACODE')
  if (typeof code !== 'string' || code === '') return undefined
  return {
    code,
    ...(typeof place === 'string' && /^[1-9]\d{5}(\d{6})?$/.test(place)
      ? { division: divisionOf(place) }
      : {}),
  }
}

export const application = { ...whole, refer }
