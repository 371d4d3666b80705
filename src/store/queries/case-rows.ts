/** Rows of cases and of their timelines, and how hot statements read them. */
import { sql } from 'drizzle-orm'
import { caseEvents } from '../event-tables.ts'
import { rowReader } from '../row-reader.ts'
import { cases } from '../tables.ts'

/** The row without the marks of the round that looks at clocks, which are nobody else's: see `clocks.ts`. */
export type CaseRow = Omit<typeof cases.$inferSelect, 'promisedOn' | 'clockVersion' | 'outboxTx'>
export type EventRow = typeof caseEvents.$inferSelect

export const caseReader = rowReader<CaseRow>(cases, 'c', ['promisedOn', 'clockVersion', 'outboxTx'])
export const eventReader = rowReader<EventRow>(caseEvents, 'e')

/** An event before it has its place in a timeline. */
export type NewEvent = Omit<EventRow, 'caseId' | 'sequence' | 'digest'>

/** The city of a case: a district's first four digits are its city's; Shanghai is one city. */
export const CITY_CODE = sql<string>`(case ${cases.region} when 'shanghai' then '3100' else left(${cases.division}, 4) end)`
