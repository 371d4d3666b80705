/** `delta contracts diff`: who breaks when a region changes the schema of a document. */
import { readFileSync } from 'node:fs'
import { GatewayError } from '../errors.ts'
import { type Consequence, canDeploy } from '../federation/contracts/can-deploy.ts'
import { documentOf } from '../reach.ts'
import { REGION_IDS } from '../schemas/regions.ts'
import { type Args, EXIT, need, type Said } from './args.ts'

const MESSAGES = ['application', 'matter', 'case'] as const

function among<T extends string>(args: Args, name: string, words: readonly T[]): T {
  const found = words.find((one) => one === need(args, name))
  if (!found)
    throw new GatewayError('CONFIGURATION_INVALID', { option: `--${name}`, reason: words.join(', ') })
  return found
}

const lineOf = ({ verdict, member, change, before, after, canonical, zh, en }: Consequence): string =>
  [
    `${verdict.padEnd(6)} ${member || '/'} ${change}${before || after ? ` (${before || '–'} → ${after || '–'})` : ''}`,
    `       ${zh}${canonical.length > 0 ? `: ${canonical.join(' ')}` : ''}`,
    `       ${en}`,
  ].join('\n')

/** Compares two JSON Schemas of a document; `current` stands for the one that the adapter checks with. Ends with 1 unless all is fine. */
export async function contractsDiff(args: Args): Promise<Said> {
  const [region, message] = [among(args, 'region', REGION_IDS), among(args, 'message', MESSAGES)]
  const { schema, rows, ownDialects } = documentOf(region, message)
  const [old, now] = args.positionals
  if (!old || !now)
    throw new GatewayError('CONFIGURATION_INVALID', { option: 'OLD NEW', reason: 'is missing' })
  const read = (name: string): object =>
    name === 'current' ? schema : (JSON.parse(readFileSync(name, 'utf8')) as object)
  const told = canDeploy(region, message, [read(old), read(now)], rows, ownDialects)
  if (!told.isSafe) process.exitCode = EXIT.wrong
  const worst = told.consequences.filter(({ verdict }) => verdict !== 'fine').length
  return {
    text: [
      ...told.consequences.map(lineOf),
      `${region} ${message}: ${told.consequences.length} 处变化, ${worst} 处要处理 · changes, ${worst} to look after; ${told.cities.length} 城 · cities: ${told.cities.join(' ')}`,
    ].join('\n'),
    data: told,
  }
}
