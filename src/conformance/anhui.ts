/** What the contract of Anhui requires of its platform. */

import { ANHUI_OPERATIONS } from './anhui-operations.ts'
import { ANHUI_REFUSALS } from './anhui-refusals.ts'
import { answering, guarded, readable } from './judge.ts'
import type { Contract } from './model.ts'

/** A ticket is exchanged without a signature. Those that are in GM are signed too, but sealed: what their answers hold is judged by the parts of the tour. */
const SIGNED = [
  ...ANHUI_OPERATIONS.map(([operation]) => operation).filter((operation) => operation !== 'sso-exchange'),
  'photo-query',
  'photo-fetch',
]

const front = (code: string) => ({ codes: [code], status: 401 })

export const anhuiContract: Contract = {
  region: 'anhui',
  requirements: [
    ...answering('AH', ANHUI_OPERATIONS),
    ...guarded('AH', '3.6', SIGNED, front('10003'), ({ headers }) => {
      headers['S-Auth-Signature'] = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='
    }),
    ...readable('AH', 'files', 'licence-more', 'log-in-app'),
    ...ANHUI_REFUSALS,
  ],
}
