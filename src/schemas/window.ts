/**
 * A service window (窗口): a counter in one of the 41 cities, the cross-region windows (长三角专窗) among them. Coordinates are WGS-84
 * in decimal degrees; a region's other datum is converted by its adapter. Opening hours stand twice: as the region wrote them, and as
 * they were read, where that could be done whole.
 */
import { type Static, Type } from 'typebox'
import { DATE_TIME, DIVISION, Names, REGION, text } from './common.ts'
import { Completeness } from './completeness.ts'

/** `HH:mm`, through `24:00`. */
const TIME = Type.String({ pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' })

/** One stretch of one weekday; 1 is Monday and 7 Sunday. `from` is before `to`. */
export const OpenStretch = Type.Object(
  { weekday: Type.Integer({ minimum: 1, maximum: 7 }), from: TIME, to: TIME },
  { additionalProperties: false },
)
export type OpenStretch = Static<typeof OpenStretch>

/** Opening hours: the region's words, and the week that was read of them; without `weekly` they could not be read. */
export const WindowHours = Type.Object(
  { text: text(500), weekly: Type.Optional(Type.Array(OpenStretch, { maxItems: 70 })) },
  { additionalProperties: false },
)
export type WindowHours = Static<typeof WindowHours>

const MEMBERS = {
  /** What the region calls it: unique in its city. */
  code: text(64),
  /** The city itself, or the district or county where it stands. */
  division: DIVISION,
  name: text(200),
  /** The hall or centre in which it is, and the region's identifier of that, which Jiangsu wants in applications. */
  hall: Type.Optional(text(200)),
  hallCode: Type.Optional(text(64)),
  /** The number at the counter. */
  number: Type.Optional(text(40)),
  address: Type.Optional(text(300)),
  phone: Type.Optional(text(60)),
  hours: Type.Optional(WindowHours),
  /** Together or not at all. */
  lon: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
  lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  /** 长三角“一网通办”专窗: it takes applications for other regions. */
  isCrossRegion: Type.Boolean(),
  /** When the region last changed it, where it says so. */
  updatedAt: Type.Optional(DATE_TIME),
}

/** A window as its region tells it; `matterCodes` are the region's own. */
export const RegionalWindow = Type.Object(
  { ...MEMBERS, matterCodes: Type.Array(text(64), { maxItems: 5_000 }) },
  { additionalProperties: false },
)
export type RegionalWindow = Static<typeof RegionalWindow>

/** A matter that a window takes. Without `id` its code is not in the catalogue of the city: it is kept and shown as it came. */
export const WindowMatter = Type.Object(
  { code: text(64), id: Type.Optional(text(100)), name: Type.Optional(Names) },
  { additionalProperties: false },
)
export type WindowMatter = Static<typeof WindowMatter>

export const Window = Type.Object(
  {
    /** `region:city:code`. */
    id: text(160),
    region: REGION,
    /** One of the 41 cities. */
    city: DIVISION,
    ...MEMBERS,
    matters: Type.Array(WindowMatter, { maxItems: 5_000 }),
    /** When its region was last heard to have it. */
    asOf: DATE_TIME,
  },
  { additionalProperties: false },
)
export type Window = Static<typeof Window>

/** One stretch in which a window is open. Provisional where the holidays of that day are not announced. */
export const Opening = Type.Object(
  { from: DATE_TIME, to: DATE_TIME, isProvisional: Type.Boolean() },
  { additionalProperties: false },
)
export type Opening = Static<typeof Opening>

/** A window in a list: how far it is in metres, whether it is open at the moment asked for (null: not known), and when it opens next. */
export const FoundWindow = Type.Object(
  {
    ...Window.properties,
    distance: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    isOpen: Type.Union([Type.Boolean(), Type.Null()]),
    nextOpening: Type.Union([Opening, Type.Null()]),
  },
  { additionalProperties: false },
)
export type FoundWindow = Static<typeof FoundWindow>

/** A page of windows, and which cities it knows of. */
export const WindowPage = Type.Object(
  {
    items: Type.Array(FoundWindow),
    nextCursor: Type.Union([Type.String(), Type.Null()]),
    completeness: Completeness,
  },
  { additionalProperties: false },
)
export type WindowPage = Static<typeof WindowPage>
