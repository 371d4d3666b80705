/** An application in Zhejiang's words. */
import { GatewayError } from '../../errors.ts'
import type { Agent, Applicant, Application, DocumentEntry } from '../../schemas/application.ts'
import { notesOfForm, parseInner, wallClock } from '../kit/codecs.ts'
import type { ApplicationContext, MatterReference } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import {
  compile,
  leaves,
  maybe,
  type Note,
  none,
  type Place,
  ROOT,
  row,
  spread,
  type Table,
} from '../kit/table.ts'
import {
  type WireApplication as Wire,
  type WireApplicant,
  WireApplication,
  type WireMaterial,
} from './application.wire.ts'
import { area } from './areas.ts'
import { applicantKind, caseType, certType, takeType } from './codes.ts'

type C = ApplicationContext

const note = (
  place: Place,
  how: Note['how'],
  wire: readonly string[],
  canon: readonly string[],
  label: string,
  rule: string,
): void =>
  void place.notes?.push({ how, wire: wire.map((one) => `${place.wire}/${one}`), canon, label, rule })
const drop = (place: Place, canon: readonly string[], label: string, reason: string): void =>
  void place.notes?.push({ how: 'dropped', wire: [], canon, label, rule: 'none', reason })

const missing = (pointer: string, zh: string) =>
  new GatewayError(
    'CONVERSION_INCOMPLETE',
    { field: pointer },
    { errors: [{ pointer, code: 'MISSING', zh, en: 'Zhejiang needs this' }] },
  )

const VO = 'applicantVO'

/** The applicant, and the contact who is the agent where there is one. */
const applicant = {
  name: 'applicantVO',
  how: 'derived' as const,
  deep: true as const,
  decode: ({ applicantVO: vo }: Wire, _context: C, place: Place): Applicant => {
    const kind = applicantKind.decode(vo.userProp, {}, place)
    const at = place.canon
    if (place.notes) note(place, 'copied', [`${VO}/applyName`], [`${at}/name`], '申请人', 'text')
    if (place.notes)
      note(
        place,
        'coded',
        [`${VO}/applyCardType`],
        [`${at}/idDocument/type`],
        '申请人证件类型',
        certType.name,
      )
    if (place.notes)
      note(place, 'copied', [`${VO}/applyCardNumber`], [`${at}/idDocument/number`], '申请人证件号码', 'text')
    if (place.notes)
      note(place, 'coded', [`${VO}/userProp`], [`${at}/kind`], '申请人类型', applicantKind.name)
    if (!hasAgent(vo))
      if (place.notes) note(place, 'copied', [`${VO}/contactPhone`], [`${at}/mobile`], '联系电话', 'text')
    if (vo.legalMan !== '')
      note(place, 'copied', [`${VO}/legalMan`], [`${at}/legalRepresentative`], '法定代表人', 'text')
    else
      place.notes?.push({
        how: 'dropped',
        wire: [`${place.wire}/${VO}/legalMan`],
        canon: [],
        label: '法定代表人',
        rule: 'absent',
        reason: '空值: 没有内容可转换',
      })
    if (vo.address !== undefined)
      if (place.notes)
        note(
          place,
          vo.address === '' ? 'dropped' : 'copied',
          [`${VO}/address`],
          vo.address === '' ? [] : [`${at}/address`],
          '地址',
          'text',
        )
    return {
      kind,
      name: vo.applyName,
      idDocument: { type: certType.decode(vo.applyCardType, {}, place), number: vo.applyCardNumber },
      ...(hasAgent(vo) ? {} : { mobile: vo.contactPhone }),
      ...(vo.address ? { address: vo.address } : {}),
      ...(vo.legalMan === '' ? {} : { legalRepresentative: vo.legalMan }),
    }
  },
  // Written whole by `voOf`, which knows the agent too.
  encode: (): Partial<Wire> => ({}),
  rows: () =>
    (
      [
        ['/name', 'applyName', '申请人'],
        ['/idDocument/type', 'applyCardType', '申请人证件类型'],
        ['/idDocument/number', 'applyCardNumber', '申请人证件号码'],
        ['/kind', 'userProp', '申请人类型'],
        ['/mobile', 'contactPhone', '联系电话'],
        ['/legalRepresentative', 'legalMan', '法定代表人'],
        ['/address', 'address', '地址'],
      ] as const
    ).map(([canon, wire, label]) => ({
      canon,
      wire: [`${VO}/${wire}`],
      label,
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    })),
}

/** The contact is the applicant himself unless he is somebody else by name or number. */
function hasAgent(vo: WireApplicant): boolean {
  if (vo.userProp === '2') return true
  return vo.contactCardNumber !== undefined && vo.contactCardNumber !== vo.applyCardNumber
}

const agent = {
  name: 'applicantVO.contact…',
  how: 'derived' as const,
  deep: true as const,
  decode: ({ applicantVO: vo }: Wire, _context: C, place: Place): Agent | undefined => {
    if (!hasAgent(vo)) {
      if (place.notes)
        note(place, 'merged', [`${VO}/contactMan`], ['/applicant/name'], '联系人', 'the applicant himself')
      if (vo.contactCardType !== undefined)
        if (place.notes)
          note(
            place,
            'merged',
            [`${VO}/contactCardType`],
            ['/applicant/idDocument/type'],
            '联系人证件类型',
            'the applicant himself',
          )
      if (vo.contactCardNumber !== undefined)
        if (place.notes)
          note(
            place,
            'merged',
            [`${VO}/contactCardNumber`],
            ['/applicant/idDocument/number'],
            '联系人证件号码',
            'the applicant himself',
          )
      return undefined
    }
    if (vo.contactCardType === undefined || vo.contactCardNumber === undefined)
      throw new GatewayError('FIELD_UNREADABLE', { field: 'contactCardNumber' })
    if (place.notes) note(place, 'copied', [`${VO}/contactMan`], [`${place.canon}/name`], '联系人', 'text')
    if (place.notes)
      note(
        place,
        'coded',
        [`${VO}/contactCardType`],
        [`${place.canon}/idDocument/type`],
        '联系人证件类型',
        certType.name,
      )
    if (place.notes)
      note(
        place,
        'copied',
        [`${VO}/contactCardNumber`],
        [`${place.canon}/idDocument/number`],
        '联系人证件号码',
        'text',
      )
    if (place.notes)
      note(place, 'copied', [`${VO}/contactPhone`], [`${place.canon}/mobile`], '联系电话', 'text')
    return {
      name: vo.contactMan,
      idDocument: { type: certType.decode(vo.contactCardType, {}, place), number: vo.contactCardNumber },
      mobile: vo.contactPhone,
    }
  },
  encode: (): Partial<Wire> => ({}),
  rows: () =>
    (
      [
        ['/name', 'contactMan', '联系人'],
        ['/idDocument/type', 'contactCardType', '联系人证件类型'],
        ['/idDocument/number', 'contactCardNumber', '联系人证件号码'],
        ['/mobile', 'contactPhone', '联系电话'],
      ] as const
    ).map(([canon, wire, label]) => ({
      canon,
      wire: [`${VO}/${wire}`],
      label,
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    })),
}

const wordOfCert = (type: string): string => certType.table[type]?.[0] ?? 'OTHER'

function voOf({ applicant: who, agent: acting }: Application, place: Place): WireApplicant {
  const firm = who.kind === 'organisation'
  if (firm && !acting) throw missing('/agent', '组织的申请需要经办人')
  if (firm && !who.legalRepresentative) throw missing('/applicant/legalRepresentative', '请填写法定代表人')
  const phone = acting?.mobile ?? who.mobile
  if (!phone) throw missing('/applicant/mobile', '浙江要求手机号码')
  if (place.notes) note(place, 'copied', [`${VO}/applyName`], ['/applicant/name'], '申请人', 'text')
  if (place.notes)
    note(
      place,
      'coded',
      [`${VO}/applyCardType`],
      ['/applicant/idDocument/type'],
      '申请人证件类型',
      certType.name,
    )
  if (place.notes)
    note(
      place,
      'copied',
      [`${VO}/applyCardNumber`],
      ['/applicant/idDocument/number'],
      '申请人证件号码',
      'text',
    )
  if (place.notes)
    note(place, 'coded', [`${VO}/userProp`], ['/applicant/kind'], '申请人类型', applicantKind.name)
  if (place.notes)
    note(
      place,
      acting ? 'copied' : 'split',
      [`${VO}/contactMan`],
      [acting ? '/agent/name' : '/applicant/name'],
      '联系人',
      'text',
    )
  if (place.notes)
    note(
      place,
      'copied',
      [`${VO}/contactPhone`],
      [acting ? '/agent/mobile' : '/applicant/mobile'],
      '联系电话',
      'text',
    )
  if (acting) {
    if (place.notes)
      note(
        place,
        'coded',
        [`${VO}/contactCardType`],
        ['/agent/idDocument/type'],
        '联系人证件类型',
        certType.name,
      )
    if (place.notes)
      note(
        place,
        'copied',
        [`${VO}/contactCardNumber`],
        ['/agent/idDocument/number'],
        '联系人证件号码',
        'text',
      )
    if (who.mobile) drop(place, ['/applicant/mobile'], '申请人手机', '浙江只登记联系人的手机')
    if (acting.mandate) drop(place, ['/agent/mandate'], '授权', '浙江的申请没有授权标识这一项')
  }
  if (who.address)
    if (place.notes) note(place, 'copied', [`${VO}/address`], ['/applicant/address'], '地址', 'text')
  if (firm)
    note(place, 'copied', [`${VO}/legalMan`], ['/applicant/legalRepresentative'], '法定代表人', 'text')
  else {
    if (place.notes)
      note(place, 'defaulted', [`${VO}/legalMan`], [], '法定代表人', 'constant "" for a person')
    if (who.legalRepresentative)
      drop(place, ['/applicant/legalRepresentative'], '法定代表人', '个人申请没有法定代表人')
  }
  for (const member of ['postcode', 'legalRepresentativeId'] as const)
    if (who[member]) drop(place, leaves(who[member], `/applicant/${member}`), member, '浙江的申请没有这一项')
  return {
    applyName: who.name,
    applyCardType: wordOfCert(who.idDocument.type),
    applyCardNumber: who.idDocument.number,
    userProp: applicantKind.codeOf(who.kind),
    contactMan: acting?.name ?? who.name,
    contactPhone: phone,
    ...(acting
      ? { contactCardType: wordOfCert(acting.idDocument.type), contactCardNumber: acting.idDocument.number }
      : {}),
    legalMan: firm ? (who.legalRepresentative ?? '') : '',
    ...(who.address ? { address: who.address } : {}),
  }
}

/** `affFormInfo`: the form values as JSON in a string. */
const form = {
  name: 'affFormInfo: JSON in a string',
  how: 'split' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): Application['form'] => {
    const parsed = parseInner(wire.affFormInfo)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw new GatewayError('FIELD_UNREADABLE')
    for (const value of Object.values(parsed))
      if (typeof value !== 'string') throw new GatewayError('FIELD_UNREADABLE')
    const names = Object.keys(parsed)
    notesOfForm(place, names, () => `${place.wire}/affFormInfo`, 'split', 'affFormInfo')
    if (names.length === 0)
      place.notes?.push({
        how: 'copied',
        wire: [`${place.wire}/affFormInfo`],
        canon: [place.canon],
        label: '表单',
        rule: 'affFormInfo',
      })
    // Every value has just been checked.
    return parsed as Application['form']
  },
  encode: (canon: Application['form'], _context: C, place: Place): Partial<Wire> => {
    const names = Object.keys(canon)
    notesOfForm(place, names, () => `${place.wire}/affFormInfo`, 'merged', 'affFormInfo')
    if (names.length === 0)
      place.notes?.push({
        how: 'copied',
        wire: [`${place.wire}/affFormInfo`],
        canon: [place.canon],
        label: '表单',
        rule: 'affFormInfo',
      })
    return { affFormInfo: JSON.stringify(canon) }
  },
  rows: () => [
    {
      canon: '',
      wire: ['affFormInfo'],
      label: '表单',
      how: 'split' as const,
      rule: 'affFormInfo: JSON in a string',
      optional: false,
    },
  ],
}

const documents = {
  name: 'suffInfoList',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): DocumentEntry[] =>
    wire.suffInfoList.map((material, index) => {
      const [from, to] = [`suffInfoList/${index}`, `${place.canon}/${index}`]
      const mode = takeType.decode(material.takeType, {}, place)
      if (place.notes) note(place, 'copied', [`${from}/suffId`], [`${to}/id`], '材料标识', 'text')
      if (place.notes) note(place, 'coded', [`${from}/takeType`], [`${to}/mode`], '收取方式', takeType.name)
      place.notes?.push({
        how: 'dropped',
        wire: [`${place.wire}/${from}/suffName`],
        canon: [],
        label: '材料名称',
        rule: 'matter.documents',
        reason: '由事项得知',
      })
      const uploads = material.attachMentVOs.map((file, n) => {
        if (place.notes)
          note(
            place,
            'copied',
            [`${from}/attachMentVOs/${n}/attPath`],
            [`${to}/uploads/${n}`],
            '附件',
            'text',
          )
        place.notes?.push({
          how: 'dropped',
          wire: [
            `${place.wire}/${from}/attachMentVOs/${n}/attName`,
            `${place.wire}/${from}/attachMentVOs/${n}/memo`,
          ],
          canon: [],
          label: '附件名称',
          rule: 'upload',
          reason: '由上传的文件得知',
        })
        return file.attPath
      })
      if (uploads.length === 0)
        place.notes?.push({
          how: 'dropped',
          wire: [`${place.wire}/${from}/attachMentVOs`],
          canon: [],
          label: '附件',
          rule: 'absent',
          reason: '空值: 没有内容可转换',
        })
      if (material.certificateSourceId)
        if (place.notes)
          note(place, 'copied', [`${from}/certificateSourceId`], [`${to}/licence`], '电子证照标识', 'text')
      return {
        id: material.suffId,
        mode,
        ...(mode === 'upload' || mode === 'scan' ? { uploads } : {}),
        ...(material.certificateSourceId ? { licence: material.certificateSourceId } : {}),
      }
    }),
  encode: (canon: Application['documents'], { matter }: C, place: Place): Partial<Wire> => ({
    suffInfoList: canon.map((entry, index): WireMaterial => {
      const [to, from] = [`suffInfoList/${index}`, `${place.canon}/${index}`]
      if (place.notes) note(place, 'copied', [`${to}/suffId`], [`${from}/id`], '材料标识', 'text')
      if (place.notes) note(place, 'coded', [`${to}/takeType`], [`${from}/mode`], '收取方式', takeType.name)
      if (place.notes) note(place, 'defaulted', [`${to}/suffName`], [], '材料名称', 'matter.documents')
      if (entry.licence)
        if (place.notes)
          note(
            place,
            entry.mode === 'licence' ? 'copied' : 'dropped',
            entry.mode === 'licence' ? [`${to}/certificateSourceId`] : [],
            [`${from}/licence`],
            '电子证照标识',
            'text',
          )
      const files = entry.mode === 'upload' || entry.mode === 'scan' ? (entry.uploads ?? []) : []
      return {
        suffId: entry.id,
        suffName: matter.documents.find((one) => one.id === entry.id)?.name.zh ?? '',
        takeType: takeType.codeOf(entry.mode),
        attachMentVOs: files.map((upload, n) => {
          if (place.notes)
            note(
              place,
              'copied',
              [`${to}/attachMentVOs/${n}/attPath`],
              [`${from}/uploads/${n}`],
              '附件',
              'text',
            )
          return { attName: `附件${n + 1}`, attPath: upload, memo: '' }
        }),
        ...(entry.mode === 'licence' && entry.licence ? { certificateSourceId: entry.licence } : {}),
      }
    }),
  }),
  rows: () => [
    {
      canon: '/*/id',
      wire: ['suffInfoList/*/suffId'],
      label: '材料标识',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
    {
      canon: '/*/mode',
      wire: ['suffInfoList/*/takeType'],
      label: '收取方式',
      how: 'coded' as const,
      rule: takeType.name,
      optional: false,
    },
    {
      canon: '/*/uploads',
      wire: ['suffInfoList/*/attachMentVOs'],
      label: '附件',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
    {
      canon: '/*/licence',
      wire: ['suffInfoList/*/certificateSourceId'],
      label: '电子证照标识',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
  ],
}

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
  sourceDivision: spread(['extInfo'], '来源区划', {
    name: 'extInfo.sourceAreaCode',
    how: 'copied',
    deep: true,
    decode: (wire: Wire, _context: C, place: Place) => {
      const { sourceAreaCode, sourceRegion } = wire.extInfo
      if (place.notes)
        note(
          place,
          'copied',
          [sourceAreaCode ? 'extInfo/sourceAreaCode' : 'extInfo/sourceRegion'],
          [place.canon],
          '来源区划',
          'text',
        )
      if (sourceAreaCode)
        place.notes?.push({
          how: 'dropped',
          wire: [`${place.wire}/extInfo/sourceRegion`],
          canon: [],
          label: '来源省',
          rule: 'first two digits',
          reason: '由来源区划得知',
        })
      return sourceAreaCode || sourceRegion
    },
    encode: (canon: string, { sourceNumber }: C, place: Place): Partial<Wire> => {
      if (place.notes)
        note(
          place,
          'split',
          ['extInfo/sourceAreaCode', 'extInfo/sourceRegion'],
          [place.canon],
          '来源区划',
          'code and its province',
        )
      if (place.notes)
        note(place, 'defaulted', ['extInfo/sourceProjectNo'], [], '来源办件编号', 'source number')
      return {
        extInfo: {
          sourceRegion: `${canon.slice(0, 2)}0000`,
          sourceProjectNo: sourceNumber,
          sourceAreaCode: canon,
        },
      }
    },
    rows: () => [
      {
        canon: '',
        wire: ['extInfo/sourceAreaCode'],
        label: '来源区划',
        how: 'copied' as const,
        rule: 'text',
        optional: false,
      },
    ],
  }),
  applicant: spread([VO], '申请人信息', applicant),
  agent: spread([VO], '联系人', agent) as never,
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
  }) as never,
  appliedAt: spread(['gmtApply'], '申请时间', {
    name: 'wall clock, Asia/Shanghai',
    how: 'derived',
    decode: (wire: Wire, _context: C, place: Place) => wallClock.decode(wire.gmtApply, {}, place),
    encode: (canon: string | undefined, { appliedAt }: C): Partial<Wire> => ({
      gmtApply: wallClock.encode(canon ?? appliedAt, {}, ROOT),
    }),
  }) as never,
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
    value: ({ matter }, canon) =>
      [...`关于${canon.applicant.name}的${matter.name.zh}`].slice(0, 200).join(''),
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
    value: ({ matter }) => [...(matter.agency?.name ?? '')].slice(0, 100).join(''),
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
    const wire = flat.encode(canon, context, place)
    return { ...wire, applicantVO: voOf(canon, place), memo: canon.note ?? '' }
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
    ...(typeof areaCode === 'string' && /^[1-9]\d{5}$/.test(areaCode)
      ? { division: area.decode(areaCode, {}, ROOT) }
      : {}),
  }
}

export const application = { ...whole, refer }
