/** What the contract of Shanghai requires of its platform. */
import { answering, guarded, readable } from './judge.ts'
import type { Contract } from './model.ts'
import type { Parts } from './parts.ts'
import { SHANGHAI_OPERATIONS } from './shanghai-operations.ts'
import { SHANGHAI_REFUSALS } from './shanghai-refusals.ts'

/** Multipart requests carry the token in a part of their own; they are not taken apart. */
const WITH_TOKEN = [
  'matter-list',
  'matter-detail',
  'matter-materials',
  'matter-areas',
  'apply-no',
  'apply-save',
  'apply-submit',
  'apply-correct',
  'case-query',
  'case-process',
  'document-download',
  'rating-push',
  'case-list',
  'window-list',
  'withdraw',
]
const WITH_SESSION = [
  'licence-query',
  'licence-derive',
  'licence-fetch',
  'licence-verify',
  'photo-query',
  'photo-fetch',
]

const set =
  (name: string, value: unknown) =>
  ({ body }: Parts): void => {
    if (body) body[name] = value
  }
export const shanghaiContract: Contract = {
  region: 'shanghai',
  requirements: [
    ...answering('SH', SHANGHAI_OPERATIONS),
    ...guarded('SH', '3.1', WITH_TOKEN, { codes: ['TOKEN_INVALID'] }, set('accessToken', '0'.repeat(32))),
    ...guarded('SH', '3.2', WITH_SESSION, { codes: ['SESSION_INVALID'] }, set('sessionId', '0'.repeat(32))),
    ...readable('SH'),
    ...SHANGHAI_REFUSALS,
  ],
}
