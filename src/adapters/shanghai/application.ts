/** An application in Shanghai's words. Persons, documents and `extInfo` stand in files of their own. */
import type { Application } from '../../schemas/application.ts'
import { wallClock } from '../kit/clock.ts'
import { inOnePiece } from '../kit/codecs.ts'
import { compile } from '../kit/compile.ts'
import type { ApplicationContext, MatterReference } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import { given, none, row, spread, type Table } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import { addActing, agent } from './acting.ts'
import { type WireApplication as Wire, WireApplication } from './application.wire.ts'
import { nine } from './areas.ts'
import { handleMode, submitType } from './codes.ts'
import { delivery, extInfo } from './ext-info.ts'
import { documents, form } from './materials.ts'
import { applicant } from './persons.ts'
import { precheck } from './precheck.ts'
import { type Line, tell } from './trace.ts'

type C = ApplicationContext

/** Written anew when the application does not say when it was made. */
const opTime = {
  name: wallClock.name,
  how: 'derived' as const,
  decode: (wire: Wire, _context: C, place: Place) => wallClock.decode(wire.opTime, {}, place),
  encode: (canon: string | undefined, { appliedAt }: C, place: Place): Partial<Wire> => ({
    opTime: wallClock.encode(canon ?? appliedAt, {}, place),
  }),
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
  agent: spread(['username', 'licenseType', 'licenseNo', 'mobile'], '办理人', agent),
  form: spread(['info'], '表单', form),
  documents: spread(['stuffs'], '材料', documents),
  delivery: spread(['extInfo'], '领取方式', delivery),
  mode: spread(['extInfo'], '通办方式', {
    name: 'extInfo.handleMode',
    how: 'coded',
    deep: true,
    decode: (wire: Wire, _context: C, place: Place) => {
      const word = wire.extInfo?.handleMode
      if (!word) return undefined
      if (place.notes)
        tell(place, [['coded', ['extInfo/handleMode'], [place.canon], '通办方式', handleMode.name]])
      return handleMode.decode(word, {}, place)
    },
    encode: (): Partial<Wire> => ({}),
  }),
  note: none('上海的申请没有备注这一项'),
  matterVersion: none('上海的申请不写事项版本; 网关已核对'),
  appliedAt: spread(['opTime'], '申请时间', opTime),
}

const flat = compile<Wire, Application, C>('shanghai/application', table, [
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
    value: ({ sourceNumber }) => inOnePiece('gw-', sourceNumber),
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
])

/** What needs the whole application: the acting person, and `extInfo` with its nested members. */
const codec = {
  ...flat,
  decode: (wire: Wire, context: C, place: Place): Application => {
    if (place.notes) tell(place, linesOfSource(wire))
    return flat.decode(wire, context, place)
  },
  encode: (canon: Application, context: C, place: Place): Wire => {
    const wire = flat.encode(canon, context, place)
    addActing(wire, canon, place)
    wire.extInfo = extInfo(canon, context, place)
    return wire
  },
}

const linesOfSource = ({ extInfo: told }: Wire): readonly (Line | false)[] => [
  told?.sourceRegion !== undefined && [
    'merged',
    ['extInfo/sourceRegion'],
    ['/sourceDivision'],
    '来源区划',
    'the same as districtCode',
  ],
  told?.sourceCaseNo !== undefined && [
    'dropped',
    ['extInfo/sourceCaseNo'],
    [],
    '来源办件编号',
    'source number',
    '网关为每份申请另编来源编号',
  ],
]

const whole = message<Wire, Application, C>('shanghai/application', WireApplication, codec)

/** The matter that a document names; Shanghai itself handles it. */
function refer(wire: unknown): MatterReference | undefined {
  const code = typeof wire === 'object' && wire !== null && 'itemCode' in wire ? wire.itemCode : undefined
  return typeof code === 'string' && code !== '' ? { code } : undefined
}

export const application = { ...whole, refer, precheck }
