/** Finding the case that a region speaks of: what regions ask at the same time is one statement. */

import type { Database } from '../connection.ts'
import { batches } from './batches.ts'
import { type CaseRow, caseReader } from './case-rows.ts'

/** What a region calls a case by; an empty text is none. */
export interface CaseNames {
  readonly caseNumber: string
  readonly caseKey?: string
  readonly sourceNumber?: string
}

interface Asked extends CaseNames {
  readonly region: string
}

/** By the region's number first, then by its key, then by the number that we gave. */
export function caseFinder({ sql }: Pick<Database, 'sql'>) {
  const findAll = async (asked: readonly Asked[]): Promise<readonly (CaseRow | undefined)[]> => {
    const names = asked.map(({ region, caseNumber, caseKey, sourceNumber }, place) => ({
      place,
      region,
      case_number: caseNumber || null,
      case_key: caseKey ?? null,
      source_number: sourceNumber || null,
    }))
    const rows = await sql`
      select w.place, c.* from jsonb_to_recordset(${JSON.stringify(names)}::text::jsonb) as w (
        place int, region text, case_number text, case_key text, source_number text)
      cross join lateral (
        select * from cases where region = w.region and case_number = w.case_number
        union all select * from cases where region = w.region and case_key = w.case_key
        union all select * from cases where region = w.region and source_number = w.source_number
        limit 1) c`
    const found = new Map(rows.map((row) => [row['place'], row]))
    return asked.map((_one, place) => {
      const row = found.get(place)
      return row && caseReader.read(row)
    })
  }
  const together = batches(findAll, async (one: Asked) => (await findAll([one]))[0])
  return (region: string, { caseNumber, caseKey, sourceNumber }: CaseNames): Promise<CaseRow | undefined> =>
    together({
      region,
      caseNumber,
      ...(caseKey === undefined ? {} : { caseKey }),
      ...(sourceNumber === undefined ? {} : { sourceNumber }),
    })
}
