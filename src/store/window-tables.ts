/** The service windows of the 41 cities, and how far they were read. */
import {
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import { at } from './columns.ts'

/** Stretches of whole numbers, as PostgreSQL writes them: `{[540,720),[810,1020)}`. */
const multirange = customType<{ data: string }>({ dataType: () => 'int4multirange' })

/** A window as its region last told it. A reading of its city replaces all rows of the city at once. */
export const windows = pgTable(
  'windows',
  {
    city: text('city').notNull(),
    code: text('code').notNull(),
    id: text('id').notNull(),
    region: text('region').notNull(),
    isCrossRegion: boolean('is_cross_region').notNull(),
    /** WGS-84 degrees; both or neither. */
    lon: doublePrecision('lon'),
    lat: doublePrecision('lat'),
    /** Codes of the matters that it takes, as the region writes them. */
    matterCodes: text('matter_codes').array().notNull(),
    /** Minutes of a week of eight days in which it is open: Monday's from 0, Sunday's from 8640, a worked weekend day's from 10080. */
    opening: multirange('opening').notNull(),
    document: jsonb('document').notNull(),
    readAt: at('read_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.city, t.code] }),
    index('windows_id').on(t.id),
    index('windows_matter_codes').using('gin', t.matterCodes),
  ],
)

/** How the last reading of one city's windows went, and how many there are. */
export const windowSyncs = pgTable('window_syncs', {
  city: text('city').primaryKey(),
  region: text('region').notNull(),
  windows: integer('windows').notNull(),
  /** When they were last read whole; null where they never were. */
  readAt: at('read_at'),
  /** Since when readings fail; null where the last one did not. */
  failedAt: at('failed_at'),
  failure: text('failure'),
})
