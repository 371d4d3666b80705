/** What the calls of a plain region are made of: a signed JSON call, files that are sent once, and what is not offered. */
import { GatewayError } from '../../errors.ts'
import type { RegionId } from '../../schemas/regions.ts'
import { jsonOf, objectOf } from './connect.ts'
import type { Filing, Handle } from './contract.ts'
import type { Transport } from './transport.ts'
import type { FileContent } from './values.ts'

type Plain = Readonly<Record<string, unknown>>

/** How a region is called. */
interface Manner {
  readonly baseUrl: string
  readonly timeoutMs: number
  /** Headers over exactly the text that is sent. */
  readonly sign: (path: string, body: string) => Readonly<Record<string, string>>
  /** What an answer says. @throws GatewayError for a refusal */
  readonly open: (envelope: Plain, operation: string) => unknown
}

/** Posts JSON. A call throws what `RegionLink` says, and what `open` does. */
export const jsonCaller =
  ({ baseUrl, timeoutMs, sign, open }: Manner, transport: Transport) =>
  async (operation: string, path: string, content: object): Promise<unknown> => {
    const body = JSON.stringify(content)
    const headers = { 'content-type': 'application/json; charset=utf-8', ...sign(path, body) }
    const answer = await transport({ method: 'POST', url: baseUrl + path, headers, body }, { timeoutMs })
    return open(objectOf(jsonOf(answer)), operation)
  }

/** What the handle calls the region's reference of an upload. */
const keyOf = (upload: string): string => `upload:${upload}`

/**
 * Sends the uploads that stand in a member of the entries, each once, and keeps its reference before the next: a second attempt goes
 * on from there. @returns the handle with all of them, and the entries with references in place of the uploads
 */
export async function sendFiles(
  { file, keep, handle: kept }: Filing,
  entries: readonly Plain[],
  member: string,
  send: (content: FileContent) => Promise<string>,
): Promise<{ handle: Handle; entries: readonly Plain[] }> {
  let handle = kept
  // The schema of the document has checked that they are texts.
  const uploadsIn = (entry: Plain) => (entry[member] ?? []) as readonly string[]
  for (const upload of entries.flatMap(uploadsIn)) {
    if (handle[keyOf(upload)] !== undefined) continue
    handle = { ...handle, [keyOf(upload)]: await send(await file(upload)) }
    await keep(handle)
  }
  const placed = (entry: Plain) =>
    entry[member] ? { ...entry, [member]: uploadsIn(entry).map((one) => handle[keyOf(one)] ?? '') } : entry
  return { handle, entries: entries.map(placed) }
}

/** A call that a region does not have: whoever asks is told so. */
export const notOffered = (region: RegionId, operation: string) => (): Promise<never> =>
  Promise.reject(new GatewayError('NOT_OFFERED', { region, operation }))
