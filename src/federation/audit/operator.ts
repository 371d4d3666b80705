/** Records of what the gateway's own staff does on the command line. */
import type { AccessRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { type AccessFacts, codedRow } from './access.ts'

/** The body under which staff stands in records, and answers. */
export const OPERATOR = 'operator'

/** Whoever operates the gateway. */
export interface Operator {
  /** The account of the machine's user. */
  readonly account: string
}

/** A record of an operator's look or act, to be appended. */
export function operatorRow(
  { holder, clock, act, matter, caseIds, purpose, basis, fields, outcome }: AccessFacts,
  { account }: Operator,
  deps: Pick<Deps, 'sealing' | 'now'>,
): AccessRow {
  return codedRow(
    {
      holderKey: holder,
      clock,
      record: {
        act,
        body: { id: OPERATOR, name: account },
        role: 'operator',
        channel: 'command',
        matter: matter ?? null,
        caseIds: [...(caseIds ?? [])],
        purpose,
        basis,
        fields: [...fields],
        outcome,
        requestId: newId('cmd', deps.now()),
      },
    },
    deps,
  )
}
