/** Rows that a plain region need not write itself: what the gateway knows of a matter, who acts, how a case stands. */
import { Type } from 'typebox'
import type { IdDocument } from '../../schemas/application.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { Matter } from '../../schemas/matter.ts'
import { escapePointer } from '../../schemas/pointers.ts'
import { type RegionId, regionNamed } from '../../schemas/regions.ts'
import { wallClock } from './clock.ts'
import { asText, notesOfForm } from './codecs.ts'
import type { Alarmed, CodeCodec, statuses } from './codes.ts'
import type { ApplicationContext, MatterReference } from './contract.ts'
import { part, several, type Wire } from './plain.ts'
import { given, isAbsent } from './table.ts'
import { type Place, ROOT } from './trace.ts'
import type { RawStatus } from './values.ts'

const TEXT = Type.String({ maxLength: 300 })
const PERHAPS = Type.Optional(TEXT)
const told = (wire: Wire, member: string): string => (isAbsent(wire[member]) ? '' : asText(wire[member]))

/** What identifies a matter, in the members of its city, its code and the day since when it is offered; and what the gateway itself says of it. */
export function matterRows(region: RegionId, city: string, code: string, since: string, source: string) {
  return {
    id: several<string, object>({}, '事项标识', {
      name: 'region, city and code',
      how: 'derived',
      decode: (wire) => `${region}:${told(wire, city)}:${told(wire, code)}`,
      encode: () => ({}),
    }),
    kind: given('matter', () => 'matter' as const),
    region: given(region, () => region),
    divisions: several<Matter['divisions'], object>({ [city]: TEXT }, '所属城市', {
      name: 'one city',
      how: 'copied',
      decode: (wire) => [told(wire, city)],
      encode: ([first]) => ({ [city]: first ?? regionNamed(region).division }),
    }),
    regional: several<Matter['regional'], object>({ [code]: TEXT }, '事项编码', {
      name: code,
      how: 'copied',
      decode: (wire) => ({ code: told(wire, code) }),
      encode: (canon) => ({ [code]: canon?.code ?? '' }),
    }),
    equivalents: given('目录对应关系由网关维护', () => []),
    availability: several<Matter['availability'], object>({ [since]: TEXT, [city]: TEXT }, '可办时间', {
      name: 'since a day, in one city',
      how: 'derived',
      decode: (wire) => [{ division: told(wire, city), from: told(wire, since), to: null }],
      encode: ([first]) => ({ [since]: first?.from ?? '' }),
    }),
    loa: given('网关规定的实名等级', () => 2),
    source: given(source, () => source),
    confidence: given('high', () => 'high' as const),
  }
}

/** A time limit in a number of days of one unit. */
export const daysIn = (member: string, label: string, unit: 'working' | 'calendar') =>
  several<Matter['commitment'], object>(
    { [member]: Type.Optional(Type.Integer({ minimum: 0, maximum: 9999 })) },
    label,
    {
      name: `${unit} days`,
      how: 'derived',
      decode: (wire) => (isAbsent(wire[member]) ? undefined : { days: Number(wire[member]), unit }),
      encode: (canon) => (canon === undefined ? {} : { [member]: canon.unit === 'hour' ? 0 : canon.days }),
    },
  )

/** The matter of an application by its code, and its time. */
export function applicationRows(code: string, at: string) {
  return {
    matter: several<string, ApplicationContext>({ [code]: TEXT }, '事项编码', {
      name: `${code} by the catalogue`,
      how: 'derived',
      decode: (_wire, { matter }) => matter.id,
      encode: (_canon, { matter }) => ({ [code]: matter.regional?.code ?? matter.id }),
    }),
    appliedAt: several<string | undefined, ApplicationContext>({ [at]: TEXT }, '申请时间', {
      name: wallClock.name,
      how: 'derived',
      decode: (wire) => wallClock.decode(told(wire, at), {}, ROOT),
      encode: (canon, { appliedAt }) => ({ [at]: wallClock.encode(canon ?? appliedAt, {}, ROOT) }),
    }),
  }
}

/** How an application names its matter and city, before either is looked up. */
export const referBy =
  (code: string, city: string) =>
  (wire: unknown): MatterReference | undefined => {
    if (typeof wire !== 'object' || wire === null) return undefined
    const { [code]: named, [city]: place } = wire as Wire
    if (typeof named !== 'string' || named === '') return undefined
    const division = typeof place === 'string' && /^[1-9]\d{5}$/.test(place) ? { division: place } : {}
    return { code: named, ...division }
  }

/** The gateway's own number, which the wire carries and nothing is read from. */
export const sourceNumberIn = (wire: string) => ({
  wire,
  schema: PERHAPS,
  label: '来源编号',
  rule: 'source number',
  dropped: '网关为每份申请另编来源编号',
  value: ({ sourceNumber }: ApplicationContext) => sourceNumber,
})

const idSpread = (type: string, number: string, table: CodeCodec<string>) => ({
  name: table.name,
  how: 'coded' as const,
  decode: (wire: Wire): IdDocument => ({
    type: table.decode(told(wire, type), {}, ROOT),
    number: told(wire, number),
  }),
  encode: (canon: IdDocument): Wire => ({ [type]: table.codeOf(canon.type), [number]: canon.number }),
})

/** Type and number of an identity document in two members. */
export const idIn = (type: string, number: string, table: CodeCodec<string>) =>
  several<IdDocument, object>({ [type]: TEXT, [number]: TEXT }, '证件', idSpread(type, number, table))

/** The same where there may be none. */
export function maybeIdIn(type: string, number: string, table: CodeCodec<string>) {
  const { decode, encode, ...codec } = idSpread(type, number, table)
  return several<IdDocument | undefined, object>({ [type]: PERHAPS, [number]: PERHAPS }, '证件', {
    ...codec,
    decode: (wire) => (told(wire, type) && told(wire, number) ? decode(wire) : undefined),
    encode: (canon) => (canon ? encode(canon) : {}),
  })
}

/** The state of a case in a code and its label. A code that no table knows is kept as it came. */
export function statusRows(table: ReturnType<typeof statuses>, codeIn: string, labelIn: string) {
  return {
    // First, so that the code of a state that is known here stands over the code that came.
    rawStatus: several<RawStatus, object>({ [codeIn]: TEXT, [labelIn]: PERHAPS }, '办件状态', {
      name: 'code and label as they came',
      how: 'copied',
      decode: (wire) => ({ code: told(wire, codeIn), label: told(wire, labelIn) }),
      encode: ({ code, label }) => ({ [codeIn]: code, [labelIn]: label }),
    }),
    status: several<CaseStatus, Alarmed>({ [codeIn]: TEXT }, '办件状态', {
      name: table.name,
      how: 'coded',
      decode: (wire, context) => table.decode(told(wire, codeIn), context),
      encode: (canon) => (canon === 'UNKNOWN' ? {} : { [codeIn]: table.encode(canon) }),
    }),
  }
}

const FORM = 'name by name'
const noted = (form: Record<string, string>, place: Place): Record<string, string> => {
  notesOfForm(place, Object.keys(form), (name) => `${place.wire}/${escapePointer(name)}`, 'copied', FORM)
  return form
}

/** A form that the wire writes as an object of texts. */
export const form = part<Record<string, string>, Record<string, string>, object>(
  Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 10_000 })),
  {
    name: FORM,
    how: 'copied',
    deep: true,
    decode: (wire, _context, place) => noted(wire, place),
    encode: (canon, _context, place) => noted(canon, place),
  },
)
