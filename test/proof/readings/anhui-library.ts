/** Anhui's library by its contract; the photos are sealed, and opened with the key that the contract prints. */
import { createDecipheriv } from 'node:crypto'
import { openRequest } from '../../../src/sandbox/anhui/gm.ts'
import type { Told, World } from '../world.ts'
import { answered, at, type LibraryReading, many, present, said } from './reading.ts'

const codesIn = (joined: unknown): readonly string[] =>
  String(joined ?? '')
    .split(',')
    .filter((one) => one !== '')

const IV_BYTES = 16

/** What was asked and answered under strategy GM. */
function unsealed({ out, answer }: Told): { readonly asked: unknown; readonly told: unknown } {
  const opened = openRequest(out.headers['S-Auth-RandomKey'] ?? '', Buffer.from(String(out.body)))
  if (!opened) throw new Error('the platform could not open the request')
  const sealed = Buffer.from(answer.body.toString('latin1'), 'base64')
  const decipher = createDecipheriv('sm4-cbc', opened.key, sealed.subarray(0, IV_BYTES))
  const text = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES)), decipher.final()])
  return { asked: JSON.parse(opened.content.toString('utf8')), told: JSON.parse(text.toString('utf8')) }
}

const today = ({ now }: World) => new Date(now().getTime() + 8 * 3_600_000).toISOString().slice(0, 10)

/** 失效 is all that Anhui says; a day that is past tells more. */
function statusOf(state: string, validTo: string | undefined, day: string): string {
  if (state === 'valid') return 'valid'
  return validTo !== undefined && validTo < day ? 'expired' : 'invalid'
}

/** 照片用途 (5.13): codes of what is made there; 其他 stands for 身份核验. */
const PURPOSES: Readonly<Record<string, string>> = { CROSS_PROVINCE: 'crossProvince', OTHER: 'identityCheck' }

export const anhuiLibrary: LibraryReading = {
  matter: (world, code, read) => {
    const [row] = many(at(answered(world.last('matter-detail')), 'data'))
    const member = (name: string) => at(row, name)
    const limit = (days: string, unit: string) => ({
      days: Number(member(days)),
      unit: read('dayUnit', member(unit)),
    })
    read('level', member('useLevel'))
    return present({
      code,
      name: member('serviceName'),
      powerType: read('matterType', member('serviceTypeCode')),
      handling: read('caseType', member('infoTypeCode')),
      state: read('matterState', member('state')),
      scope: read('scope', member('crossScope')),
      mode: read('crossMode', member('crossMode')),
      statutory: limit('legalDay', 'legalType'),
      commitment: limit('promiseDay', 'promiseType'),
      deliveryModes: codesIn(member('takeMode')).map((one) => read('delivery', one)),
      documents: many(at(answered(world.last('material-list')), 'data')).map((one) =>
        present({
          id: at(one, 'attrId'),
          name: at(one, 'attrName'),
          necessity: read('necessity', at(one, 'isNeed')),
          source: read('materialSource', at(one, 'source')),
          licence: said(at(one, 'styleCode')),
        }),
      ),
      fields: many(JSON.parse(String(member('formJson')))).map((one) => [
        at(one, 'name'),
        at(one, 'required') === '1',
      ]),
    })
  },
  windows: (world) =>
    many(at(answered(world.last('window-list')), 'data')).map((row) =>
      present({
        code: at(row, 'windowId'),
        name: at(row, 'windowName'),
        hall: said(at(row, 'hallName')),
        address: said(at(row, 'address')),
        phone: said(at(row, 'linkTel')),
        isCrossRegion: at(row, 'isCsj') === '1',
        matterCodes: codesIn(at(row, 'serviceCodes')),
      }),
    ),
  photos: (world, read) =>
    many(at(unsealed(world.last('photo-query')).told, 'data')).map((row) =>
      present({
        id: at(row, 'photoId'),
        takenFor: read('photoType', at(row, 'photoType')),
        takenOn: String(at(row, 'photoDate')).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'),
      }),
    ),
  purposeKept: (world, read) => {
    const word = read('photoPurpose', at(unsealed(world.last('photo-query')).asked, 'purpose'))
    return PURPOSES[word] ?? word
  },
  // 制证 has three codes there, by what is made; the configuration names the one that stands for it.
  purposeMeant: (purpose) => (purpose === 'documentMaking' ? 'crossProvince' : purpose),
  licences: (world, read) =>
    many(at(answered(world.last('licence-summary')), 'data')).map((row) => {
      const validTo = at(row, 'expireDate') === '长期' ? undefined : said(at(row, 'expireDate'))
      return present({
        id: at(row, 'certId'),
        name: at(row, 'certName'),
        number: at(row, 'certNo'),
        status: statusOf(read('licenceState', at(row, 'state')), validTo, today(world)),
        issuedOn: at(row, 'issueDate'),
        validTo,
      })
    }),
  identity: (world, { kind }, read) => {
    const operation = kind === 'person' ? 'sso-userinfo' : 'sso-legalinfo'
    const user = at(answered(world.last(operation)), 'data')
    const level = read('authLevel', at(user, 'authLevel'))
    return kind === 'person'
      ? {
          kind,
          level,
          document: { type: read('certType', at(user, 'credentType')), number: at(user, 'credentNo') },
        }
      : { kind, level, document: { type: '001', number: at(user, 'creditCode') } }
  },
}
