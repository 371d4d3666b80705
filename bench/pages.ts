/** Every page at a hundred requests a second: how long its readers wait. Everything is on this machine. */
import { APPLICATION } from './application.ts'
import { paced, rowOf, type Shot, withGateway } from './gateway.ts'
import { OWN_PAGES, publicPages } from './page-list.ts'
import { peopleOf } from './people.ts'
import { untilAnswered } from './processes.ts'

const SECONDS = Number(process.env['SECONDS'] ?? 20)
/** Part of a page's name: the others are left out, for whoever makes one faster. */
const ONLY = process.env['ONLY'] ?? ''
const WARM_SECONDS = 2
const PER_SECOND = 100
const LIMIT_MS = 100

/** Browsers take what is compressed. */
const HEADERS = { accept: 'text/html', 'accept-encoding': 'gzip, br' }

const get = (path: string, cookie = ''): Shot => ({
  method: 'GET',
  path,
  headers: { ...HEADERS, ...(cookie ? { cookie } : {}) },
})

/** Prints the tables. */
export async function benchPages(): Promise<void> {
  await withGateway(async (bench) => {
    await untilAnswered(`${bench.url}/api/v1/matters/${APPLICATION.matter}`)
    const windows = `${bench.url}/api/v1/windows?city=${APPLICATION.division}&limit=1`
    for (let found = 0; found === 0; ) {
      found = ((await (await fetch(windows)).json()) as { items: object[] }).items.length
    }
    const people = await peopleOf(bench)
    const rows: Record<string, ReturnType<typeof rowOf>> = {}
    for (const path of (await publicPages(bench)).filter((one) => one.includes(ONLY)))
      rows[decodeURIComponent(path)] = await measured(bench.url, [get(path)])
    for (const [name, pathOf] of Object.entries(OWN_PAGES).filter(([one]) => one.includes(ONLY))) {
      const shots = people.flatMap((person) => {
        const path = pathOf(person)
        return path ? [get(path, person.cookie)] : []
      })
      rows[name] = await measured(bench.url, shots)
    }
    console.log(
      `\nPages: ${PER_SECOND} requests a second for ${SECONDS} s each, ${people.length} people; nobody should wait longer than ${LIMIT_MS} ms (p95)`,
    )
    console.table(rows)
    const slow = Object.entries(rows).filter(([, row]) => row['p95 (ms)'] > LIMIT_MS || row.others > 0)
    console.log(
      slow.length === 0 ? 'None is slower.' : `Slower, or refused: ${slow.map(([name]) => name).join(', ')}`,
    )
  })
}

/** One page, read by its readers in turn. */
async function measured(url: string, shots: readonly Shot[]) {
  const next = (index: number) => shots[index % shots.length] as Shot
  await paced(url, { seconds: WARM_SECONDS, perSecond: PER_SECOND }, next)
  return rowOf(await paced(url, { seconds: SECONDS, perSecond: PER_SECOND }, next), 200)
}
