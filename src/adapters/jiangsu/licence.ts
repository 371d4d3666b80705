/** 电子证照 (contract 4.g, mixed): listed, fetched and verified in the library of the city that issued them. */
import { GatewayError } from '../../errors.ts'
import { licenceId } from '../../schemas/identifiers/licence-id.ts'
import { atMost } from '../kit/codecs.ts'
import { type Alarms, sentCodes } from '../kit/codes.ts'
import type { LicenceLink } from '../kit/contract.ts'
import { fitting } from '../kit/told.ts'
import type { HeadCaller } from './head-call.ts'
import { businessNumber, bytesOf, invalid, isTakenNumber, lengthOf } from './holding.ts'
import { holderTypeCode, licenceType } from './holding-codes.ts'
import { WireLicenceFile, WireLicences, WireVerdict } from './licence.wire.ts'
import { licenceIn } from './licence-row.ts'
import { NO_LICENCE, verdictOf } from './verdict.ts'

const QUERY = 'licence-query'
const FETCH = 'licence-fetch'
const VERIFY = 'licence-verify'
const NAME_LENGTH = 100
const REASON_LENGTH = 100

const rowsIn = fitting(WireLicences, 'jiangsu')
const fileIn = fitting(WireLicenceFile, 'jiangsu')
const verdictIn = fitting(WireVerdict, 'jiangsu')

/** Kind → type code, for the kinds that Jiangsu has. */
const CODES: LicenceLink['codes'] = sentCodes(licenceType)

/** The libraries of the cities. */
export function licenceLink(ask: HeadCaller['licence'], now: () => Date, alarms: Alarms): LicenceLink {
  const find: LicenceLink['find'] = async ({ division, holder, audit, kind }) => {
    const code = kind === undefined ? undefined : CODES[kind]
    if (kind !== undefined && code === undefined) return []
    if (!isTakenNumber(holder) || lengthOf(holder.name) > NAME_LENGTH) return []
    const question = {
      ...(code === undefined ? {} : { zzlxdm: code }),
      czzt: holder.name,
      czztdm: holder.idDocument.number,
      czztdmlxdm: holderTypeCode(holder.idDocument.type),
      ywh: businessNumber(audit),
      dwdm: division,
    }
    const rows = rowsIn(await orNone(ask(QUERY, 'zzcx', question)), QUERY)
    const at = now()
    return rows
      .map((row, index) => licenceIn(row, { holder, alarms, operation: QUERY, now: at, at: `/${index}` }))
      .filter((licence) => kind === undefined || licence.kind === kind)
  }

  const fetch: LicenceLink['fetch'] = async ({ division, audit, licence, reason }) => {
    const question = {
      zzbs: licence.id,
      dzzzsymd: atMost(reason, REASON_LENGTH),
      ywh: businessNumber(audit),
      dwdm: division,
    }
    const told = fileIn(await ask(FETCH, 'zzxxxz', question, 'file'), FETCH)
    if (told.zzbs !== licence.id) throw invalid(FETCH, 'another licence')
    const format = told.wjgs.toLowerCase()
    return {
      name: `${licence.name}.${format}`,
      contentType: `application/${format}`,
      bytes: bytesOf(told.zzwj, FETCH, '/zzwj'),
    }
  }

  const verify: LicenceLink['verify'] = async ({ division, claim: { identifier, file } }) => {
    if (identifier === undefined || file === undefined)
      throw new GatewayError('FIELD_UNREADABLE', { field: identifier === undefined ? 'identifier' : 'file' })
    const zzbs = licenceId.compact(identifier)
    // No licence has an identifier whose check character is wrong: the file of it is shown to nobody.
    if (!licenceId.validate(zzbs).ok) return NO_LICENCE
    const question = { zzbs, zzwj: file.toString('base64'), dwdm: division }
    return verdictOf(verdictIn(await ask(VERIFY, 'zzwjyz', question, 'file'), VERIFY), VERIFY)
  }

  return { reach: 'city', codes: CODES, find, fetch, needs: [['identifier', 'file']], verify }
}

/** Nobody of that name, number and type, and nobody with a licence, are refused alike. */
async function orNone(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'LICENCE_NOT_FOUND') return []
    throw error
  }
}
