/** Calls of a running gateway in the name of a client. */
import { GatewayError, PROBLEMS } from '../errors.ts'
import { type Args, option } from './args.ts'
import { getToken, keyFrom } from './token.ts'

/** Where the gateway is and who calls; what the sandbox made for itself where nothing else is said. */
export function callerOf(args: Args) {
  const gateway = (option(args, 'gateway') ?? 'http://localhost:8080').replace(/\/$/, '')
  const client = option(args, 'client') ?? 'sandbox-shanghai'
  const key = keyFrom(option(args, 'key') ?? './.data/sandbox-clients.json', client)
  return { gateway, client, key }
}

/** One call with a token of its own. @throws GatewayError with the code of the gateway's problem, its fields among it. */
export async function call(
  args: Args,
  scope: string,
  method: string,
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<unknown> {
  const caller = callerOf(args)
  const access = await getToken({ ...caller, scope })
  const answer = await fetch(`${caller.gateway}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${access}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const told = (await answer.json()) as { code?: string; errors?: GatewayError['errors'] }
  if (answer.ok) return told
  const code = (Object.keys(PROBLEMS) as (keyof typeof PROBLEMS)[]).find((one) => one === told.code)
  throw new GatewayError(code ?? 'INTERNAL', { status: answer.status }, { errors: fieldsOf(told.errors) })
}

/** What is wrong in which field, as problems write it: the sentence in both languages under `detail`. */
function fieldsOf(errors: unknown): GatewayError['errors'] {
  if (!Array.isArray(errors)) return []
  return errors.map((one: { pointer?: string; code?: string; detail?: { zh?: string; en?: string } }) => ({
    pointer: one.pointer ?? '',
    code: one.code ?? '',
    zh: one.detail?.zh ?? '',
    en: one.detail?.en ?? '',
  }))
}
