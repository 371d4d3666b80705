/** Operations that a contract has and no adapter calls: asked by the kit itself, like other requests of the same platform. */
import type { Outgoing } from '../../adapters/kit/transport.ts'
import type { Bench } from '../bench.ts'
import { memberOf } from '../judge.ts'
import { type Parts, partsOf, withParts } from '../parts.ts'

/** A part of the tour: its name and what is done. It throws when an answer is not that of the contract. */
export type Extra = readonly [step: string, work: (bench: Bench) => Promise<void>]

/** The file that the tour sends; what comes back must be the same bytes. */
export const FILE = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

/** A request like one that was answered well, with something changed in it. */
export function like(
  { good }: Bench,
  operation: string,
  change: (parts: Parts) => void = () => {},
): Outgoing {
  const { out } = good(operation)
  const parts = partsOf(out)
  change(parts)
  return withParts(out, parts)
}

/** A JSON request to another ending of a path, with these members in place of its own. */
export function elsewhere(out: Outgoing, from: string, to: string, body: object): Outgoing {
  return { ...out, url: (out.url.split('?')[0] ?? '').replace(from, to), body: JSON.stringify(body) }
}

/** Asks and reads a member of the answer. @throws Error when the answer is a refusal, or has no such member */
export async function told({ ask }: Bench, out: Outgoing, path: string): Promise<string> {
  const { outcome } = await ask(out)
  if (!outcome.ok) throw new Error(`refused with ${outcome.code}`)
  const value = memberOf(outcome.data, path)
  if (value === undefined || value === null || value === '') throw new Error(`${path} is missing`)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Asks what must be refused. */
export async function refused({ ask }: Bench, out: Outgoing, code: string): Promise<void> {
  const { outcome } = await ask(out)
  if (outcome.ok || outcome.code !== code)
    throw new Error(`answered with ${outcome.ok ? 'success' : outcome.code}; ${code} is due`)
}

/** What stands at a member of a request's JSON or form body. */
export function asked({ good }: Bench, operation: string, path: string): string {
  return String(memberOf(partsOf(good(operation).out).body, path) ?? '')
}

/** What stood at a member of a good answer. */
export function answered({ good, speech }: Bench, operation: string, path: string): string {
  const { answer } = good(operation)
  return String((answer && memberOf(speech.outcomeOf(answer).data, path)) ?? '')
}

/** The file came back as it was sent, under its own type. */
export async function fetched({ ask }: Bench, out: Outgoing): Promise<void> {
  const { answer } = await ask(out)
  if (!/^application\/pdf/.test(answer.headers['content-type'] ?? '')) throw new Error('is no PDF')
  if (!answer.body.equals(FILE)) throw new Error('other bytes than were sent')
}
