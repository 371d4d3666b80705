/** Rows of cases and of their timelines, and how hot statements read them. */
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
