import { readFileSync } from 'node:fs'
import { GatewayError } from '../errors.ts'
import { type Args, need, option, type Said } from './args.ts'
import { call } from './call.ts'

/** Converts a document at a gateway, which knows the matters; prints content, ledger and losses. */
export async function convert(args: Args): Promise<Said> {
  const [file] = args.positionals
  if (!file) throw new GatewayError('CONFIGURATION_INVALID', { option: 'FILE', reason: 'is missing' })
  const division = option(args, 'division')
  const data = await call(args, 'convert', 'POST', '/api/v1/conversions', {
    body: {
      kind: need(args, 'kind'),
      from: need(args, 'from'),
      to: need(args, 'to'),
      content: JSON.parse(readFileSync(file, 'utf8')) as unknown,
      ...(division === undefined ? {} : { division }),
    },
  })
  return { text: JSON.stringify(data, null, 2), data }
}
