/** What the contract of Zhejiang requires of its platform. */
import { answering, guarded, readable } from './judge.ts'
import type { Contract } from './model.ts'
import { ZHEJIANG_OPERATIONS } from './zhejiang-operations.ts'
import { ZHEJIANG_REFUSALS } from './zhejiang-refusals.ts'
import { ZHEJIANG_REFUSALS_MORE } from './zhejiang-refusals-more.ts'

const WRONG = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='

export const zhejiangContract: Contract = {
  region: 'zhejiang',
  requirements: [
    ...answering('ZJ', ZHEJIANG_OPERATIONS),
    ...guarded(
      'ZJ',
      '3.1',
      ZHEJIANG_OPERATIONS.map(([operation]) => operation),
      { codes: ['Invalid signature'], status: 401 },
      ({ headers }) => {
        headers['X-BG-HMAC-SIGNATURE'] = WRONG
      },
    ),
    ...readable('ZJ'),
    ...ZHEJIANG_REFUSALS,
    ...ZHEJIANG_REFUSALS_MORE,
  ],
}
