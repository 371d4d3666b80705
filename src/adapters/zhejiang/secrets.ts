/** The two-stage secrets of the sharing dialect (contract 3.2): one pair for all who wait, renewed before it ends. */
import { GatewayError } from '../../errors.ts'

/** What both stages answer with. */
export interface Secrets {
  readonly refreshSecret: string
  readonly requestSecret: string
  /** Epoch milliseconds until which the request secret is used. */
  readonly requestUntil: number
}

/** The first stage takes the configured secret, the second the refresh secret that was answered last. */
interface Stages {
  readonly byKey: () => Promise<Secrets>
  readonly bySecret: (refreshSecret: string) => Promise<Secrets>
}

/** The sharing dialect's code for a wrong signature, and for a secret that was good once. */
const WRONG_SIGN = '01'
const ENDED = '02'

/** Whether a call failed because of its secret. */
export const isSecretFailure = (error: unknown): error is GatewayError =>
  error instanceof GatewayError && (error.facts['code'] === WRONG_SIGN || error.facts['code'] === ENDED)

/** Keeps the pair in use. */
interface SecretStore {
  readonly current: () => Promise<Secrets>
  /** Replaces a pair that was refused; somebody else may have done so meanwhile. */
  readonly replace: (refused: Secrets, failure: GatewayError) => Promise<Secrets>
}

export function secretStore(stages: Stages, now: () => number): SecretStore {
  let kept: Secrets | undefined
  let pending: Promise<Secrets> | undefined

  const renew = async (known: Secrets | undefined): Promise<Secrets> => {
    if (known === undefined) return await stages.byKey()
    try {
      return await stages.bySecret(known.refreshSecret)
    } catch (error) {
      if (!isSecretFailure(error)) throw error
      return await stages.byKey()
    }
  }

  const once = (known: Secrets | undefined): Promise<Secrets> => {
    pending ??= (async () => {
      try {
        kept = await renew(known)
        return kept
      } finally {
        pending = undefined
      }
    })()
    return pending
  }

  return {
    current: async () => (kept && now() < kept.requestUntil ? kept : await once(kept)),
    replace: async (refused, failure) => {
      if (kept && kept !== refused) return kept
      // A wrong signature means that the pair is not theirs at all: begin with the first stage.
      return await once(failure.facts['code'] === WRONG_SIGN ? undefined : kept)
    },
  }
}
