/** What Jiangsu's licence library answers (contract 4.g: members documented for real-estate licences). Open: other members are passed over. */
import { Type } from 'typebox'
import { MAYBE_NUMERIC, NUMERIC } from './holding.ts'

const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
const maybe = (max: number) => Type.Optional(Type.Union([Type.String({ maxLength: max }), Type.Null()]))
const zzbs = text(200)

/** One licence of `licence-query`. */
export const WireLicence = Type.Object({
  zzbs,
  zzmc: text(200),
  zzlxdm: text(60),
  zzbh: text(100),
  zzbfjg: text(200),
  zzbfjgdm: maybe(60),
  zzbfrq: MAYBE_NUMERIC,
  czzt: text(200),
  czztdm: text(60),
  czztdmlxdm: NUMERIC,
  zzyxqqsrq: MAYBE_NUMERIC,
  zzyxqjzrq: MAYBE_NUMERIC,
  zzzt: NUMERIC,
  dwdm: Type.Optional(Type.Union([Type.Number(), Type.String({ maxLength: 12 }), Type.Null()])),
})

/** `data` of `licence-query`: an array always, also of one (1.6). */
export const WireLicences = Type.Array(WireLicence)

/** `data` of `licence-fetch`; the format in either case. There is no digest. */
export const WireLicenceFile = Type.Object({
  zzbs,
  wjgs: Type.String({ pattern: '^([Pp][Dd][Ff]|[Oo][Ff][Dd])$' }),
  zzwj: Type.String({ minLength: 1 }),
})

/** `data` of `licence-verify`. */
export const WireVerdict = Type.Object({
  yzjg: Type.Union([0, 1, '0', '1'].map((value) => Type.Literal(value))),
  yzms: maybe(200),
})
