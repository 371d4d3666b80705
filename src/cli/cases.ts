/** Cases, made again of their timelines. */
import { type Rebuilt, rebuildCases } from '../federation/cases/rebuild-cases.ts'
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
