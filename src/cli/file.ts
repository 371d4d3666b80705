/** Applications and cases at a running gateway, for whoever has no client of their own yet. */
import { readFileSync } from 'node:fs'
import { GatewayError } from '../errors.ts'
import type { Case, CaseEvent } from '../schemas/case.ts'
import { type Args, listed, need, option, type Said } from './args.ts'
import { call } from './call.ts'

/** Files an application out of a JSON file. The same `--idempotency-key` files it once, however often it runs. */
export async function file(args: Args): Promise<Said> {
  const [name] = args.positionals
  if (!name) throw new GatewayError('CONFIGURATION_INVALID', { option: 'FILE', reason: 'is missing' })
  const dryRun = args.values['dry-run'] === true
  const data = (await call(args, 'cases', 'POST', `/api/v1/cases${dryRun ? '?dryRun=true' : ''}`, {
    body: JSON.parse(readFileSync(name, 'utf8')) as unknown,
    headers: { 'idempotency-key': option(args, 'idempotency-key') ?? crypto.randomUUID() },
  })) as Case
  if (dryRun) return { text: JSON.stringify(data, null, 2), data }
  return { text: lineOf(data), data }
}

const lineOf = ({ id, caseNumber, status, division, matter }: Case): string =>
  [id, caseNumber ?? '-', status, division, matter.name.zh].join('  ')

/** Lists the client's cases, the newest first. */
export async function listCases(args: Args): Promise<Said> {
  const limit = option(args, 'limit') ?? '20'
  const { items } = (await call(
    args,
    'cases',
    'GET',
    `/api/v1/cases?limit=${encodeURIComponent(limit)}`,
  )) as {
    items: readonly Case[]
  }
  return listed(items, lineOf, '没有办件 · no cases')
}

/** One case with its timeline. */
export async function showCase(args: Args): Promise<Said> {
  const path = `/api/v1/cases/${encodeURIComponent(need(args, 'case'))}`
  const found = (await call(args, 'cases', 'GET', path)) as Case
  const { items } = (await call(args, 'cases', 'GET', `${path}/events`)) as { items: readonly CaseEvent[] }
  const lines = items.map(
    (one) => `  ${one.occurredAt}  ${one.status}  ${one.rawStatus?.label ?? ''}  ${one.via}`,
  )
  return { text: [lineOf(found), ...lines].join('\n'), data: { case: found, events: items } }
}
