/** 电子证照 (contract 4g, documented and mixed): listed by number and name, read and fetched with a token of the holder's, verified. */
import { GatewayError } from '../../errors.ts'
import { licenceId } from '../../schemas/identifiers/licence-id.ts'
import { oneOrMany } from '../kit/codecs.ts'
import { type Alarms, sentCodes } from '../kit/codes.ts'
import type { FoundLicence, Holder, LicenceClaim, LicenceLink, VerifiedLicence } from '../kit/contract.ts'
import { fitting } from '../kit/told.ts'
import { wireOf } from './areas.ts'
import type { Caller } from './call.ts'
import type { AnhuiConfig } from './config.ts'
import type { HolderTokens } from './holder-tokens.ts'
import { bytesOf, invalid, isRefusal, mismatch, type Owner, ownerOf, sm3 } from './holding.ts'
import { licenceType } from './holding-codes.ts'
import { WireLicence, WireLicenceFile, WireLicences, WireVerified } from './licence.wire.ts'
import { licenceIn } from './licence-row.ts'

const SUMMARY = 'licence-summary'
const QUERY = 'licence-query'
const FETCH = 'licence-fetch'
const VERIFY = 'licence-verify'

const rowsIn = fitting(WireLicences, 'anhui')
const rowIn = fitting(WireLicence, 'anhui')
const fileIn = fitting(WireLicenceFile, 'anhui')
const verifiedIn = fitting(WireVerified, 'anhui')

/** Kind → type code, for the kinds that Anhui has. */
const CODES: LicenceLink['codes'] = sentCodes(licenceType)

/** Licence first: 3 would be material alone, which is never anything here. */
const LICENCE_FIRST = '1'

const refused = (code: 'LICENCE_NOT_FOUND' | 'LICENCE_NOT_VALID'): GatewayError =>
  new GatewayError(code, { region: 'anhui', operation: FETCH })

interface Around {
  readonly now: () => Date
  readonly alarms: Alarms
}

/** One licence that is asked for by its number, whose it is, and where. */
interface Whose {
  readonly holder: Holder
  readonly owner: Owner
  readonly areaCode: string
}

/** The library of the province; all that it needs, every configuration has. */
export function licenceLink(
  { options }: AnhuiConfig,
  call: Caller,
  tokens: HolderTokens,
  { now, alarms }: Around,
): LicenceLink {
  /** One licence with its face. */
  const query = async (certId: string, { holder, owner, areaCode }: Whose): Promise<FoundLicence> => {
    const told = await tokens.using({ owner, areaCode }, (token) =>
      call.zzwk(QUERY, areaCode, '/criterion/queryCertificate', { certId, token }),
    )
    const [row] = rowIn(oneOrMany(told['data']), QUERY)
    if (row?.certId !== certId) throw invalid(QUERY, 'another licence')
    return licenceIn(row, { holder, now: now(), alarms, operation: QUERY, at: '/0' })
  }

  /** The licence as it was listed, where Anhui has no more to tell of it, or no token for its holder. */
  const whole = async (listed: FoundLicence, whose: Whose): Promise<FoundLicence> => {
    try {
      return await query(listed.id, whose)
    } catch (error) {
      if (isRefusal(error, '404')) return listed
      throw error
    }
  }

  /**
   * The summary has no faces. They are read where one kind is asked for, which somebody is about to use: to read all that a person
   * holds would be a call for each, and more of the person than a list needs.
   */
  const find: LicenceLink['find'] = async ({ division, holder, kind }) => {
    const [owner, typeCode] = [ownerOf(holder), kind === undefined ? 'ALL' : CODES[kind]]
    if (owner === undefined || typeCode === undefined) return []
    const areaCode = wireOf(division)
    const listed = (await summary({ holder, owner, areaCode }, typeCode)).filter(
      (one) => kind === undefined || one.kind === kind,
    )
    if (kind === undefined) return listed
    const found: FoundLicence[] = []
    // One after the other: there is one as a rule, and a person's licences are no reason to crowd a region.
    for (const one of listed) found.push(await whole(one, { holder, owner, areaCode }))
    return found
  }

  const summary = async ({ holder, owner, areaCode }: Whose, typeCode: string): Promise<FoundLicence[]> => {
    try {
      const told = await call.zzwk(SUMMARY, areaCode, '/currency/querySummary', {
        typeCode,
        ownerId: owner.number,
        ownerName: owner.name,
        useForm: LICENCE_FIRST,
      })
      return rowsIn(oneOrMany(told['data']), SUMMARY).map((row, index) =>
        licenceIn(row, { holder, now: now(), alarms, operation: SUMMARY, at: `/${index}` }),
      )
    } catch (error) {
      throw isRefusal(error, '403') ? mismatch(SUMMARY) : error
    }
  }

  /** Anhui has no member for the reason in words, nor for the case. */
  const fetch: LicenceLink['fetch'] = async ({ division, holder, licence }) => {
    const owner = ownerOf(holder)
    if (owner === undefined) throw refused('LICENCE_NOT_FOUND')
    const whose = { holder, owner, areaCode: wireOf(division) }
    try {
      const told = await tokens.using(whose, (token) =>
        call.zzwk(
          FETCH,
          whose.areaCode,
          '/criterion/certificateDownload',
          { certId: licence.id, token, format: 'pdf' },
          options.uploadTimeoutMs,
        ),
      )
      return pdfIn(told['data'], licence.id)
    } catch (error) {
      if (isRefusal(error, '404')) throw refused('LICENCE_NOT_FOUND')
      throw isRefusal(error, '403') ? await whyNot(error, licence.id, whose) : error
    }
  }

  /** 403 is a licence that is not valid, or another's. A look at it tells which: of another's there is none. */
  const whyNot = async (error: GatewayError, certId: string, whose: Whose): Promise<GatewayError> => {
    try {
      const { status } = await query(certId, whose)
      return status === 'valid' ? error : refused('LICENCE_NOT_VALID')
    } catch (second) {
      if (isRefusal(second, '403') || isRefusal(second, '404')) return refused('LICENCE_NOT_FOUND')
      throw second
    }
  }

  const verify: LicenceLink['verify'] = async ({ division, claim }) => {
    const [identifier, certNo] = [needed(claim, 'identifier'), needed(claim, 'number')]
    const certId = certIdOf(identifier)
    if (certId === undefined) return NONE
    const isGood = async (digest: string): Promise<boolean> => {
      const told = await call.zzwk(VERIFY, wireOf(division), '/criterion/verifyCertificate', {
        certId,
        certNo,
        sm3: digest,
      })
      return verifiedIn(oneOrMany(told['data']), VERIFY)[0]?.verify === 'true'
    }
    if (claim.file !== undefined && (await isGood(sm3(claim.file))))
      return { ...CONFIRMED, fileMatches: true }
    // One answer is for all that may be wrong: without the file it is asked whether the licence is.
    if (!(await isGood(''))) return NOT_CONFIRMED
    return claim.file === undefined ? CONFIRMED : { ...CONFIRMED, fileMatches: false }
  }

  return { reach: 'region', codes: CODES, find, fetch, needs: [['identifier', 'number']], verify }
}

function needed(claim: LicenceClaim, member: 'identifier' | 'number'): string {
  const value = claim[member]
  if (value === undefined) throw new GatewayError('FIELD_UNREADABLE', { field: member })
  return value
}

function pdfIn(data: unknown, certId: string) {
  const [file] = fileIn(oneOrMany(data), FETCH)
  if (file?.certId !== certId) throw invalid(FETCH, 'another licence')
  return {
    name: file.fileName,
    contentType: `application/${file.suffix.toLowerCase()}`,
    bytes: bytesOf(file.content, file.sm3, FETCH),
  }
}

/** `true` is said of valid licences alone. */
const CONFIRMED: VerifiedLicence = {
  exists: true,
  status: 'valid',
  rawStatus: { code: 'true', label: '核验一致' },
}

/** `false` is said of a licence that Anhui does not know, of one with another number and of one that is not valid: not which of them. */
const NOT_CONFIRMED: VerifiedLicence = {
  status: 'unknown',
  rawStatus: { code: 'false', label: '核验不一致' },
}

/** An identifier that is no licence's. */
const NONE: VerifiedLicence = { ...NOT_CONFIRMED, exists: false }

const LONGEST_ID = 128

/**
 * `certId` of an identifier; `undefined` of one that no licence of Anhui's has: too long, or a national one whose form or check
 * character is wrong. One without the national root is Anhui's own, and goes as it stands.
 */
function certIdOf(identifier: string): string | undefined {
  const national = licenceId.compact(identifier)
  const checked = licenceId.validate(national)
  if (!checked.ok && checked.code !== 'component') return undefined
  const certId = checked.ok ? national : identifier.trim()
  return certId !== '' && certId.length <= LONGEST_ID ? certId : undefined
}
