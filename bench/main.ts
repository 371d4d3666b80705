/** `npm run bench`: measures, and prints tables. `npm run bench -- conversion` runs one part alone. */
import os from 'node:os'
import { benchCases } from './cases.ts'
import { benchConversion } from './conversion.ts'
import { benchEvents } from './events.ts'
import { benchFirstCall } from './first-call.ts'
import { benchHoldings } from './holdings.ts'
import { benchIdentity } from './identity.ts'
import { benchLighthouse } from './lighthouse.ts'
import { benchLive } from './live.ts'
import { benchMyCases } from './my-cases.ts'
import { benchOutage } from './outage.ts'
import { benchPages } from './pages.ts'
import { benchPhoto } from './photo.ts'
import { benchStart } from './start.ts'
import { benchSubmit } from './submit.ts'

const only = process.argv[2]
console.log(
  `${os.cpus()[0]?.model.trim() ?? 'unknown'}, ${os.availableParallelism()} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
)
for (const [name, run] of Object.entries({
  conversion: benchConversion,
  submit: benchSubmit,
  identity: benchIdentity,
  holdings: benchHoldings,
  'my-cases': benchMyCases,
  photo: benchPhoto,
  events: benchEvents,
  live: benchLive,
  cases: benchCases,
  pages: benchPages,
  lighthouse: benchLighthouse,
  outage: benchOutage,
  start: benchStart,
  'first-call': benchFirstCall,
})) {
  if (only === undefined || only === name) await run()
}
