/** What Jiangsu says of a licence's file (contract 4.g, `zzwjyz`). */
import type { Static } from 'typebox'
import type { VerifiedLicence } from '../kit/contract.ts'
import { saidIn } from '../kit/told.ts'
import { invalid } from './holding.ts'
import type { WireVerdict } from './licence.wire.ts'

const PASSED = '验证通过'

/** The failures, in the order in which the platform looks: the file is the licence's where a later one is told. */
const FAILURES: Readonly<Record<string, Omit<VerifiedLicence, 'rawStatus'>>> = {
  证照不存在: { exists: false, status: 'unknown' },
  文件与证照不一致: { exists: true, status: 'unknown', fileMatches: false },
  证照已注销: { exists: true, status: 'revoked', fileMatches: true },
  证照已过期: { exists: true, status: 'expired', fileMatches: true },
}

/** An identifier that can be no licence's. */
export const NO_LICENCE: VerifiedLicence = {
  exists: false,
  status: 'unknown',
  rawStatus: { code: '', label: '' },
}

/**
 * Result and reason in canonical words. A reason may hold anything, so that one that the contract does not name is not repeated.
 * @throws GatewayError `REGION_ANSWER_INVALID` when the two contradict each other, or a failure has no reason that is known
 */
export function verdictOf(told: Static<typeof WireVerdict>, operation: string): VerifiedLicence {
  const [code, reason] = [String(told.yzjg), saidIn(told.yzms) ?? '']
  const failure = Object.hasOwn(FAILURES, reason) ? FAILURES[reason] : undefined
  if (code === '1') {
    if (failure !== undefined) throw invalid(operation, 'contradiction', '/yzms')
    return { exists: true, status: 'valid', rawStatus: { code, label: PASSED }, fileMatches: true }
  }
  if (reason === PASSED) throw invalid(operation, 'contradiction', '/yzms')
  if (failure === undefined) throw invalid(operation, 'unknown text', '/yzms')
  return { ...failure, rawStatus: { code, label: reason } }
}
