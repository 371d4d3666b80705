/** After a refusal: the region knows something that we do not, and is asked at once instead of at the next round. */
import { GatewayError } from '../../errors.ts'
import type { CaseRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { pollCase } from './poll-cases.ts'
import { matterOf } from './record.ts'

/** Learns what a refusal gives away: a matter that has changed, a state that we were not told of. */
export async function learnFrom(problem: GatewayError, row: CaseRow, deps: Deps): Promise<void> {
  try {
    if (problem.errors.some(({ pointer }) => pointer === '/matter')) await learnMatter(row, deps)
    if (problem.code === 'STATE_CONFLICT' && row.caseNumber !== null) await pollCase(row, deps)
  } catch (error) {
    // A region that says no more now is asked again when its catalogue is read, or the case has been silent.
    if (!(error instanceof GatewayError)) throw error
  }
}

/** The next application shall fit. */
async function learnMatter(row: CaseRow, { directory, catalogue, store }: Deps): Promise<void> {
  const { regional, divisions } = await matterOf(row, { store })
  const { link } = directory.at(row.division)
  await catalogue.put(
    await link.readMatter({ division: divisions[0] ?? row.division, code: regional?.code ?? '' }),
  )
}
