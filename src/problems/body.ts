/** A problem as it is answered: RFC 9457 problem details. */
import { type FieldError, type GatewayError, PROBLEMS } from '../errors.ts'

/** One fault as the API shows it. */
export const shownFault = ({ pointer, code, zh, en }: FieldError): object => ({
  pointer,
  code,
  detail: { zh, en },
})

/** The body of a problem. `errors` point into what the caller sent, in the caller's own names. */
export function problemBody(error: GatewayError, requestId: string): object {
  const known = PROBLEMS[error.code]
  return {
    type: `/problems/${error.code}`,
    title: known.title.en,
    status: known.status,
    code: error.code,
    detail: `${known.title.zh}。${known.fix.zh}。 ${known.fix.en}.`,
    instance: requestId,
    retry: known.retry,
    ...(Object.keys(error.facts).length > 0 ? { facts: error.facts } : {}),
    ...(error.errors.length > 0 ? { errors: error.errors.map(shownFault) } : {}),
  }
}
