import { entryOf } from '../entries.ts'
import type { Office } from './office.ts'
import { BusinessRefusal, badMember } from './refusals.ts'
import type { Call } from './routes.ts'
import { type Check, isRecord } from './shapes.ts'
import type { CaseRecord } from './state.ts'

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Whether a `Content-Type` is the wanted one; a charset may be left out, but no other than UTF-8 is taken. */
export function isMediaType(contentType: string, wanted: string): boolean {
  const [type = '', ...parameters] = contentType.split(';').map((part) => part.trim().toLowerCase())
  if (type !== wanted) return false
  return parameters.every((parameter) => {
    return !parameter.startsWith('charset') || /^charset="?utf-8"?$/.test(parameter)
  })
}

/** Decodes UTF-8; `undefined` when the bytes are something else. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** Reads a JSON text that has to be an object; `undefined` when it is not. */
export function jsonObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Refuses any query parameter but the named ones, and a named one that is missing or empty. */
export function checkQuery(call: Call, names: readonly string[]): void {
  for (const name of call.query.keys()) if (!names.includes(name)) throw badMember(name)
  for (const name of names) if (!call.query.get(name)) throw badMember(name)
}

/**
 * The JSON body of a business operation, checked against its shape (section 4, order of checks, first two steps).
 * `Body` is what the shape guarantees.
 */
export function readJson<Body>(call: Call, shape: Check): Body {
  if (!isMediaType(call.contentType, 'application/json')) throw badMember('Content-Type')
  const body = jsonObject(utf8(call.body))
  if (body === undefined) throw badMember('body')
  checkQuery(call, [])
  const wrong = shape(body, '')
  if (wrong !== undefined) throw badMember(wrong)
  // The shape passed, and each caller's `Body` says no more than its shape does.
  return body as Body
}

/** The case of that number and password; a wrong password is not told from an unknown number (section 4). */
export function caseOf(office: Office, projId: string, projPwd: string): CaseRecord {
  const { cases } = office.state
  const found = entryOf(cases, projId)
  if (found === undefined || found.projPwd !== projPwd) throw new BusinessRefusal('C-AFFAIR-PROJ-NOT-EXIST')
  return found
}
