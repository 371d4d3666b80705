/** An application in Shanghai's words: the applicant (`target…`) and the acting person (`username`, `license…`) side by side. */
import { GatewayError } from '../../errors.ts'
import type { Agent, Applicant, Application, DocumentEntry } from '../../schemas/application.ts'
import { notesOfForm, parseInner, wallClock } from '../kit/codecs.ts'
import type { ApplicationContext, MatterReference } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import {
  compile,
  given,
  isAbsent,
  leaves,
  type Note,
  none,
  type Place,
  row,
  spread,
  type Table,
} from '../kit/table.ts'
import {
  type WireApplication as Wire,
  WireApplication,
  type WireExtInfo,
  type WireUpload,
} from './application.wire.ts'
import { nine } from './areas.ts'
import { applicantKind, certType, deliveryMode, handleMode, submitType } from './codes.ts'
import { wordOfKind } from './matter.ts'

type C = ApplicationContext

/** 企业, 事业, 机关 or 其他, from the first two characters of the credit code. */
function wordOfOrganisation(uscc: string): string {
  if (uscc.startsWith('91')) return '企业'
  if (uscc.startsWith('12')) return '事业'
  return uscc.startsWith('11') ? '机关' : '其他'
}

const note = (
  place: Place,
  how: Note['how'],
  wire: readonly string[],
  canon: readonly string[],
  label: string,
  rule: string,
): void =>
  void place.notes?.push({ how, wire: wire.map((one) => `${place.wire}/${one}`), canon, label, rule })

const ext = (wire: Wire): WireExtInfo => wire.extInfo ?? {}

/** The applicant lies flat, and partly in `extInfo`. */
const applicant = {
  name: 'target members',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): Applicant => {
    const kind = applicantKind.find(wire.targetType)
    if (kind === undefined) throw new GatewayError('CODE_UNKNOWN', { table: applicantKind.name })
    const person = kind === 'person'
    const { targetLicenseType, lawPerson, address } = ext(wire)
    const own = person ? wire.licenseNo === wire.targetNo : true
    if (place.notes)
      note(place, 'coded', ['targetType'], [`${place.canon}/kind`], '申请人类型', applicantKind.name)
    if (place.notes) note(place, 'copied', ['targetName'], [`${place.canon}/name`], '申请人', 'text')
    if (place.notes)
      note(place, 'copied', ['targetNo'], [`${place.canon}/idDocument/number`], '申请人证件号码', 'text')
    if (targetLicenseType)
      if (place.notes)
        note(
          place,
          'coded',
          ['extInfo/targetLicenseType'],
          [`${place.canon}/idDocument/type`],
          '申请人证件类型',
          certType.name,
        )
    if (own && person)
      if (place.notes) note(place, 'copied', ['mobile'], [`${place.canon}/mobile`], '手机', 'text')
    if (lawPerson)
      if (place.notes)
        note(
          place,
          'copied',
          ['extInfo/lawPerson'],
          [`${place.canon}/legalRepresentative`],
          '法定代表人',
          'text',
        )
    if (address)
      if (place.notes) note(place, 'copied', ['extInfo/address'], [`${place.canon}/address`], '地址', 'text')
    return {
      kind: person ? 'person' : 'organisation',
      name: wire.targetName,
      idDocument: {
        type: targetLicenseType ? certType.decode(targetLicenseType, {}, place) : person ? '111' : '001',
        number: wire.targetNo,
      },
      ...(own && person ? { mobile: wire.mobile } : {}),
      ...(address ? { address } : {}),
      ...(lawPerson ? { legalRepresentative: lawPerson } : {}),
    }
  },
  encode: (canon: Applicant, _context: C, place: Place): Partial<Wire> => {
    const person = canon.kind === 'person'
    const word = person ? '个人' : wordOfOrganisation(canon.idDocument.number)
    const at = place.canon
    if (place.notes) note(place, 'coded', ['targetType'], [`${at}/kind`], '申请人类型', applicantKind.name)
    if (place.notes) note(place, 'copied', ['targetName'], [`${at}/name`], '申请人', 'text')
    if (place.notes)
      note(place, 'copied', ['targetNo'], [`${at}/idDocument/number`], '申请人证件号码', 'text')
    if (place.notes)
      note(
        place,
        'coded',
        ['extInfo/targetLicenseType'],
        [`${at}/idDocument/type`],
        '申请人证件类型',
        certType.name,
      )
    return { targetType: word, targetName: canon.name, targetNo: canon.idDocument.number }
  },
  rows: () => [
    {
      canon: '/kind',
      wire: ['targetType'],
      label: '申请人类型',
      how: 'coded' as const,
      rule: applicantKind.name,
      optional: false,
    },
    {
      canon: '/name',
      wire: ['targetName'],
      label: '申请人',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
    {
      canon: '/idDocument/number',
      wire: ['targetNo'],
      label: '申请人证件号码',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
    {
      canon: '/idDocument/type',
      wire: ['extInfo/targetLicenseType'],
      label: '申请人证件类型',
      how: 'coded' as const,
      rule: certType.name,
      optional: true,
    },
    {
      canon: '/mobile',
      wire: ['mobile'],
      label: '手机',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
    {
      canon: '/legalRepresentative',
      wire: ['extInfo/lawPerson'],
      label: '法定代表人',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
    {
      canon: '/address',
      wire: ['extInfo/address'],
      label: '地址',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
  ],
}

/** The acting person: the agent, or the applicant himself. */
const agent = {
  name: 'username, licenseType, licenseNo, mobile',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): Agent | undefined => {
    const own = wire.targetType === '个人' && wire.licenseNo === wire.targetNo
    if (own) {
      for (const [member, target] of [
        ['username', 'name'],
        ['licenseType', 'idDocument/type'],
        ['licenseNo', 'idDocument/number'],
      ] as const) {
        if (place.notes)
          note(place, 'merged', [member], [`/applicant/${target}`], '办理人', 'the applicant acts himself')
      }
      return undefined
    }
    if (place.notes) note(place, 'copied', ['username'], [`${place.canon}/name`], '办理人', 'text')
    if (place.notes)
      note(
        place,
        'coded',
        ['licenseType'],
        [`${place.canon}/idDocument/type`],
        '办理人证件类型',
        certType.name,
      )
    if (place.notes)
      note(place, 'copied', ['licenseNo'], [`${place.canon}/idDocument/number`], '办理人证件号码', 'text')
    if (place.notes) note(place, 'copied', ['mobile'], [`${place.canon}/mobile`], '手机', 'text')
    return {
      name: wire.username,
      idDocument: { type: certType.decode(wire.licenseType, {}, place), number: wire.licenseNo },
      mobile: wire.mobile,
    }
  },
  // Written by `acting`, which knows the applicant too.
  encode: (): Partial<Wire> => ({}),
  rows: () => [
    {
      canon: '/name',
      wire: ['username'],
      label: '办理人',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
    {
      canon: '/idDocument/type',
      wire: ['licenseType'],
      label: '办理人证件类型',
      how: 'coded' as const,
      rule: certType.name,
      optional: false,
    },
    {
      canon: '/idDocument/number',
      wire: ['licenseNo'],
      label: '办理人证件号码',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
    {
      canon: '/mobile',
      wire: ['mobile'],
      label: '手机',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
  ],
}

/** `info`: the form values as JSON in a string (trap 2). */
const form = {
  name: 'info: JSON in a string',
  how: 'split' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): Application['form'] => {
    const parsed = parseInner(wire.info)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
      throw new GatewayError('FIELD_UNREADABLE')
    for (const value of Object.values(parsed))
      if (typeof value !== 'string') throw new GatewayError('FIELD_UNREADABLE')
    if (Object.keys(parsed).length === 0)
      place.notes?.push({
        how: 'split',
        wire: [`${place.wire}/info`],
        canon: [place.canon],
        label: '表单',
        rule: 'info',
      })
    notesOfForm(place, Object.keys(parsed), () => `${place.wire}/info`, 'split', 'info')
    // Every value has just been checked.
    return parsed as Application['form']
  },
  encode: (canon: Application['form'], _context: C, place: Place): Partial<Wire> => {
    notesOfForm(place, Object.keys(canon), () => `${place.wire}/info`, 'merged', 'info')
    if (Object.keys(canon).length === 0)
      place.notes?.push({
        how: 'copied',
        wire: [`${place.wire}/info`],
        canon: [place.canon],
        label: '表单',
        rule: 'info',
      })
    return { info: JSON.stringify(canon) }
  },
  rows: () => [
    {
      canon: '',
      wire: ['info'],
      label: '表单',
      how: 'split' as const,
      rule: 'info: JSON in a string',
      optional: false,
    },
  ],
}

/** Files go into `stuffs`, licences into `extInfo.certs` (written by `acting`), what follows later needs no entry. */
const documents = {
  name: 'stuffs and extInfo.certs',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, context: C, place: Place): DocumentEntry[] => {
    const entries: DocumentEntry[] = []
    ;(wire.stuffs ?? []).forEach((stuff, index) => {
      let at = entries.findIndex((one) => one.id === stuff.stuffCode)
      if (at < 0) {
        at = entries.length
        entries.push({ id: stuff.stuffCode, mode: 'upload', uploads: [] })
      }
      const uploads = entries[at]?.uploads ?? []
      if (place.notes)
        note(place, 'copied', [`stuffs/${index}/stuffCode`], [`${place.canon}/${at}/id`], '材料编码', 'text')
      if (place.notes)
        note(
          place,
          'copied',
          [`stuffs/${index}/stuffId`],
          [`${place.canon}/${at}/uploads/${uploads.length}`],
          '附件',
          'text',
        )
      uploads.push(stuff.stuffId)
    })
    ;(ext(wire).certs ?? []).forEach((cert, index) => {
      if (place.notes)
        note(
          place,
          'copied',
          [`extInfo/certs/${index}/stuffCode`],
          [`${place.canon}/${entries.length}/id`],
          '材料编码',
          'text',
        )
      if (place.notes)
        note(
          place,
          'copied',
          [`extInfo/certs/${index}/certUuid`],
          [`${place.canon}/${entries.length}/licence`],
          '电子证照',
          'text',
        )
      entries.push({ id: cert.stuffCode, mode: 'licence', licence: cert.certUuid })
    })
    const order = new Map(context.matter.documents.map((one, index) => [one.id, index]))
    return entries.sort((a, b) => (order.get(a.id) ?? 999) - (order.get(b.id) ?? 999))
  },
  encode: (canon: Application['documents'], { matter }: C, place: Place): Partial<Wire> => {
    const stuffs: WireUpload[] = []
    canon.forEach((entry, index) => {
      const at = `${place.canon}/${index}`
      if (entry.mode === 'licence') return
      if (entry.mode !== 'upload' && entry.mode !== 'scan') {
        const reason =
          entry.mode === 'later'
            ? '容缺后补的材料在上海不列入申请, 以后再交'
            : '上海网上申请不登记纸质收取的材料'
        place.notes?.push({
          how: 'dropped',
          wire: [],
          canon: leaves(entry, at),
          label: '材料',
          rule: 'none',
          reason,
        })
        return
      }
      const wanted = matter.documents.find((one) => one.id === entry.id)
      for (const [n, upload] of (entry.uploads ?? []).entries()) {
        const to = `stuffs/${stuffs.length}`
        if (place.notes)
          note(place, 'copied', [`${to}/stuffCode`], [`${at}/id`, `${at}/mode`], '材料编码', 'text')
        if (place.notes) note(place, 'copied', [`${to}/stuffId`], [`${at}/uploads/${n}`], '附件', 'text')
        stuffs.push({
          stuffCode: entry.id,
          stuffName: wanted?.name.zh ?? '',
          stuffType: wordOfKind(wanted?.kind),
          stuffStatus: '0',
          stuffId: upload,
        })
      }
    })
    return { stuffs }
  },
  rows: () => [
    {
      canon: '/*/id',
      wire: ['stuffs/*/stuffCode'],
      label: '材料编码',
      how: 'copied' as const,
      rule: 'text',
      optional: false,
    },
    {
      canon: '/*/uploads',
      wire: ['stuffs/*/stuffId'],
      label: '附件',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
    {
      canon: '/*/licence',
      wire: ['extInfo/certs/*/certUuid'],
      label: '电子证照',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
  ],
}

/** `extInfo.delivery`. */
const delivery = {
  name: 'extInfo.delivery',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): Application['delivery'] | undefined => {
    const told = ext(wire).delivery
    if (!told) return undefined
    const at = place.canon
    if (place.notes)
      note(place, 'coded', ['extInfo/delivery/lqfs'], [`${at}/mode`], '领取方式', deliveryMode.name)
    const name = isAbsent(told.sjrusername) ? {} : { name: told.sjrusername as string }
    const mobile = isAbsent(told.sjrmobile) ? {} : { mobile: told.sjrmobile as string }
    const address = isAbsent(told.sjraddress) ? {} : { address: told.sjraddress as string }
    for (const [member, target] of [
      ['sjrusername', 'name'],
      ['sjrmobile', 'mobile'],
      ['sjraddress', 'address'],
    ] as const) {
      if (!isAbsent(told[member]))
        if (place.notes)
          note(place, 'copied', [`extInfo/delivery/${member}`], [`${at}/${target}`], '收件人', 'text')
    }
    return { mode: deliveryMode.decode(told.lqfs, {}, place), ...name, ...mobile, ...address }
  },
  encode: (): Partial<Wire> => ({}),
  rows: () => [
    {
      canon: '/mode',
      wire: ['extInfo/delivery/lqfs'],
      label: '领取方式',
      how: 'coded' as const,
      rule: deliveryMode.name,
      optional: false,
    },
    {
      canon: '/name',
      wire: ['extInfo/delivery/sjrusername'],
      label: '收件人',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
    {
      canon: '/mobile',
      wire: ['extInfo/delivery/sjrmobile'],
      label: '收件人手机',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
    {
      canon: '/address',
      wire: ['extInfo/delivery/sjraddress'],
      label: '收件地址',
      how: 'copied' as const,
      rule: 'text',
      optional: true,
    },
  ],
}

const table: Table<Wire, Application, C> = {
  matter: spread(['itemCode'], '事项编码', {
    name: 'itemCode by the catalogue',
    how: 'derived',
    decode: (_wire: Wire, { matter }: C) => matter.id,
    encode: (_canon: string, { matter }: C): Partial<Wire> => ({
      itemCode: matter.regional?.code ?? matter.id,
    }),
  }),
  division: given('办理地由事项的区划得知', ({ matter }: C) => matter.divisions[0] ?? '310000'),
  sourceDivision: row('districtCode', '所在区划', nine),
  applicant: spread(['targetType', 'targetName', 'targetNo'], '申请人', applicant),
  agent: spread(['username', 'licenseType', 'licenseNo', 'mobile'], '办理人', agent) as never,
  form: spread(['info'], '表单', form),
  documents: spread(['stuffs'], '材料', documents),
  delivery: spread(['extInfo'], '领取方式', delivery) as never,
  mode: spread(['extInfo'], '通办方式', {
    name: 'extInfo.handleMode',
    how: 'coded',
    deep: true,
    decode: (wire: Wire, _context: C, place: Place) => {
      const word = ext(wire).handleMode
      if (isAbsent(word)) return undefined
      if (place.notes)
        note(place, 'coded', ['extInfo/handleMode'], [place.canon], '通办方式', handleMode.name)
      return handleMode.decode(word as string, {}, place)
    },
    encode: (): Partial<Wire> => ({}),
  }) as never,
  note: none('上海的申请没有备注这一项'),
  matterVersion: none('上海的申请不写事项版本; 网关已核对'),
  appliedAt: row('opTime', '申请时间', wallClock) as never,
}

const flat = compile<Wire, Application, C>(
  'shanghai/application',
  { ...table, appliedAt: spread(['opTime'], '申请时间', opTime()) as never },
  [
    {
      wire: 'applyNo',
      label: '办件编号',
      rule: 'assigned by generateApplyNo',
      dropped: '办件编号由上海在提交时给出',
      value: () => undefined,
    },
    {
      wire: 'accessToken',
      label: '访问令牌',
      rule: 'session',
      dropped: '令牌属于一次会话, 不属于申请',
      value: () => undefined,
    },
    {
      wire: 'taskHandleItem',
      label: '业务办理项编码',
      rule: 'matter.businessItemCode',
      dropped: '由事项得知',
      value: ({ matter }) => matter.businessItemCode ?? '',
    },
    {
      wire: 'itemName',
      label: '事项名称',
      rule: 'matter.name',
      dropped: '由事项得知',
      value: ({ matter }) => matter.name.zh,
    },
    {
      wire: 'userId',
      label: '用户标识',
      rule: 'source number',
      dropped: '只在来源系统内有意义',
      value: ({ sourceNumber }) => `gw-${sourceNumber}`.slice(0, 64),
    },
    {
      wire: 'departCode',
      label: '部门编码',
      rule: 'matter.agency.code',
      dropped: '由事项得知',
      value: ({ matter }) => matter.agency?.code ?? '',
    },
    {
      wire: 'departName',
      label: '部门名称',
      rule: 'matter.agency.name',
      dropped: '由事项得知',
      value: ({ matter }) => matter.agency?.name ?? '',
    },
    {
      wire: 'source',
      label: '来源渠道',
      rule: 'option.source',
      dropped: '只在来源系统内有意义',
      value: ({ options }) => String(options['source'] ?? ''),
    },
    {
      wire: 'submitType',
      label: '提交类型',
      rule: 'constant 新办',
      dropped: '新的申请总是新办',
      value: () => submitType.codeOf('new'),
    },
  ],
)

function opTime() {
  return {
    name: 'wall clock, Asia/Shanghai',
    how: 'derived' as const,
    decode: (wire: Wire, _context: C, place: Place) => wallClock.decode(wire.opTime, {}, place),
    encode: (canon: string | undefined, context: C, place: Place): Partial<Wire> => ({
      opTime: wallClock.encode(canon ?? context.appliedAt, {}, place),
    }),
  }
}

/** What needs the whole application: the acting person, and `extInfo` with its nested members. */
const codec = {
  ...flat,
  decode: (wire: Wire, context: C, place: Place): Application => {
    const { sourceRegion, sourceCaseNo } = ext(wire)
    if (sourceRegion !== undefined)
      if (place.notes)
        note(
          place,
          'merged',
          ['extInfo/sourceRegion'],
          ['/sourceDivision'],
          '来源区划',
          'the same as districtCode',
        )
    if (sourceCaseNo !== undefined)
      place.notes?.push({
        how: 'dropped',
        wire: ['/extInfo/sourceCaseNo'],
        canon: [],
        label: '来源办件编号',
        rule: 'source number',
        reason: '网关为每份申请另编来源编号',
      })
    return flat.decode(wire, context, place)
  },
  encode: (canon: Application, context: C, place: Place): Wire => ({
    ...flat.encode(canon, context, place),
    ...acting(canon, place),
    extInfo: extInfo(canon, context, place),
  }),
}

function acting(
  canon: Application,
  place: Place,
): Pick<Wire, 'username' | 'licenseType' | 'licenseNo' | 'mobile'> {
  const { applicant: target, agent: told } = canon
  if (!told && target.kind === 'organisation') throw missing('/agent', '组织的申请需要经办人')
  const who = told ?? { name: target.name, idDocument: target.idDocument, mobile: target.mobile }
  if (!who.mobile) throw missing(told ? '/agent/mobile' : '/applicant/mobile', '上海要求手机号码')
  const from = told ? '/agent' : '/applicant'
  const how = told ? 'copied' : 'split'
  if (place.notes) note(place, how, ['username'], [`${from}/name`], '办理人', 'text')
  if (place.notes)
    note(
      place,
      told ? 'coded' : 'split',
      ['licenseType'],
      [`${from}/idDocument/type`],
      '办理人证件类型',
      certType.name,
    )
  if (place.notes) note(place, how, ['licenseNo'], [`${from}/idDocument/number`], '办理人证件号码', 'text')
  if (place.notes) note(place, 'copied', ['mobile'], [`${from}/mobile`], '手机', 'text')
  if (told && target.mobile)
    place.notes?.push({
      how: 'dropped',
      wire: [],
      canon: ['/applicant/mobile'],
      label: '申请人手机',
      rule: 'none',
      reason: '上海只登记办理人的手机',
    })
  if (told?.mandate)
    place.notes?.push({
      how: 'dropped',
      wire: [],
      canon: ['/agent/mandate'],
      label: '授权',
      rule: 'none',
      reason: '上海的申请没有授权标识这一项',
    })
  return {
    username: who.name,
    licenseType: wordOfCert(who.idDocument.type),
    licenseNo: who.idDocument.number,
    mobile: who.mobile,
  }
}

const wordOfCert = (type: string): string => certType.table[type]?.[0] ?? '其他'

const missing = (pointer: string, zh: string) =>
  new GatewayError(
    'CONVERSION_INCOMPLETE',
    { field: pointer },
    { errors: [{ pointer, code: 'MISSING', zh, en: 'Shanghai needs this' }] },
  )

function extInfo(canon: Application, { sourceNumber, matter }: C, place: Place): WireExtInfo {
  const { applicant: target, delivery: wanted, documents: entries } = canon
  const certs = entries.flatMap((entry, index) => {
    if (entry.mode !== 'licence') return []
    const to = `extInfo/certs/${entries.slice(0, index).filter((one) => one.mode === 'licence').length}`
    if (place.notes)
      note(
        place,
        'copied',
        [`${to}/stuffCode`],
        [`/documents/${index}/id`, `/documents/${index}/mode`],
        '材料编码',
        'text',
      )
    if (place.notes)
      note(place, 'copied', [`${to}/certUuid`], [`/documents/${index}/licence`], '电子证照', 'text')
    return [{ stuffCode: entry.id, certUuid: entry.licence ?? '' }]
  })
  const mode = canon.mode ?? matter.mode
  if (place.notes) note(place, 'copied', ['extInfo/sourceRegion'], ['/sourceDivision'], '来源区划', 'text')
  if (place.notes) note(place, 'defaulted', ['extInfo/sourceCaseNo'], [], '来源办件编号', 'source number')
  if (mode)
    if (place.notes)
      note(
        place,
        canon.mode ? 'coded' : 'defaulted',
        ['extInfo/handleMode'],
        canon.mode ? ['/mode'] : [],
        '通办方式',
        canon.mode ? handleMode.name : 'matter.mode',
      )
  if (target.legalRepresentative)
    if (place.notes)
      note(place, 'copied', ['extInfo/lawPerson'], ['/applicant/legalRepresentative'], '法定代表人', 'text')
  if (target.address)
    if (place.notes) note(place, 'copied', ['extInfo/address'], ['/applicant/address'], '地址', 'text')
  for (const member of ['postcode', 'legalRepresentativeId'] as const) {
    if (target[member])
      place.notes?.push({
        how: 'dropped',
        wire: [],
        canon: leaves(target[member], `/applicant/${member}`),
        label: member === 'postcode' ? '邮编' : '法定代表人证件',
        rule: 'none',
        reason: '上海的申请没有这一项',
      })
  }
  return {
    sourceRegion: canon.sourceDivision,
    sourceCaseNo: sourceNumber,
    ...(mode ? { handleMode: handleMode.codeOf(mode) } : {}),
    targetLicenseType: wordOfCert(target.idDocument.type),
    ...(target.legalRepresentative ? { lawPerson: target.legalRepresentative } : {}),
    ...(target.address ? { address: target.address } : {}),
    ...(wanted ? { delivery: writeDelivery(wanted, place) } : {}),
    ...(certs.length > 0 ? { certs } : {}),
  }
}

function writeDelivery(
  wanted: NonNullable<Application['delivery']>,
  place: Place,
): NonNullable<WireExtInfo['delivery']> {
  if (place.notes)
    note(place, 'coded', ['extInfo/delivery/lqfs'], ['/delivery/mode'], '领取方式', deliveryMode.name)
  for (const [target, member] of [
    ['sjrusername', 'name'],
    ['sjrmobile', 'mobile'],
    ['sjraddress', 'address'],
  ] as const) {
    if (wanted[member])
      if (place.notes)
        note(place, 'copied', [`extInfo/delivery/${target}`], [`/delivery/${member}`], '收件人', 'text')
  }
  return {
    lqfs: deliveryMode.codeOf(wanted.mode),
    ...(wanted.name ? { sjrusername: wanted.name } : {}),
    ...(wanted.mobile ? { sjrmobile: wanted.mobile } : {}),
    ...(wanted.address ? { sjraddress: wanted.address } : {}),
  }
}

const whole = message<Wire, Application, C>('shanghai/application', WireApplication, codec)

/** The matter that a document names; Shanghai itself handles it. */
function refer(wire: unknown): MatterReference | undefined {
  const code = typeof wire === 'object' && wire !== null && 'itemCode' in wire ? wire.itemCode : undefined
  return typeof code === 'string' && code !== '' ? { code } : undefined
}

export const application = { ...whole, refer }
