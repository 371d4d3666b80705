import { readFileSync } from 'node:fs'
import { GatewayError } from '../errors.ts'
import { type Args, need } from './args.ts'
import { getToken, keyFrom } from './token.ts'

/** Converts a document at a gateway, which knows the matters; prints content, ledger and losses. */
export async function convert(args: Args): Promise<string> {
  const [file] = args.positionals
  if (!file) throw new GatewayError('CONFIGURATION_INVALID', { option: 'FILE', reason: 'is missing' })
  const gateway = args.values['gateway'] ?? 'http://localhost:8080'
  const client = args.values['client'] ?? 'sandbox-shanghai'
  const access = await getToken({
    gateway,
    client,
    key: keyFrom(args.values['key'] ?? './.data/sandbox-clients.json', client),
    scope: 'convert',
  })
  const answer = await fetch(`${gateway}/api/v1/conversions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${access}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      kind: need(args, 'kind'),
      from: need(args, 'from'),
      to: need(args, 'to'),
      content: JSON.parse(readFileSync(file, 'utf8')) as unknown,
      ...(args.values['division'] ? { division: args.values['division'] } : {}),
    }),
  })
  return JSON.stringify(await answer.json(), null, 2)
}
