/** An application in Anhui's words: three XML documents in parsed form. The table sees them as one flat object. */
import { GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import { wallClock } from '../kit/clock.ts'
import { compile } from '../kit/compile.ts'
import type { ApplicationContext, MatterReference } from '../kit/contract.ts'
import { parseInner } from '../kit/inner-json.ts'
import { message } from '../kit/message.ts'
import { isAbsent, none, row, spread, type Table } from '../kit/table.ts'
import type { Note, Place } from '../kit/trace.ts'
import { type WireApplication as Wire, WireApplication } from './application.wire.ts'
import { area, divisionOf, isDivision } from './areas.ts'
import { documents } from './attachments.ts'
import { filledRows, noteFilled, noteFilledUnread } from './filled.ts'
import { atHome, type Flat, flatten, inDocument, placed, relocated } from './flat.ts'
import { form } from './form-data.ts'
import { callInfo, type Rows, serviceInfo } from './parts-written.ts'
import { agent, applicant } from './persons.ts'
import { writePersons } from './persons-written.ts'

type C = ApplicationContext

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
  matter: row('SERVICECODE', '事项编码', {
    name: 'SERVICECODE by the catalogue',
    how: 'derived',
    decode: (_wire: string, { matter }: C) => matter.id,
    encode: (_canon: string, { matter }: C) => matter.regional?.code ?? matter.id,
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

const flat = compile<Flat, Application, C>('anhui/application', table)

const codec = {
  ...flat,
  decode: (wire: Wire, context: C, place: Place): Application => {
    const from = flatten(wire)
    const notes: Note[] | undefined = place.notes && []
    let canon: Application
    try {
      canon = flat.decode(from, context, notes ? { ...place, notes } : place)
    } catch (error) {
      throw atHome(error)
    }
    if (notes) {
      noteFilledUnread(from, { ...place, notes })
      place.notes?.push(...notes.map((one) => relocated(one, from)))
      noteEmpty(from, place, notes)
    }
    return canon
  },
  encode: (canon: Application, context: C, place: Place): Wire => {
    const notes: Note[] | undefined = place.notes && []
    const inner = notes ? { ...place, notes } : place
    // The files of an application were taken when the applicant applied, not when it is sent.
    const at = { ...context, appliedAt: canon.appliedAt ?? context.appliedAt }
    // The rows write these members alone; all others are laid out beside them, in their places.
    const told: Rows = flat.encode(canon, at, inner)
    if (notes) noteFilled(inner)
    const persons = writePersons(canon, inner)
    if (notes) place.notes?.push(...notes.map((one) => ({ ...one, wire: one.wire.map(placed) })))
    return {
      apasInfoXml: {
        RECORD: {
          CALLINFO: callInfo(told, context),
          SERVICEINFO: serviceInfo(told, persons, canon, context),
        },
      },
      attrXml: told.attrXml,
      formXml: told.formXml,
    }
  },
  rows: () => [...(flat.rows?.() ?? []), ...filledRows].map(inDocument),
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
    ...(typeof place === 'string' && isDivision(place) ? { division: place.slice(0, 6) } : {}),
  }
}

export const application = { ...whole, refer }
