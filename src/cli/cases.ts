/** Cases, made again of their timelines. */
import { type Rebuilt, rebuildCases } from '../federation/cases/rebuild-cases.ts'
import { listDrifts } from '../federation/cases/reconcile.ts'
import { listStrays } from '../federation/cases/strays.ts'
import type { Args } from './args.ts'
import { beside } from './beside.ts'

function lineOf({ caseId, differences, broken, mended }: Rebuilt): string {
  if (broken) return `${caseId}  event ${broken.sequence} is ${broken.fault}`
  return `${caseId}  ${differences.join(', ')}  ${mended ? 'mended' : 'left as it is'}`
}

/** Makes the rows again. What differed is printed, and a broken timeline makes the command end with 1. */
export async function rebuild({ values }: Args): Promise<string> {
  const { case: caseId, 'dry-run': dryRun } = values
  const asked = { ...(caseId === undefined ? {} : { caseId }), dryRun: dryRun !== undefined }
  const told = await beside((deps) =>
    rebuildCases(asked, (one) => void process.stdout.write(`${lineOf(one)}\n`), deps),
  )
  if (told.broken > 0) process.exitCode = 1
  return `${told.cases} cases, ${told.events} events, ${told.different} different, ${told.broken} broken, ${told.old} from before timelines told all`
}

/** Lists news of cases that nobody here knows. */
export async function strays(): Promise<string> {
  const found = await beside((deps) => listStrays(deps))
  if (found.length === 0) return 'no news wait for a case'
  return found
    .map(({ region, caseNumber, sourceNumber, receivedAt, tries, givenUpAt }) =>
      [
        region,
        caseNumber ?? sourceNumber ?? '-',
        `received ${receivedAt}`,
        givenUpAt === null ? `looked at ${tries} times` : `given up ${givenUpAt}`,
      ].join('  '),
    )
    .join('\n')
}

/** Lists where regions' views of cases and ours differ, or did. */
export async function drift(): Promise<string> {
  const found = await beside((deps) => listDrifts(deps))
  if (found.length === 0) return 'no view of a region differs from ours'
  return found
    .map(({ caseId, division, member, ours, theirs, count, lastAt, settledAt }) =>
      [
        caseId,
        division,
        `${member}: ours ${ours ?? '-'}, theirs ${theirs ?? '-'}`,
        `${count} times, last ${lastAt}`,
        settledAt === null ? 'stands' : `settled ${settledAt}`,
      ].join('  '),
    )
    .join('\n')
}
