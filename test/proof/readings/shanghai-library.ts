/** Shanghai's library by its contract. */

import type { World } from '../world.ts'
import { answered, asked, at, type LibraryReading, many, present, said } from './reading.ts'

/** The row of the list in which the matter stands. */
function rowOf({ told }: World, code: string): unknown {
  for (const one of told.toReversed())
    if (one.operation === 'matter-list') {
      const row = many(at(answered(one), 'data', 'items')).find((item) => at(item, 'itemCode') === code)
      if (row) return row
    }
  throw new Error(`${code} was not listed`)
}

export const shanghaiLibrary: LibraryReading = {
  matter: (world, code, read) => {
    const row = rowOf(world, code)
    const detail = at(answered(world.last('matter-detail')), 'data')
    const stuffs = many(at(answered(world.last('matter-materials')), 'data'))
    const unit = read('dayUnit', at(row, 'dayUnit'))
    const molder = JSON.parse(String(at(detail, 'molder')))
    return present({
      code: at(row, 'itemCode'),
      name: at(row, 'itemName'),
      powerType: read('itemType', at(row, 'itemType')),
      handling: read('caseType', at(row, 'caseType')),
      state: read('itemStatus', at(row, 'itemStatus')),
      scope: read('crossScope', at(row, 'crossScope')),
      mode: read('handleMode', at(row, 'handleMode')),
      subjects: many(at(row, 'serviceObjects')).map((word) => read('applicantKind', word)),
      statutory: { days: Number(at(row, 'legalDays')), unit },
      commitment: { days: Number(at(row, 'promiseDays')), unit },
      deliveryModes: many(at(detail, 'deliveryModes')).map((word) => read('deliveryMode', word)),
      documents: stuffs.map((one) =>
        present({
          id: at(one, 'stuffCode'),
          name: at(one, 'stuffName'),
          necessity: read('necessity', at(one, 'required')),
          kind: read('stuffType', at(one, 'stuffType')),
          form: read('stuffForm', at(one, 'stuffForm')),
          licence: said(at(one, 'catMainCode')),
        }),
      ),
      fields: many(at(molder, 'fields')).map((one) => [at(one, 'name'), at(one, 'required') === '1']),
    })
  },
  windows: (world) =>
    many(at(answered(world.last('window-list')), 'data', 'windows')).map((row) =>
      present({
        code: at(row, 'windowId'),
        name: at(row, 'windowName'),
        division: at(row, 'areaCode'),
        address: said(at(row, 'address')),
        phone: said(at(row, 'phone')),
        lon: Number(at(row, 'lon')),
        lat: Number(at(row, 'lat')),
        isCrossRegion: at(row, 'csjFlag') === '1',
        matterCodes: String(at(row, 'itemCodes') ?? '')
          .split(',')
          .filter((one) => one !== ''),
      }),
    ),
  photos: (world, read) => {
    const row = at(answered(world.last('photo-query')), 'data')
    if (!row) return []
    return [
      {
        takenFor: read('photoSource', at(row, 'source')),
        takenOn: String(at(row, 'takenDate')),
        width: Number(at(row, 'width')),
        height: Number(at(row, 'height')),
        size: Number(at(row, 'fileSize')),
      },
    ]
  },
  purposeKept: (world, read) => read('purpose', at(asked(world.last('photo-query')), 'purpose')),
  licences: (world, read) =>
    many(at(answered(world.last('licence-query')), 'certs')).map((row) =>
      present({
        id: at(row, 'certUuid'),
        kind: read('catMainCode', at(row, 'catMainCode')),
        name: at(row, 'certName'),
        number: at(row, 'certNo'),
        status: read('certStatus', at(row, 'certStatus')),
        holder: {
          name: at(row, 'holderName'),
          idDocument: { type: read('certType', at(row, 'holderType')), number: at(row, 'holderCode') },
        },
        issuedOn: at(row, 'issueDate'),
        validTo: at(row, 'validTo') === '长期' ? undefined : at(row, 'validTo'),
      }),
    ),
  identity: (world, _account, read) => {
    const user = answered(world.last('sso-userinfo'))
    return {
      kind: read('userType', at(user, 'zwdtsw_user_type')) === 'person' ? 'person' : 'organisation',
      level: read('realNameLevel', at(user, 'zwdtsw_after_certification')),
      document: {
        type: read('certType', at(user, 'zwdtsw_cert_type')),
        number: at(user, 'zwdtsw_cert_id'),
      },
    }
  },
}
