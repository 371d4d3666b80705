/** What the contract of Jiangsu requires of its platform. */

import { JIANGSU_OPERATIONS } from './jiangsu-operations.ts'
import { JIANGSU_REFUSALS } from './jiangsu-refusals.ts'
import { JIANGSU_REFUSALS_MORE } from './jiangsu-refusals-more.ts'
import { answering, guarded, readable } from './judge.ts'
import type { Contract } from './model.ts'

const bus = (code: string) => ({ codes: [code], status: 401 })

export const jiangsuContract: Contract = {
  region: 'jiangsu',
  requirements: [
    ...answering('JS', JIANGSU_OPERATIONS),
    ...guarded(
      'JS',
      '3.1',
      JIANGSU_OPERATIONS.map(([operation]) => operation),
      bus('1002'),
      ({ headers }) => {
        headers['x-tif-signature'] = 'A'.repeat(64)
      },
    ),
    ...readable('JS', 'files'),
    ...JIANGSU_REFUSALS,
    ...JIANGSU_REFUSALS_MORE,
  ],
}
