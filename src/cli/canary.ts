/** `delta canary`: one round over the regions now, and every document that is not what it was. */
import { acceptDrifts, canary, citiesOf, standingDrifts } from '../federation/canary/round.ts'
import { REGION_IDS } from '../schemas/regions.ts'
import { type Args, EXIT, maybeOneOf, type Said } from './args.ts'
import { beside, besideRegions } from './beside.ts'
import { progress } from './progress.ts'

type Standing = Awaited<ReturnType<typeof standingDrifts>>[number]

const lineOf = ({ division, answer, subject, change, member, before, after, firstAt }: Standing): string =>
  `${division}  ${answer} ${subject}  ${change} ${member || '/'}${before || after ? ` (${before || '–'} → ${after || '–'})` : ''}  since ${firstAt}`

/** What is told is kept in the database as a round of the gateway's own keeps it. */
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Ends with 1 where something drifts, with 3 where nobody answered. */
export async function lookOnce(args: Args): Promise<Said> {
  const named = maybeOneOf(args, 'region', REGION_IDS)
  if (args.values['accept'] === true) {
    const accepted = await beside((deps) => acceptDrifts(deps, named))
    return {
      text: `${accepted} 处变化从此视为正常 · drifts are taken as right from now on`,
      data: { accepted },
    }
  }
  const bar = progress('cities', args)
  const { rounds, drifts } = await besideRegions(async (deps) => {
    const regions = REGION_IDS.filter(
      (region) => (named ?? region) === region && deps.directory.isConnected(region),
    )
    const total = regions.flatMap(citiesOf).length
    const rounds = []
    for (const region of regions)
      rounds.push({ region, ...(await canary(region, { ...deps, log: quiet }, () => bar.step(total))) })
    return { rounds, drifts: await standingDrifts(deps, named) }
  }).finally(bar.end)
  const sum = (count: 'looks' | 'silent') => rounds.reduce((all, one) => all + one[count], 0)
  const isDeaf = sum('looks') === sum('silent')
  if (drifts.length > 0) process.exitCode = EXIT.wrong
  else if (isDeaf) process.exitCode = EXIT.unreachable
  return {
    text: [
      ...drifts.map(lineOf),
      `看了 ${sum('looks')} 次, ${drifts.length} 处变化, ${sum('silent')} 个城市没有应答 · looks, ${drifts.length} drifts, ${sum('silent')} cities silent`,
    ].join('\n'),
    data: { rounds, drifts },
  }
}
