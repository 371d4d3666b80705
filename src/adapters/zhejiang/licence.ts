/**
 * 电子证照 (contract 4.g, designed on the national licence table): listed, fetched and verified in the sharing dialect. The certificate
 * number stands in the address there, so that nothing of an address goes into an error or a log.
 */
import { GatewayError } from '../../errors.ts'
import { licenceId } from '../../schemas/identifiers/licence-id.ts'
import { oneOrMany } from '../kit/codecs.ts'
import { type Alarms, sentCodes } from '../kit/codes.ts'
import type { Audit, LicenceLink, VerifiedLicence } from '../kit/contract.ts'
import { fitting, rawOf, wordOf } from '../kit/told.ts'
import type { Caller } from './call.ts'
import { LICENCE_STATUS_LABELS, licencePurpose, licenceStatus, licenceType } from './codes.ts'
import type { ZhejiangConfig } from './config.ts'
import { sha256 } from './handle.ts'
import { auditNumber, bytesOf, invalid } from './holding.ts'
import { WireLicenceFile, WireLicences, WireVerified } from './licence.wire.ts'
import { licenceIn } from './licence-row.ts'

const QUERY = 'licence-query'
const FETCH = 'licence-fetch'
const VERIFY = 'licence-verify'

const rowsIn = fitting(WireLicences, 'zhejiang')
const fileIn = fitting(WireLicenceFile, 'zhejiang')
const verifiedIn = fitting(WireVerified, 'zhejiang')

/** Kind → type code, for the kinds that Zhejiang has. */
const CODES: LicenceLink['codes'] = sentCodes(licenceType)

/** The sharing dialect's code for a record that is not there. */
const NO_RECORD = '06'

/**
 * 免交材料 is a licence in the place of a material: it can be said only where Zhejiang itself handles the case, and can look the number
 * up. For a case of another region, and for a look without a case, the honest purpose is 跨省通办.
 */
const purposeOf = ({ case: filed }: Audit): string =>
  licencePurpose.codeOf(filed?.region === 'zhejiang' ? 'insteadOfMaterial' : 'crossProvince')

/** The library of the province; `undefined` where the configuration lacks its group or one of its three addresses. */
export function licenceLink(config: ZhejiangConfig, call: Caller, alarms: Alarms): LicenceLink | undefined {
  const { licenceQuery, licenceFile, licenceVerify } = config.options.sharingApiIds
  if (config.options.icCodes.licence === undefined) return undefined
  if (licenceQuery === undefined || licenceFile === undefined || licenceVerify === undefined) return undefined

  /** The rows of an answer; `""`, `null` or nothing for none. */
  const ask = async (operation: string, apiId: string, query: Readonly<Record<string, string>>) =>
    oneOrMany<unknown>((await call.sharing(operation, 'licence', apiId, query))['datas'])

  const find: LicenceLink['find'] = async ({ holder, audit, kind }) => {
    const code = kind === undefined ? undefined : CODES[kind]
    if (kind !== undefined && code === undefined) return []
    const rows = await ask(QUERY, licenceQuery, {
      // The name stays out: with it another name would be no rows, and nobody would learn that the two disagree.
      certificate_holder_code: holder.idDocument.number,
      ...(code === undefined ? {} : { certificate_type_code: code }),
      use_purpose: purposeOf(audit),
      project_no: auditNumber(audit),
    })
    return rowsIn(rows, QUERY)
      .map((row, index) => licenceIn(row, { holder, alarms, operation: QUERY, at: `/${index}` }))
      .filter((licence) => kind === undefined || licence.kind === kind)
  }

  /** Zhejiang has no member for the reason in words: the purpose is a code. */
  const fetch: LicenceLink['fetch'] = async ({ audit, licence }) => {
    const query = {
      certificate_source_id: licence.id,
      use_purpose: purposeOf(audit),
      project_no: auditNumber(audit),
    }
    const [told] = fileIn(await orGone(ask(FETCH, licenceFile, query), licence.status), FETCH)
    if (told?.certificate_source_id !== licence.id) throw invalid(FETCH, 'another licence')
    const extension = told.file_type.toLowerCase()
    return {
      name: `${licence.name}.${extension}`,
      contentType: `application/${extension}`,
      bytes: bytesOf(told.file_base64, told.file_digest, FETCH),
    }
  }

  const verify: LicenceLink['verify'] = async ({ claim: { identifier, file } }) => {
    if (identifier === undefined || file === undefined)
      throw new GatewayError('FIELD_UNREADABLE', { field: identifier === undefined ? 'identifier' : 'file' })
    const asked = licenceId.compact(identifier)
    // No licence of theirs has an identifier whose check character is wrong; and nothing else goes into an address.
    if (!licenceId.validate(asked).ok) return NONE
    const query = { certificate_source_id: asked, file_digest: sha256(file) }
    const [told] = verifiedIn(await ask(VERIFY, licenceVerify, query), VERIFY)
    if (told?.certificate_source_id !== asked) throw invalid(VERIFY, 'another licence')
    return verdictOf(String(told.verify_result) === '1', told.certificate_status ?? '', alarms)
  }

  return { reach: 'region', codes: CODES, find, fetch, needs: [['identifier', 'file']], verify }
}

/** A licence that is not valid has no file, and Zhejiang says no more than that there is none. */
async function orGone<T>(asked: Promise<T>, status: string): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof GatewayError) || error.facts['code'] !== NO_RECORD) throw error
    throw new GatewayError(
      status === 'valid' ? 'LICENCE_NOT_FOUND' : 'LICENCE_NOT_VALID',
      { region: 'zhejiang', operation: FETCH, code: NO_RECORD },
      { cause: error },
    )
  }
}

const NONE: VerifiedLicence = {
  exists: false,
  status: 'unknown',
  rawStatus: rawOf(LICENCE_STATUS_LABELS, ''),
}

/**
 * What `verify_result` and the status say together. `1` is genuine and valid; `0` is either not the file or not valid, so that it tells of
 * the file only where the licence is valid. An identifier that Zhejiang does not know has no status.
 * @throws GatewayError `REGION_ANSWER_INVALID` when a licence is told to be genuine and valid, and its status is another
 */
function verdictOf(isGood: boolean, code: string, alarms: Alarms): VerifiedLicence {
  if (code === '' && !isGood) return NONE
  const status = wordOf(licenceStatus, code, alarms)
  if (isGood && (code === '' || (status !== 'valid' && status !== 'unknown')))
    throw invalid(VERIFY, 'contradiction', '/0/certificate_status')
  return {
    exists: true,
    status,
    rawStatus: rawOf(LICENCE_STATUS_LABELS, code),
    ...(isGood || status === 'valid' ? { fileMatches: isGood } : {}),
  }
}
