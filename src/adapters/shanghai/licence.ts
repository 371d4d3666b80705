/**
 * 电子证照 (contract 4.6): listed by holder; a file is had by deriving a copy for a few days, which is then fetched; verified by number
 * and holder.
 */
import { GatewayError } from '../../errors.ts'
import { matchText } from '../../schemas/identifiers/match.ts'
import { dayAt } from '../kit/clock.ts'
import { atMost, oneOrMany } from '../kit/codecs.ts'
import { type Alarms, sentCodes } from '../kit/codes.ts'
import type { Audit, FoundLicence, Holder, LicenceLink, VerifiedLicence } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { answerInvalid, fitting, wordOf } from '../kit/told.ts'
import { raw } from './answers.ts'
import { catMainCode, certStatus, fileMatch, known } from './codes.ts'
import { holderAsked, sameHolder } from './holders.ts'
import { UNLIMITED, WireDerived, type WireLicence, WireLicences, WireVerdict } from './licence.wire.ts'
import { sm3 } from './sign.ts'
import type { Zzk } from './zzk.ts'

const QUERY = 'licence-query'
const DERIVE = 'licence-derive'
const FETCH = 'licence-fetch'
const VERIFY = 'licence-verify'

const rowsIn = fitting(WireLicences, 'shanghai')
const derivedIn = fitting(WireDerived, 'shanghai')
const verdictIn = fitting(WireVerdict, 'shanghai')

/** Kind → `catMainCode`, for the kinds that Shanghai has. */
const CODES: LicenceLink['codes'] = sentCodes(catMainCode)

/** A copy is fetched at once: it ends a day later, so that midnight between the two calls does no harm. Thirty days are the most. */
const COPY_MS = 24 * 3_600_000

const PDF = Buffer.from('%PDF-')

/** The licences of the city. */
export function licenceLink(service: Zzk, now: () => Date, alarms: Alarms): LicenceLink {
  const find: LicenceLink['find'] = async ({ holder, audit, kind }) => {
    const asked = holderAsked(holder)
    const code = kind === undefined ? undefined : CODES[kind]
    if (asked === undefined || (kind !== undefined && code === undefined)) return []
    const members = { ...asked, ...(code === undefined ? {} : { catMainCode: code }) }
    const question = { operation: QUERY, path: '/secQueryCertBaseData.do', audit, members }
    const { certs } = await service.bare(question)
    // Without the member nothing was said; that there is none is said by an empty list.
    if (certs === undefined) throw answerInvalid('shanghai', QUERY, 'schema', { member: '/certs' })
    return rowsIn(oneOrMany(certs), QUERY)
      .map((row) => foundIn(row, holder, alarms))
      .filter((licence) => kind === undefined || licence.kind === kind)
  }

  const derive = async (audit: Audit, certUuid: string, reason: string) => {
    const today = now()
    const members = {
      certUuid,
      cause: atMost(reason, 200),
      startDay: dayAt(today),
      endDay: dayAt(new Date(today.getTime() + COPY_MS)),
    }
    const question = { operation: DERIVE, path: '/deriveCert.do', audit, members }
    return derivedIn(await service.bare(question), DERIVE).deriveUuid
  }

  const fetch: LicenceLink['fetch'] = async ({ holder, audit, licence, reason }) => {
    // Shanghai asks for no holder here: whose licence it is was checked when it was listed, and it is handed out to nobody else.
    if (matchText(licence.holder.idDocument) !== matchText(holder.idDocument))
      throw new GatewayError('LICENCE_NOT_FOUND', { region: 'shanghai', operation: DERIVE })
    const deriveUuid = await derive(audit, licence.id, reason)
    const question = { operation: FETCH, path: '/getDeriveCertFile.do', audit, members: { deriveUuid } }
    const file = await service.bytes(question, 'licence.pdf')
    // Shanghai names no digest of the file: that it is a PDF is all that can be looked at.
    if (!file.bytes.subarray(0, PDF.length).equals(PDF)) throw answerInvalid('shanghai', FETCH, 'no PDF')
    return file
  }

  const verify: LicenceLink['verify'] = async ({ claim, audit }) => {
    const { number, holder, kind, file } = claim
    if (number === undefined || holder === undefined || kind === undefined)
      throw new GatewayError('FIELD_UNREADABLE', { region: 'shanghai', operation: VERIFY })
    const asked = holderAsked(holder)
    const code = CODES[kind]
    // A kind without a code of Shanghai's cannot be asked for: whether there is one of it is not known.
    if (code === undefined)
      throw new GatewayError('NOT_OFFERED', { region: 'shanghai', operation: VERIFY, kind })
    if (asked === undefined) return NONE
    const fileSm3 = file === undefined ? {} : { fileSm3: sm3(file) }
    const members = { ...asked, catMainCode: code, certNo: number, ...fileSm3 }
    const question = { operation: VERIFY, path: '/queryCertExistence.do', audit, members }
    const told = verdictIn(await service.bare(question), VERIFY)
    return told.exist ? verdictOf(told, file !== undefined, alarms) : NONE
  }

  return { reach: 'region', codes: CODES, find, fetch, needs: [['number', 'holder', 'kind']], verify }
}

/** A licence that Shanghai does not know has no status. */
const NONE: VerifiedLicence = { exists: false, status: 'unknown', rawStatus: raw('') }

/** A licence that is there may be over all the same: its status says so. Only where a file was sent has `fileMatch` a meaning. */
function verdictOf(told: WireVerdict, hasFile: boolean, alarms: Alarms): VerifiedLicence {
  const status = told.certStatus ?? ''
  const match =
    hasFile && !isAbsent(told.fileMatch) ? known(fileMatch, told.fileMatch, { alarms }) : undefined
  return {
    exists: true,
    status: wordOf(certStatus, status, alarms),
    rawStatus: raw(status),
    ...(match === undefined ? {} : { fileMatches: match === 'same' }),
  }
}

function foundIn(row: WireLicence, asked: Holder, alarms: Alarms): FoundLicence {
  const holder = sameHolder(row, asked, QUERY)
  return {
    id: row.certUuid,
    kind: wordOf(catMainCode, row.catMainCode, alarms),
    rawType: { code: row.catMainCode, label: atMost(row.certName, 100) },
    name: row.certName,
    number: row.certNo,
    holder,
    issuer: { name: row.issueOrg },
    ...(row.issueDate ? { issuedOn: row.issueDate } : {}),
    ...(row.validFrom ? { validFrom: row.validFrom } : {}),
    ...(row.validTo && row.validTo !== UNLIMITED ? { validTo: row.validTo } : {}),
    status: wordOf(certStatus, row.certStatus, alarms),
    rawStatus: raw(row.certStatus),
  }
}
