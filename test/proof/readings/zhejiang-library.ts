/** Zhejiang's library by its contract: rows in capitals, materials as XML in a text. */
import { textsOf } from '../xml.ts'
import { answered, asked, at, type LibraryReading, many, present, said } from './reading.ts'

const dashed = (day: unknown): string | undefined => said(day)?.replaceAll('/', '-')
const codesIn = (joined: unknown, glue: string): readonly string[] =>
  String(joined ?? '')
    .split(glue)
    .filter((one) => one !== '')

/** Forms of a material and where it comes from (4.a.2). */
const FORMS: Readonly<Record<string, string>> = { '1': 'paper', '2': 'electronic', '3': 'both' }
const SOURCES: Readonly<Record<string, string>> = { '10': 'applicant', '20': 'government', '99': 'other' }

export const zhejiangLibrary: LibraryReading = {
  matter: (world, code, read) => {
    const [row] = many(at(answered(world.last('matter-detail')), 'datas'))
    const member = (name: string) => at(row, name)
    const materials = textsOf(String(member('MATERIAL_INFO')), 'MATERIAL')
    return present({
      code,
      name: member('QL_NAME'),
      powerType: read('matterType', member('QL_KIND')),
      handling: read('caseType', member('BJTYPE')),
      state: read('matterState', member('QL_STATE')),
      scope: read('scope', member('HANDLE_AREA')),
      mode: read('mode', member('HANDLE_MODE')),
      statutory: {
        days: Number(member('ANTICIPATE_DAY')),
        unit: read('dayUnit', member('ANTICIPATE_TYPE')),
      },
      deliveryModes: codesIn(member('Service_mode'), ',').map((one) => read('delivery', one)),
      documents: materials.map((one) =>
        present({
          id: one['MATERIALGUID'],
          name: one['NAME'],
          necessity: read('necessity', `${one['NECESSITY']}/${one['IS_RQ']}`),
          form: FORMS[one['FORMAT'] ?? ''],
          source: SOURCES[one['MATERIAL_RES'] ?? ''],
          licence: said(one['CERT_TYPE_CODE']),
        }),
      ),
      fields: many(JSON.parse(String(member('FORM_INFO')))).map((one) => [
        at(one, 'name'),
        at(one, 'required') === '1',
      ]),
    })
  },
  windows: (world) =>
    many(at(answered(world.last('window-list')), 'datas')).map((row) =>
      present({
        code: at(row, 'WINDOW_GUID'),
        name: at(row, 'WINDOW_NAME'),
        hall: said(at(row, 'HALL_NAME')),
        address: said(at(row, 'ADDRESS')),
        phone: said(at(row, 'LINK_TEL')),
        isCrossRegion: at(row, 'IS_CSJ') === '1',
        matterCodes: codesIn(at(row, 'QL_INNER_CODES'), ';'),
      }),
    ),
  photos: (world, read) => {
    const row = at(answered(world.last('photo-query')), 'data')
    if (!row) return []
    return [
      {
        takenFor: read('photoSource', at(row, 'source')),
        takenOn: String(at(row, 'gmtTaken')).slice(0, 10),
        width: Number(at(row, 'width')),
        height: Number(at(row, 'height')),
      },
    ]
  },
  purposeKept: (world, read) => read('photoUsage', at(asked(world.last('photo-query')), 'usage')),
  licences: (world, read) => {
    const { out, answer } = world.last('licence-query')
    read('licencePurpose', new URL(out.url).searchParams.get('use_purpose'))
    return many(at(JSON.parse(answer.body.toString('utf8')), 'datas')).map((row) =>
      present({
        id: at(row, 'certificate_source_id'),
        kind: read('licenceType', at(row, 'certificate_type_code')),
        name: at(row, 'certificate_name'),
        number: at(row, 'certificate_number'),
        status: read('licenceStatus', at(row, 'certificate_status')),
        issuedOn: dashed(at(row, 'issue_date')),
      }),
    )
  },
  identity: (world, { kind }, read) => {
    const user = at(answered(world.last('sso-userinfo')), 'data')
    const info = at(user, kind === 'person' ? 'personInfo' : 'legalPersonInfo')
    const attributes = JSON.parse(String(at(info, 'attributes')))
    const level = (name: string) => read('realName', `${name} ${String(at(attributes, name))}`)
    return kind === 'person'
      ? {
          kind: at(user, 'userType') === 'PERSON' ? 'person' : undefined,
          level: level('authLevel'),
          document: { type: read('certType', at(info, 'idType')), number: at(info, 'idNo') },
        }
      : {
          kind: at(user, 'userType') === 'LEGAL_PERSON' ? 'organisation' : undefined,
          level: level('realLevel'),
          document: { type: '001', number: at(info, 'unifiedSocialId') },
        }
  },
}
