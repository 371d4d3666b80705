/** What the contract of Shanghai requires of its platform. */
import { answering, guarded, readable } from './judge.ts'
import type { Contract } from './model.ts'
import type { Parts } from './parts.ts'
import { SHANGHAI_OPERATIONS } from './shanghai-operations.ts'
import { SHANGHAI_REFUSALS } from './shanghai-refusals.ts'

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
  'material-download',
  'material-delete',
]
const WITH_SESSION = [
  'licence-query',
  'licence-derive',
  'licence-fetch',
  'licence-verify',
  'photo-query',
  'photo-fetch',
  'licence-thumbnail',
  'licence-scan',
]

const set =
  (name: string, value: unknown) =>
  ({ body }: Parts): void => {
    if (body) body[name] = value
  }

/** The token of a multipart request is a part of its own. */
function inMultipart(parts: Parts): void {
  parts.raw = parts.raw?.replace(/(name="accessToken"\r\n\r\n)[0-9a-f]{32}/, `$1${'0'.repeat(32)}`)
}

export const shanghaiContract: Contract = {
  region: 'shanghai',
  requirements: [
    ...answering('SH', SHANGHAI_OPERATIONS),
    ...guarded('SH', '3.1', WITH_TOKEN, { codes: ['TOKEN_INVALID'] }, set('accessToken', '0'.repeat(32))),
    ...guarded('SH', '3.1', ['material-upload'], { codes: ['TOKEN_INVALID'] }, inMultipart),
    ...guarded('SH', '3.2', WITH_SESSION, { codes: ['SESSION_INVALID'] }, set('sessionId', '0'.repeat(32))),
    ...readable('SH', 'files', 'licence-more'),
    ...SHANGHAI_REFUSALS,
  ],
}
