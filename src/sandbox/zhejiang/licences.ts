/** Electronic licences, in the sharing dialect under an IC code of their own (contract 4.g). */
import { absent, base64Of, extra, listOrOne, numberOrText, oneOf } from './freedoms.ts'
import { allLicences, type Licence, licenceOf, VALID } from './holdings.ts'
import type { Office } from './office.ts'
import { SharingRefusal } from './refusals.ts'
import { pathUnder, type Route, type SharingAnswer } from './routes.ts'
import { checkParameters, type Parameter } from './sharing.ts'
import { sha256 } from './signature.ts'

const filled: Parameter = { fits: (value) => value !== '' }
const matching = (pattern: RegExp): Parameter => ({ fits: (value) => pattern.test(value) })

/** Why it is asked, and for which case: the platform's audit. */
const AUDIT: Readonly<Record<string, Parameter>> = {
  use_purpose: matching(/^[123]$/),
  project_no: matching(/^[A-Za-z0-9-]{6,50}$/),
}

/** What an answer of the sharing dialect holds. */
const rows = (office: Office, found: readonly Record<string, unknown>[]): SharingAnswer => ({
  dataCount: numberOrText(office, found.length),
  datas: listOrOne(office, found),
})

function licenceRow(office: Office, licence: Licence): Record<string, unknown> {
  const { holder, typeCode, typeName } = licence
  return {
    certificate_name: typeName,
    certificate_number: licence.number,
    certificate_type: typeName,
    certificate_type_code: typeCode,
    certificate_holder: holder.name,
    certificate_holder_code: holder.number,
    certificate_holder_type: holder.kind,
    certificate_area_code: holder.areaCode,
    certificate_source_id: licence.sourceId,
    issue_dept: '测试发证机关',
    issue_dept_code: typeCode.slice(0, 18),
    issue_date: '2020/01/02',
    valid_to: licence.validTo,
    certificate_status: licence.status,
    ...extra(office, 'cd_batch', ''),
  }
}

function listLicences(office: Office, query: ReadonlyMap<string, string>): SharingAnswer {
  checkParameters(query, {
    certificate_holder_code: filled,
    certificate_holder: { ...filled, optional: true },
    certificate_type_code: { ...matching(/^[0-9A-Z]{21}$/), optional: true },
    ...AUDIT,
  })
  const [name, type] = [query.get('certificate_holder'), query.get('certificate_type_code')]
  const found = allLicences(office).filter(
    ({ holder, typeCode }) =>
      holder.number === query.get('certificate_holder_code') &&
      (name === undefined || holder.name === name) &&
      (type === undefined || typeCode === type),
  )
  return rows(
    office,
    found.map((licence) => licenceRow(office, licence)),
  )
}

function fetchLicence(office: Office, query: ReadonlyMap<string, string>): SharingAnswer {
  checkParameters(query, { certificate_source_id: filled, ...AUDIT })
  const licence = licenceOf(office, query.get('certificate_source_id') ?? '')
  if (licence?.status !== VALID) throw new SharingRefusal('06')
  const row = {
    certificate_source_id: licence.sourceId,
    file_base64: base64Of(office, licence.file),
    file_type: oneOf(office, 'PDF', 'pdf'),
    file_digest: sha256(licence.file),
    ...extra(office, 'cd_batch', ''),
  }
  return rows(office, [row])
}

function verifyLicence(office: Office, query: ReadonlyMap<string, string>): SharingAnswer {
  checkParameters(query, { certificate_source_id: filled, file_digest: matching(/^[0-9a-f]{64}$/) })
  const sourceId = query.get('certificate_source_id') ?? ''
  const licence = licenceOf(office, sourceId)
  const isGood = licence?.status === VALID && sha256(licence.file) === query.get('file_digest')
  const row = {
    certificate_source_id: sourceId,
    verify_result: numberOrText(office, isGood ? 1 : 0),
    certificate_status: licence === undefined ? absent(office) : licence.status,
    ...extra(office, 'cd_batch', ''),
  }
  return rows(office, [row])
}

/** The three operations. */
export function licenceRoutes(office: Office): readonly Route[] {
  const { sharingApiPath, sharingApiIds } = office.config.options
  const route = (
    operation: string,
    id: string,
    answer: (office: Office, query: ReadonlyMap<string, string>) => SharingAnswer,
  ): Route => ({
    operation,
    method: 'GET',
    path: `${pathUnder(office.config, 'licence', sharingApiPath)}/${id}.htm`,
    handler: { kind: 'sharing', answer: ({ query }) => answer(office, query) },
  })
  return [
    route('licence-query', sharingApiIds.licenceQuery, listLicences),
    route('licence-fetch', sharingApiIds.licenceFile, fetchLicence),
    route('licence-verify', sharingApiIds.licenceVerify, verifyLicence),
  ]
}
