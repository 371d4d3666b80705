/** The CAS exchange (contract 4e, designed on the standard): a ticket for a user and a token, unsigned, in XML. */
import type { Static } from 'typebox'
import { GatewayError, type ProblemCode } from '../../errors.ts'
import { ticketRefused } from '../kit/log-in.ts'
import { answerInvalid, fitting } from '../kit/told.ts'
import type { Incoming, Transport } from '../kit/transport.ts'
import { WireSuccess } from './log-in.wire.ts'
import { childrenOf, parseLocalXml } from './xml.ts'

const EXCHANGE = 'sso-exchange'
const successIn = fitting(WireSuccess, 'anhui')

/** The ticket is unknown, used or ended, or was made for another address; in each case it is burnt (trap 15). */
const OF_TICKET: readonly string[] = ['INVALID_TICKET', 'INVALID_SERVICE']
const PROBLEMS: Readonly<Record<string, ProblemCode>> = { INTERNAL_ERROR: 'REGION_UNAVAILABLE' }

/** Exchanges a ticket. `address` is that of `serviceValidate`; `service` is what the ticket was made for. */
export async function validate(
  transport: Transport,
  address: string,
  asked: { readonly service: string; readonly ticket: string },
  timeoutMs: number,
): Promise<Static<typeof WireSuccess>> {
  const line = `service=${encodeURIComponent(asked.service)}&ticket=${encodeURIComponent(asked.ticket)}`
  const told = rootOf(
    await transport({ method: 'GET', url: `${address}?${line}`, headers: {} }, { timeoutMs }),
  )
  const failure = told['authenticationFailure']
  if (failure !== undefined) throw refusalOf(failure)
  return successIn(told['authenticationSuccess'], EXCHANGE)
}

/** What the answer holds. Good and bad ones have HTTP 200. */
function rootOf({ status, body }: Incoming): Readonly<Record<string, unknown>> {
  if (status >= 500) throw new GatewayError('REGION_UNAVAILABLE', { phase: 'status', status })
  if (status !== 200) throw answerInvalid('anhui', EXCHANGE, `status ${status}`)
  try {
    return childrenOf(parseLocalXml(body.toString('utf8'), 'serviceResponse'))
  } catch (cause) {
    if (cause instanceof GatewayError) throw answerInvalid('anhui', EXCHANGE, 'no CAS answer')
    throw cause
  }
}

function refusalOf(failure: unknown): GatewayError {
  const told = childrenOf(failure)['@code']
  // A code is one word; whatever else stands there is not passed on.
  const code = typeof told === 'string' && /^\w{1,40}$/.test(told) ? told : 'none'
  if (OF_TICKET.includes(code)) return ticketRefused('anhui', code)
  return new GatewayError(PROBLEMS[code] ?? 'REGION_REJECTED', { region: 'anhui', operation: EXCHANGE, code })
}
