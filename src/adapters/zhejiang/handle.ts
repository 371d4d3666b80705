/** What every call about a case of ours needs: its number and password, and how an answer becomes a state. */
import { createHash } from 'node:crypto'
import { objectOf } from '../kit/connect.ts'
import type { Filed, Handle, RecordContext } from '../kit/contract.ts'
import type { Caller } from './call.ts'
import { rawOf } from './case-times.ts'
import { phase } from './codes.ts'

type Plain = Readonly<Record<string, unknown>>

/** The case password, in the handle. */
export const PASSWORD = 'projPwd'

/** Lower-case hex, as the platform writes digests. */
export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** `data` of the query of one case. */
export const statusOf = async (call: Caller, handle: Handle): Promise<Plain> =>
  objectOf(
    await call.get('case-query', 'case', '/zwztapi/status.do', {
      projId: handle['projId'] ?? '',
      projPwd: handle[PASSWORD] ?? '',
    }),
  )

/** What an answer tells of a case: its number, its keys and its state. */
export const filedAs = (
  handle: Handle,
  pair: string,
  context: RecordContext,
  occurredAt?: string,
): Filed => ({
  caseNumber: handle['projId'] ?? '',
  handle,
  status: phase.decode(pair, context),
  rawStatus: rawOf(pair),
  ...(occurredAt ? { occurredAt } : {}),
})
