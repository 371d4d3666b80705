/** `delta contracts diff`: who breaks when a region changes the schema of a document. */
import { readFileSync } from 'node:fs'
import { GatewayError } from '../errors.ts'
import { type Consequence, canDeploy, type Deployable } from '../federation/contracts/can-deploy.ts'
import { type CheckedRecord, checkRecorded } from '../federation/contracts/recorded-checks.ts'
import { MESSAGES, type MessageKind } from '../federation/exchanges/exchange.ts'
import { parseRecord } from '../federation/exchanges/replay.ts'
import { documentOf } from '../reach.ts'
import { REGION_IDS, type RegionId } from '../schemas/regions.ts'
import { type Args, EXIT, oneOf, option, type Said } from './args.ts'

const lineOf = ({ verdict, member, change, before, after, canonical, zh, en }: Consequence): string =>
  [
    `${verdict.padEnd(6)} ${member || '/'} ${change}${before || after ? ` (${before || '–'} → ${after || '–'})` : ''}`,
    `       ${zh}${canonical.length > 0 ? `: ${canonical.join(' ')}` : ''}`,
    `       ${en}`,
  ].join('\n')

/** What the change does to recorded exchanges, where a record is given. */
function recordIn(
  args: Args,
  region: RegionId,
  message: MessageKind,
  schemas: readonly [object, object],
  { consequences }: Deployable,
): CheckedRecord | undefined {
  const file = option(args, 'exchanges')
  if (file === undefined) return undefined
  const lines = parseRecord(readFileSync(file, 'utf8'), '--exchanges')
  try {
    return checkRecorded(lines, region, message, schemas, consequences)
  } catch (cause) {
    if (cause instanceof GatewayError) throw cause
    const reason = cause instanceof Error ? cause.message : 'is no JSON Schema'
    throw new GatewayError('CONFIGURATION_INVALID', { option: 'OLD NEW', reason }, { cause })
  }
}

const recordLines = ({ exchanges, concerned }: CheckedRecord): readonly string[] => [
  ...concerned.map(({ speaker, way, matter, refused, changed }) =>
    [
      `record ${speaker}  ${way}  ${matter}`,
      ...refused.map((pointer) => `       ${pointer || '/'} 不再通过 · is refused`),
      ...changed.map((member) => `       ${member} 不再照旧转换 · converts otherwise`),
    ].join('\n'),
  ),
  `录下 ${exchanges} 次交换, ${concerned.length} 次受影响 · recorded exchanges, ${concerned.length} concerned`,
]

/** Compares two JSON Schemas of a document; `current` stands for the one that the adapter checks with. Ends with 1 unless all is fine. */
export async function contractsDiff(args: Args): Promise<Said> {
  const [region, message] = [oneOf(args, 'region', REGION_IDS), oneOf(args, 'message', MESSAGES)]
  const { schema, rows, ownDialects } = documentOf(region, message)
  const [old, now] = args.positionals
  if (!old || !now)
    throw new GatewayError('CONFIGURATION_INVALID', { option: 'OLD NEW', reason: 'is missing' })
  const read = (name: string): object =>
    name === 'current' ? schema : (JSON.parse(readFileSync(name, 'utf8')) as object)
  const told = canDeploy(region, message, [read(old), read(now)], rows, ownDialects)
  const record = recordIn(args, region, message, [read(old), read(now)], told)
  if (!told.isSafe) process.exitCode = EXIT.wrong
  const worst = told.consequences.filter(({ verdict }) => verdict !== 'fine').length
  return {
    text: [
      ...told.consequences.map(lineOf),
      ...(record ? recordLines(record) : []),
      `${region} ${message}: ${told.consequences.length} 处变化, ${worst} 处要处理 · changes, ${worst} to look after; ${told.cities.length} 城 · cities: ${told.cities.join(' ')}`,
    ].join('\n'),
    data: { ...told, ...(record ? { record } : {}) },
  }
}
