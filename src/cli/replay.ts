/** `delta replay`: recorded exchanges through the code as it is now, and the record itself as a file. */
import { createWriteStream, readFileSync } from 'node:fs'
import {
  countRecorded,
  type Otherwise,
  parseRecord,
  type Recorded,
  type Replayed,
  recorded,
  replay,
} from '../federation/exchanges/replay.ts'
import { speakerOf } from '../reach.ts'
import { REGION_IDS } from '../schemas/regions.ts'
import { type Args, EXIT, maybeOneOf, need, option, type Said } from './args.ts'
import { beside } from './beside.ts'
import { type Progress, progress } from './progress.ts'

const saidOf = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value))
const fieldLine = ({ pointer, before, after }: Otherwise): string =>
  `    ${pointer || '/'}  ${saidOf(before)} → ${saidOf(after)}`
const linesOf = ({ speaker, message, way, matter, recordedAt, differences }: Replayed): string =>
  [`${speaker}  ${message} ${way}  ${matter}  ${recordedAt}`, ...differences.map(fieldLine)].join('\n')

/** Runs over a file's exchanges, or over what the gateway recorded. */
async function over<T>(
  args: Args,
  bar: Progress,
  run: (record: AsyncIterable<Recorded> | Iterable<Recorded>, seen: () => void) => Promise<T>,
): Promise<T> {
  const [file, region] = [option(args, 'file'), maybeOneOf(args, 'region', REGION_IDS)]
  if (file !== undefined) {
    const all = [...parseRecord(readFileSync(file, 'utf8'), '--file')].filter(
      (one) => region === undefined || one.region === region,
    )
    return run(all, () => bar.step(all.length))
  }
  return beside(async (deps) => {
    const total = await countRecorded(deps, region)
    return run(recorded(deps, region), () => bar.step(total))
  })
}

/** Converts again. What differs is printed as it is found, and makes the command end with 1. */
export async function replayAll(args: Args): Promise<Said> {
  const bar = progress('exchanges', args)
  const found: Replayed[] = []
  const tell = (one: Replayed) => {
    found.push(one)
    bar.line(linesOf(one))
  }
  const told = await over(args, bar, (record, seen) => replay(record, speakerOf, tell, seen)).finally(bar.end)
  if (told.otherwise > 0) process.exitCode = EXIT.wrong
  return {
    text: `${told.exchanges} 次交换, ${told.otherwise} 次现在转换结果不同 · exchanges, ${told.otherwise} convert otherwise now${told.unspoken > 0 ? `; ${told.unspoken} 次的地方已无适配器 · of places without an adapter` : ''}`,
    data: { ...told, found },
  }
}

/** Writes the record to a file, a line for each exchange. */
export async function exportRecord(args: Args): Promise<Said> {
  const out = need(args, 'out')
  const bar = progress('exchanges', args)
  const file = createWriteStream(out, { mode: 0o600 })
  const exchanges = await over(args, bar, async (record, seen) => {
    let count = 0
    for await (const one of record) {
      seen()
      count += 1
      if (!file.write(`${JSON.stringify(one)}\n`)) await new Promise((resolve) => file.once('drain', resolve))
    }
    return count
  }).finally(bar.end)
  await new Promise<void>((resolve, reject) => {
    file.once('error', reject)
    file.end(resolve)
  })
  return { text: `${out}: ${exchanges} 次交换 · exchanges`, data: { file: out, exchanges } }
}
