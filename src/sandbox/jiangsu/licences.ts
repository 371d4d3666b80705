/** The looks into licences (contract 4.g), and the token for them and for photos. */
import { randomBytes } from '../moment.ts'
import { isCreditCode, isResidentId } from './check-digits.ts'
import { base64, eitherCase, extras, numberOrText } from './freedoms.ts'
import { allLicences, type Licence, licenceAt } from './holdings.ts'
import { type LookRoute, refusal, wrong } from './licence-service.ts'
import { FORMATS, optional, type Params, required, upTo } from './members.ts'
import { ofdOf } from './ofd.ts'
import { nowOf, type Office } from './office.ts'
import { pdfOf } from './steps.ts'

const TOKEN_SECONDS = 1_800
const TYPE_NAMES = { '111': '公民身份号码', '001': '统一社会信用代码' } as const
/** Kinds whose file is an OFD. */
const OFD_KINDS: ReadonlySet<string> = new Set(['营业执照', '不动产权证'])

function token(office: Office, { yymc }: Params): object {
  if (yymc !== office.config.credentials.licence.yymc) throw refusal('3')
  const { licenceTokens } = office.state
  const now = nowOf(office)
  for (const [old, until] of Object.entries(licenceTokens)) if (until <= now) delete licenceTokens[old]
  const made = `FAKE${randomBytes(16).toString('hex')}`
  const until = now + TOKEN_SECONDS * 1000
  licenceTokens[made] = until
  return { token: made, yxqz: numberOrText(office, until), ...extras(office) }
}

const row = (office: Office, licence: Licence): object => {
  const { holder, endsAt } = licence
  return {
    zzbs: licence.zzbs,
    zzmc: licence.name,
    zzlxdm: licence.typeCode,
    zzbh: licence.number,
    zzbfjg: licence.issuer,
    zzbfjgdm: licence.issuerCode,
    zzbfrq: numberOrText(office, licence.issuedAt),
    czzt: holder.name,
    czztdm: holder.number,
    czztdmlx: TYPE_NAMES[holder.type],
    czztdmlxdm: holder.type,
    zzyxqqsrq: numberOrText(office, licence.issuedAt),
    zzyxqjzrq: endsAt === null ? null : numberOrText(office, endsAt),
    zzzt: numberOrText(office, licence.state === 'cancelled' ? 2 : 1),
    dwdm: holder.division,
    ...extras(office),
  }
}

function query(office: Office, { zzlxdm, czzt, czztdm, czztdmlxdm, dwdm }: Params): object {
  const found = allLicences(office).filter(
    ({ holder, typeCode }) =>
      holder.division === dwdm &&
      holder.name === czzt &&
      holder.number === czztdm &&
      holder.type === czztdmlxdm &&
      (zzlxdm === '' || typeCode === zzlxdm),
  )
  if (found.length === 0) throw refusal('4')
  return found.map((licence) => row(office, licence))
}

/** The file of a licence: always the same bytes, so that it can be verified. */
function fileOf({ zzbs, name }: Licence): { readonly format: 'pdf' | 'ofd'; readonly bytes: Buffer } {
  const title = `FAKE LICENCE ${zzbs} TEST`
  return OFD_KINDS.has(name) ? { format: 'ofd', bytes: ofdOf(title) } : { format: 'pdf', bytes: pdfOf(title) }
}

function fetch(office: Office, { zzbs = '', dwdm = '' }: Params): object {
  const licence = licenceAt(office, dwdm, zzbs)
  if (!licence) throw refusal('4')
  if (licence.state === 'cancelled') throw refusal('5')
  const { format, bytes } = fileOf(licence)
  return {
    zzbs,
    wjgs: eitherCase(office, format),
    zzwj: base64(office, bytes.toString('base64')),
    ...extras(office),
  }
}

/** What is wrong with a licence or its file, in the contract's order; nothing when it passes. */
function faultOf(office: Office, { zzbs = '', zzwj = '', dwdm = '' }: Params): string | undefined {
  const licence = licenceAt(office, dwdm, zzbs)
  if (!licence) return '证照不存在'
  if (!fileOf(licence).bytes.equals(Buffer.from(zzwj, 'base64'))) return '文件与证照不一致'
  if (licence.state === 'cancelled') return '证照已注销'
  return licence.endsAt !== null && licence.endsAt < nowOf(office) ? '证照已过期' : undefined
}

function verify(office: Office, data: Params): object {
  const fault = faultOf(office, data)
  return {
    yzjg: numberOrText(office, fault === undefined ? 1 : 0),
    yzms: fault ?? '验证通过',
    ...extras(office),
  }
}

/** Base64 as it is sent: the standard alphabet, padded, without line breaks, of a file that is not too large. */
const isFile = (text: string, most: number): boolean => {
  const bytes = Buffer.from(text, 'base64')
  return bytes.length > 0 && bytes.length <= most && bytes.toString('base64') === text
}

export const licenceRoutes: readonly LookRoute[] = [
  {
    operation: 'licence-token',
    service: 'licence',
    path: 'zzgx/token',
    token: false,
    members: { yymc: required(() => true) },
    handle: token,
  },
  {
    operation: 'licence-query',
    service: 'licence',
    path: 'zzgx/zzcx',
    token: true,
    members: {
      zzlxdm: optional(/^[0-9A-Z]{21}$/),
      czzt: required(upTo(100)),
      czztdm: required(upTo(30)),
      czztdmlxdm: required(/^(001|099|111|114|414|511|516|999)$/),
      ywh: required(upTo(50)),
      dwdm: required(FORMATS.six),
    },
    joined: ({ czztdm = '', czztdmlxdm }) => {
      const isWrong =
        (czztdmlxdm === '111' && !isResidentId(czztdm)) || (czztdmlxdm === '001' && !isCreditCode(czztdm))
      if (isWrong) throw wrong('czztdm')
    },
    handle: query,
  },
  {
    operation: 'licence-fetch',
    service: 'licence',
    path: 'zzgx/zzxxxz',
    token: true,
    members: {
      zzbs: required(upTo(200)),
      dzzzsymd: required(upTo(100)),
      ywh: required(upTo(50)),
      dwdm: required(FORMATS.six),
    },
    handle: fetch,
  },
  {
    operation: 'licence-verify',
    service: 'licence',
    path: 'zzgx/zzwjyz',
    token: true,
    members: {
      zzbs: required(upTo(200)),
      zzwj: required((text) => isFile(text, 10_485_760)),
      dwdm: required(FORMATS.six),
    },
    handle: verify,
  },
]
