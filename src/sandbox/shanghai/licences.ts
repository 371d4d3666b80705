/** The looks into licences (contract 4.6), answered without the envelope. */

import { entryOf, keepNewest } from '../entries.ts'
import { randomBytes } from '../moment.ts'
import { THUMBNAIL } from '../pictures.ts'
import { form, ID32, Refused, type Rule, text, word, wrong } from './checks.ts'
import { DAY_MS, isCertificate, isDate, pdf, wallClock } from './formats.ts'
import { extras, oneOrMany, withBlanks } from './freedoms.ts'
import { type Licence, licenceOf, licencesOf } from './holdings.ts'
import type { LookRoute } from './licence-service.ts'
import { nowOf, type Office } from './office.ts'
import { rowOf } from './persons.ts'
import { Bytes } from './routes.ts'
import type { Plain } from './state.ts'
import { sm3 } from './steps.ts'

/** The longest use of a derived licence. */
const MOST_DAYS = 30
/** So many derived licences are remembered. */
const KEPT_DERIVED = 10_000
/** What stands in front of a licence's identifier in its code, in a sandbox. */
const QR_PREFIX = 'FAKEQR-'

const date: Rule = (value) => typeof value === 'string' && isDate(value)
const holderType = word('居民身份证', '统一社会信用代码')
const catMainCode = form(/^\d{15}$/)

const unknownLicence = (): Refused => new Refused('CERT_NOT_FOUND', '证照不存在')

function checkHolder({ holderType: type, holderCode }: Plain): void {
  if (!isCertificate(String(type), String(holderCode))) throw wrong('holderCode')
}

/** The file of a licence: always the same bytes, so that it can be verified. */
const fileOf = ({ certUuid }: Licence): Buffer => pdf(`FAKE LICENCE ${certUuid} TEST`)

function known(office: Office, body: Plain): Licence {
  const licence = licenceOf(office, String(body['certUuid']))
  if (!licence) throw unknownLicence()
  return licence
}

function query(office: Office, body: Plain): object {
  const { catMainCode: kind, certuuid } = body
  const found = licencesOf(office, String(body['holderType']), String(body['holderCode'])).filter(
    (licence) =>
      (kind === undefined || licence.catMainCode === kind) &&
      (certuuid === undefined || licence.certUuid === certuuid),
  )
  return { certs: oneOrMany(found.map((licence) => ({ ...licence, ...extras(office) }))) }
}

function derive(office: Office, body: Plain): object {
  const { certUuid, certStatus } = known(office, body)
  if (certStatus !== '有效') throw new Refused('STATUS_CONFLICT', `当前状态不允许该操作:${certStatus}`)
  const deriveUuid = randomBytes(16).toString('hex')
  const { derived } = office.state
  derived[deriveUuid] = { certUuid, startDay: String(body['startDay']), endDay: String(body['endDay']) }
  keepNewest(derived, KEPT_DERIVED)
  return { deriveUuid }
}

function fetch(office: Office, body: Plain): object {
  const { derived } = office.state
  const told = String(body['deriveUuid'])
  const made = entryOf(derived, told)
  const licence = made && licenceOf(office, made.certUuid)
  if (!licence) throw unknownLicence()
  const today = wallClock(nowOf(office)).slice(0, 10)
  if (today < made.startDay || today > made.endDay) throw new Refused('DERIVE_EXPIRED', '派生证照不在有效期')
  return new Bytes(`${licence.certName}.pdf`, 'application/pdf', fileOf(licence))
}

function thumbnail(office: Office, body: Plain): object {
  known(office, body)
  return new Bytes('', 'image/jpeg', THUMBNAIL.bytes)
}

function verify(office: Office, body: Plain): object {
  const { catMainCode: kind, certNo, fileSm3 } = body
  const found = licencesOf(office, String(body['holderType']), String(body['holderCode'])).find(
    (licence) => licence.catMainCode === kind && licence.certNo === certNo,
  )
  const matches = found && fileSm3 !== undefined ? (sm3(fileOf(found)) === fileSm3 ? '1' : '0') : ''
  const told = { exist: found !== undefined, certStatus: found?.certStatus ?? '', fileMatch: matches }
  // A value that is there is told as it is; one that is not may be blank in one of three ways.
  return withBlanks(office, told) as object
}

function scan(office: Office, body: Plain): object {
  const code = String(body['certQrCode'])
  const licence = code.startsWith(QR_PREFIX) ? licenceOf(office, code.slice(QR_PREFIX.length)) : undefined
  if (!licence) throw new Refused('QRCODE_INVALID', '二维码无效')
  return {
    xm: licence.holderName,
    mobile: rowOf(licence.holderCode)?.mobile ?? '',
    zjhm: licence.holderCode,
    catMainCode: licence.catMainCode,
    encodeCertCode: licence.certUuid,
  }
}

const HOLDER = [
  ['holderType', 'R', holderType],
  ['holderCode', 'R', text()],
] as const

export const licenceRoutes: readonly LookRoute[] = [
  {
    operation: 'licence-query',
    path: '/secQueryCertBaseData.do',
    shape: [...HOLDER, ['catMainCode', 'O', catMainCode], ['certuuid', 'O', form(ID32)]],
    joined: (body) => {
      checkHolder(body)
      if (body['catMainCode'] !== undefined && body['certuuid'] !== undefined) throw wrong('certuuid')
    },
    envelope: false,
    handle: query,
  },
  {
    operation: 'licence-derive',
    path: '/deriveCert.do',
    shape: [
      ['certUuid', 'R', form(ID32)],
      ['cause', 'R', text(200)],
      ['startDay', 'R', date],
      ['endDay', 'R', date],
    ],
    joined: ({ startDay, endDay }) => {
      const days = (Date.parse(String(endDay)) - Date.parse(String(startDay))) / DAY_MS
      if (days < 0 || days > MOST_DAYS) throw wrong('endDay')
    },
    envelope: false,
    handle: derive,
  },
  {
    operation: 'licence-fetch',
    path: '/getDeriveCertFile.do',
    shape: [['deriveUuid', 'R', form(ID32)]],
    envelope: false,
    handle: fetch,
  },
  {
    operation: 'licence-thumbnail',
    path: '/getCertThumbnail.do',
    shape: [
      ['certUuid', 'R', form(ID32)],
      ['n', 'R', word('s')],
    ],
    envelope: false,
    handle: thumbnail,
  },
  {
    operation: 'licence-verify',
    path: '/queryCertExistence.do',
    shape: [
      ...HOLDER,
      ['catMainCode', 'R', catMainCode],
      ['certNo', 'R', text()],
      ['fileSm3', 'O', form(/^[0-9a-f]{64}$/)],
    ],
    joined: checkHolder,
    envelope: false,
    handle: verify,
  },
  {
    operation: 'licence-scan',
    path: '/scanCertQrCode.do',
    shape: [
      ['pos', 'R', text(100)],
      ['use', 'R', text(100)],
      ['certQrCode', 'R', text(512)],
    ],
    envelope: false,
    handle: scan,
  },
]
