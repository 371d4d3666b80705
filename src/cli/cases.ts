/** Cases, made again of their timelines. */
import { type Rebuilt, rebuildCases } from '../federation/cases/rebuild-cases.ts'
import { listDrifts } from '../federation/cases/reconcile.ts'
import { listStrays } from '../federation/cases/strays.ts'
import { type Args, EXIT, listed, option, type Said } from './args.ts'
import { beside } from './beside.ts'
import { progress } from './progress.ts'

function lineOf({ caseId, differences, broken, mended }: Rebuilt): string {
  if (broken) return `${caseId}  event ${broken.sequence} is ${broken.fault}`
  return `${caseId}  ${differences.join(', ')}  ${mended ? 'mended' : 'left as it is'}`
}

/** Makes the rows again. What differed is printed, and a broken timeline makes the command end with 1. */
export async function rebuild(args: Args): Promise<Said> {
  const caseId = option(args, 'case')
  const asked = { ...(caseId === undefined ? {} : { caseId }), dryRun: args.values['dry-run'] === true }
  const { step, line, end } = progress('cases', args)
  const found: Rebuilt[] = []
  const tell = (one: Rebuilt) => {
    found.push(one)
    line(lineOf(one))
  }
  const told = await beside((deps) => rebuildCases(asked, tell, deps, step)).finally(end)
  if (told.broken > 0) process.exitCode = EXIT.wrong
  return {
    text: `${told.cases} cases, ${told.events} events, ${told.different} different, ${told.broken} broken, ${told.old} from before timelines told all`,
    data: { ...told, found },
  }
}

/** Lists news of cases that nobody here knows. */
export async function strays(): Promise<Said> {
  const found = await beside((deps) => listStrays(deps))
  const line = ({ region, caseNumber, sourceNumber, receivedAt, tries, givenUpAt }: (typeof found)[number]) =>
    [
      region,
      caseNumber ?? sourceNumber ?? '-',
      `received ${receivedAt}`,
      givenUpAt === null ? `looked at ${tries} times` : `given up ${givenUpAt}`,
    ].join('  ')
  return listed(found, line, 'no news wait for a case')
}

/** Lists where regions' views of cases and ours differ, or did. */
export async function drift(): Promise<Said> {
  const found = await beside((deps) => listDrifts(deps))
  const line = (one: (typeof found)[number]) =>
    [
      one.caseId,
      one.division,
      `${one.member}: ours ${one.ours ?? '-'}, theirs ${one.theirs ?? '-'}`,
      `${one.count} times, last ${one.lastAt}`,
      one.settledAt === null ? 'stands' : `settled ${one.settledAt}`,
    ].join('  ')
  return listed(found, line, 'no view of a region differs from ours')
}
