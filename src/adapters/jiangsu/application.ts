/** An application in Jiangsu's words: flat texts, the agent as contact person with his number in `idcard`. */

import { GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import { wallClock } from '../kit/clock.ts'
import { atMost, inOnePiece } from '../kit/codecs.ts'
import { compile } from '../kit/compile.ts'
import type { ApplicationContext, MatterReference } from '../kit/contract.ts'
import { message } from '../kit/message.ts'
import { none, row, spread, type Table } from '../kit/table.ts'
import type { Note, Place } from '../kit/trace.ts'
import { type WireApplication as Wire, WireApplication } from './application.wire.ts'
import { six } from './areas.ts'
import { applyWay } from './codes.ts'
import { delivery } from './delivery.ts'
import { documents } from './documents.ts'
import { formdata } from './formdata.ts'
import { addContact, agent, applicant } from './persons.ts'

type C = ApplicationContext

/** 办件名称 takes 200 characters. */
const TITLE_LENGTH = 200
const titleOf = ({ applicant: { name } }: Application, { matter }: C): string =>
  atMost(inOnePiece(name, '的', matter.name.zh), TITLE_LENGTH)

const mode = {
  name: applyWay.name,
  how: 'coded' as const,
  decode: (wire: Wire) => applyWay.decode(wire.applyway, {}, { wire: '', canon: '', notes: undefined }),
  encode: (canon: Application['mode'], { matter }: C, place: Place): Partial<Wire> => {
    const told = canon ?? matter.mode ?? matter.modes?.[0] ?? 'online'
    const code = applyWay.table[told][0]
    if (code === undefined)
      throw new GatewayError(
        'CONVERSION_INCOMPLETE',
        { field: '/mode' },
        {
          errors: [
            {
              pointer: '/mode',
              code: 'MODE',
              zh: '江苏没有这种通办方式',
              en: 'Jiangsu has no such mode of handling',
            },
          ],
        },
      )
    if (canon === undefined)
      place.notes?.push({
        how: 'defaulted',
        wire: ['/applyway'],
        canon: [],
        label: '办理方式',
        rule: 'matter.mode',
      })
    return { applyway: code }
  },
}

const table: Table<Wire, Application, C> = {
  matter: spread(['taskguid'], '事项标识', {
    name: 'taskguid by the catalogue',
    how: 'derived',
    decode: (_wire: Wire, { matter }: C) => matter.id,
    encode: (_canon: string, { matter }: C): Partial<Wire> => ({
      taskguid: matter.regional?.code ?? matter.id,
    }),
  }),
  matterVersion: none('江苏的申请不写事项版本; 网关已核对'),
  division: row('areacode', '办理城市', six),
  sourceDivision: row('sourceareacode', '来源区划', six),
  applicant: spread(
    ['applyername', 'applyertype', 'certtype', 'certnum', 'contactmobile', 'legal', 'legalid', 'address'],
    '申请人',
    applicant,
  ),
  agent: spread(['contactperson', 'contactmobile', 'idcard'], '经办人', agent),
  form: spread(['formdata'], '表单', formdata),
  documents: spread(['materiallist'], '材料', documents),
  delivery: spread(['sendway', 'postinfo'], '送达方式', delivery),
  mode: spread(['applyway'], '办理方式', mode),
  note: none('江苏的申请没有备注这一项'),
  appliedAt: spread(['applydate'], '申请时间', {
    name: wallClock.name,
    how: 'derived',
    decode: (wire: Wire, _context: C, place: Place) => wallClock.decode(wire.applydate, {}, place),
    encode: (canon: string | undefined, { appliedAt }: C, place: Place): Partial<Wire> => ({
      applydate: wallClock.encode(canon ?? appliedAt, {}, place),
    }),
  }),
}

const flat = compile<Wire, Application, C>('jiangsu/application', table, [
  {
    wire: 'projectguid',
    label: '办件标识',
    rule: 'assigned by initProject',
    dropped: '办件标识由江苏在申报时给出',
    value: () => undefined,
  },
  {
    wire: 'projectname',
    label: '办件名称',
    rule: 'applicant and matter',
    dropped: '由申请人和事项得知',
    value: (context, canon) => titleOf(canon, context),
  },
  {
    wire: 'centerguid',
    label: '中心标识',
    rule: 'first service point of the matter',
    dropped: '办理地点由网关按事项选定',
    // Only what is handled over a counter names one; all else may leave it out.
    value: ({ matter }, canon) => {
      const way = canon.mode ?? matter.mode ?? matter.modes?.[0]
      return way === 'onBehalf' || way === 'joint' ? (matter.servicePoints?.[0]?.id ?? '') : undefined
    },
  },
  {
    wire: 'sourceprojectno',
    label: '来源办件编号',
    rule: 'source number',
    dropped: '网关为每份申请另编来源编号',
    value: ({ sourceNumber }) => sourceNumber,
  },
])

/** Who is to be called depends on applicant and agent together. */
const codec = {
  ...flat,
  encode: (canon: Application, context: C, place: Place): Wire => {
    const wire = flat.encode(canon, context, place)
    addContact(wire, canon, place)
    return wire
  },
}

const whole = message<Wire, Application, C>('jiangsu/application', WireApplication, codec)

/** `{token, params}` as it goes over the wire. */
const isWrapped = (wire: unknown): wire is { token: unknown; params: unknown } =>
  typeof wire === 'object' && wire !== null && 'params' in wire && 'token' in wire

const unwrapped = (wire: unknown): unknown => (isWrapped(wire) ? wire.params : wire)

/** Reads the params, and speaks of their places in the whole that came. */
function readWrapped(wire: { params: unknown }, context: C, notes?: Note[]): Application {
  const within: Note[] = []
  try {
    return whole.read(wire.params, context, notes && within)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    const errors = error.errors.map((fault) => ({ ...fault, pointer: `/params${fault.pointer}` }))
    throw new GatewayError(error.code, error.facts, { errors, cause: error.cause })
  } finally {
    notes?.push(...within.map((one) => ({ ...one, wire: one.wire.map((pointer) => `/params${pointer}`) })), {
      how: 'dropped',
      wire: ['/token'],
      canon: [],
      label: '模块令牌',
      rule: 'none',
      reason: '令牌不属于申请的内容',
    })
  }
}

/** The matter and the city that a document names. */
function refer(wire: unknown): MatterReference | undefined {
  const params = unwrapped(wire)
  if (typeof params !== 'object' || params === null || !('taskguid' in params)) return undefined
  const { taskguid } = params
  if (typeof taskguid !== 'string' || taskguid === '') return undefined
  const area = 'areacode' in params ? params.areacode : undefined
  return {
    code: taskguid,
    ...(typeof area === 'string' && /^[1-9]\d{5}$/.test(area) ? { division: area } : {}),
  }
}

export const application = {
  ...whole,
  read: (wire: unknown, context: C, notes?: Note[]) =>
    isWrapped(wire) ? readWrapped(wire, context, notes) : whole.read(wire, context, notes),
  refer,
}
