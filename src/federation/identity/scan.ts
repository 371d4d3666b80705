/** A counter scans a code: single use, for the code's purpose alone, and never without a record that the person can read. */
import { LIMITS } from '../../config.ts'
import { fault, GatewayError, type ProblemCode } from '../../errors.ts'
import type { IdDocument } from '../../schemas/application.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Judged, Looked } from '../../store/index.ts'
import { accessRow } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { requireWhole, stateOf, typedKeyOf } from './codes.ts'
import type { PersonContent } from './persons.ts'
import { LEARNED, type Purpose } from './purposes.ts'
import { looksTyped, readTypedCode } from './typed-code.ts'

/** Under this person stand scans of digits that were nobody's: they are counted, and cost what a real code costs. */
export const NOBODY = 'nobody'

/** Why a scan gave nothing, as the record says it. */
type Refused = 'used' | 'calledBack' | 'ended' | 'otherPurpose' | 'notAllowed' | 'limited' | 'unknown'

/** How a scan ended. */
export type Outcome = 'granted' | Refused

/** What a counter learns: the members that its purpose lists, and no more. */
export interface Learned {
  readonly purpose: Purpose
  readonly name: string
  readonly idDocument: IdDocument
  /** Of the code. How long the document is valid stands on the document: the gateway does not know it. */
  readonly validity?: { readonly from: string; readonly until: string }
  /** The clerk compares the face with the document's picture; no machine has. */
  readonly photoMatch?: 'by-a-person'
  readonly loa?: number
  readonly region?: string
}

interface Asked {
  /** The token of a QR code, or ten digits in any grouping. */
  readonly code: string
  readonly purpose: Purpose
}

type Verdict =
  | { readonly outcome: 'granted'; readonly learned: Learned; readonly personId: string }
  | { readonly outcome: Refused; readonly isOwnUse: boolean }

/** The same as `scanPerson`, with no more than the purpose lets the client learn. */
export const scanCode = async (asked: Asked, actor: Actor, deps: Deps): Promise<Learned> =>
  (await scanPerson(asked, actor, deps)).learned

/**
 * Scans a code for a client. Data is answered only after the use and its record are stored together.
 * @throws GatewayError `PURPOSE_NOT_ALLOWED` when the client has not the purpose; `IDENTITY_CODE_INVALID` for a token that is not ours;
 * `IDENTITY_CODE_PURPOSE`, `…_USED`, `…_CALLED_BACK`, `…_ENDED` for a token, whose holder has seen the code;
 * `IDENTITY_CODE_UNKNOWN` for digits, whatever is behind them, since they may be guessed; `BODY_INVALID` for digits that cannot be
 * right; `RATE_LIMITED`, `AUDIENCE_MISMATCH`
 */
export async function scanPerson(
  asked: Asked,
  actor: Actor,
  deps: Deps,
): Promise<{ readonly learned: Learned; readonly personId: string }> {
  requireWhole(actor)
  const { clientId, requestId } = actor
  const now = deps.now()
  const isTyped = looksTyped(asked.code)
  const key = isTyped
    ? { typedKey: typedKeyOf(digitsOf(asked.code), deps) }
    : { id: (await deps.identityTokens.read(asked.code)).id }
  const isAllowed = deps.clients(clientId)?.purposes.has(asked.purpose) === true

  const verdict = await deps.store.codes.scan<Verdict>({
    key,
    clientId,
    now,
    windowAt: isTyped ? windowOf(now) : undefined,
    judge: (found, misses) => {
      const refused =
        misses > LIMITS.typedMisses
          ? 'limited'
          : !isAllowed
            ? 'notAllowed'
            : whyNot(found, asked.purpose, isTyped, now)
      const verdict: Verdict =
        refused === undefined && found
          ? {
              outcome: 'granted',
              learned: learnedOf(found, asked.purpose, deps),
              personId: found.code.personId,
            }
          : { outcome: refused ?? 'unknown', isOwnUse: found?.code.usedBy === clientId }
      return recorded(verdict, found, { purpose: asked.purpose, at: now }, actor, deps)
    },
  })
  if (verdict.outcome === 'granted') return verdict
  if (verdict.outcome === 'limited')
    deps.log.warn({ clientId, requestId }, 'a client types digits that are nobody’s, again and again')
  throw refusalOf(verdict.outcome, isTyped && !verdict.isOwnUse, now)
}

/** @throws GatewayError `BODY_INVALID`: a slip of the hand is told at once, and tells nothing of anybody's code */
function digitsOf(code: string): string {
  const digits = readTypedCode(code)
  if (digits === undefined)
    throw new GatewayError(
      'BODY_INVALID',
      { message: 'code' },
      {
        errors: [
          fault(
            '/code',
            'CHECK_DIGIT',
            '数字不对: 应为十位数字, 末位用于校验, 请核对是否输错',
            'These cannot be right: there are ten digits, and the last checks the others; compare what was typed',
          ),
        ],
      },
    )
  return digits
}

const windowOf = (now: Date) =>
  new Date(Math.floor(now.getTime() / LIMITS.typedMissesWindowMs) * LIMITS.typedMissesWindowMs)

/** Why a code gives nothing; `undefined` when it does. A token of ours whose record is forgotten ended long ago. */
function whyNot(
  found: Looked | undefined,
  purpose: Purpose,
  isTyped: boolean,
  now: Date,
): Refused | undefined {
  if (!found) return isTyped ? 'unknown' : 'ended'
  if (found.code.purpose !== purpose) return 'otherPurpose'
  const state = stateOf(found.code, now)
  return state === 'open' ? undefined : state
}

function learnedOf({ code, person, loa, region }: Looked, purpose: Purpose, { sealing }: Deps): Learned {
  const { name, idDocument } = sealing.open<PersonContent>(person)
  const known = { purpose, name, idDocument: { type: idDocument.type, number: idDocument.number } }
  if (purpose === 'window') return { ...known, loa, region }
  const validity = { from: formatInstant(code.createdAt), until: formatInstant(code.until) }
  return { ...known, validity, photoMatch: 'by-a-person' }
}

const PROBLEM_OF = {
  used: 'IDENTITY_CODE_USED',
  calledBack: 'IDENTITY_CODE_CALLED_BACK',
  ended: 'IDENTITY_CODE_ENDED',
  otherPurpose: 'IDENTITY_CODE_PURPOSE',
  notAllowed: 'PURPOSE_NOT_ALLOWED',
  unknown: 'IDENTITY_CODE_UNKNOWN',
  limited: 'RATE_LIMITED',
} as const satisfies Record<Refused, ProblemCode>

/** The verdict with the records of it. */
function recorded(
  result: Verdict,
  found: Looked | undefined,
  { purpose, at }: { readonly purpose: Purpose; readonly at: Date },
  actor: Actor,
  deps: Deps,
): Judged<Verdict> {
  const isGranted = result.outcome === 'granted'
  const fields = isGranted ? [...LEARNED[purpose]] : []
  const { clientId } = actor
  return {
    result,
    isGranted,
    scan: {
      clientId,
      purpose,
      at,
      personId: found?.code.personId ?? NOBODY,
      codeId: found?.code.id ?? '',
      outcome: result.outcome,
      fields,
    },
    access: accessRow(
      {
        holder: holderOf(found, clientId, deps),
        clock: 'access',
        act: 'codes.scan',
        purpose,
        // The person shows the code: that is their word.
        basis: 'holder',
        fields,
        outcome: result.outcome === 'granted' ? 'granted' : PROBLEM_OF[result.outcome],
        role: 'clerk',
        channel: 'counter',
      },
      actor,
      deps,
    ),
  }
}

/** Digits that are nobody's leave a record under the client that typed them: both cost the same. */
const holderOf = (found: Looked | undefined, clientId: string, { sealing }: Deps): string =>
  found
    ? sealing.identity(sealing.open<PersonContent>(found.person).idDocument)
    : sealing.hash(NOBODY, clientId)

/** @param mayBeGuessed digits that this client has not used itself: their fate would tell that they are somebody's */
function refusalOf(outcome: Refused, mayBeGuessed: boolean, now: Date): GatewayError {
  if (outcome === 'limited') {
    const over = windowOf(now).getTime() + LIMITS.typedMissesWindowMs
    return new GatewayError('RATE_LIMITED', { retryAfter: Math.ceil((over - now.getTime()) / 1000) })
  }
  const isTold = outcome === 'notAllowed' || !mayBeGuessed
  return new GatewayError(isTold ? PROBLEM_OF[outcome] : 'IDENTITY_CODE_UNKNOWN')
}
