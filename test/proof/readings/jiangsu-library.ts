/** Jiangsu's library by its contract; what an account is comes sealed. */
import type { PhotoPurpose } from '../../../src/schemas/photo.ts'
import { unsealed } from '../sealed-user.ts'
import { answered, asked, at, type LibraryReading, many, present, said } from './reading.ts'

/** A day of an epoch, in Shanghai. */
const day = (ms: unknown): string | undefined =>
  said(ms) === undefined ? undefined : new Date(Number(ms) + 8 * 3_600_000).toISOString().slice(0, 10)

const codesIn = (joined: unknown): readonly string[] =>
  String(joined ?? '')
    .split(';')
    .filter((one) => one !== '')

/** 现势 is said of a licence that has ended as well: its last day tells. */
function statusOf(state: string, validTo: string | undefined, today: string): string {
  if (state !== 'valid') return state
  return validTo !== undefined && validTo < today ? 'expired' : 'valid'
}

export const jiangsuLibrary: LibraryReading = {
  matter: (world, code, read) => {
    const task = at(answered(world.last('matter-detail')), 'custom')
    if (at(task, 'taskguid') !== code) throw new Error('another matter was answered')
    const materials = many(at(answered(world.last('matter-materials')), 'custom', 'materiallist'))
    const limit = (days: string, unit: string) => ({
      days: Number(at(task, days)),
      unit: read('dayunit', at(task, unit)),
    })
    const modes = codesIn(at(task, 'crossmode')).map((one) => read('applyway', one))
    // Two digits of the national dictionary, which are our word too.
    const nationalType = String(at(task, 'tasktype'))
    read('tasktype', nationalType)
    return present({
      code: at(task, 'taskguid'),
      name: at(task, 'taskname'),
      powerType: nationalType,
      handling: read('projecttype', at(task, 'projecttype')),
      scope: read('iscross', at(task, 'iscross')),
      mode: modes[0],
      subjects: codesIn(at(task, 'applyertype')).map((one) => read('applyertype', one)),
      statutory: limit('anticipate_day', 'anticipate_type'),
      commitment: limit('promise_day', 'promise_type'),
      deliveryModes: codesIn(at(task, 'sendway')).map((one) => read('sendway', one)),
      documents: materials.map((one) =>
        present({
          id: at(one, 'taskmaterialguid'),
          name: at(one, 'materialname'),
          necessity: read('necessity', at(one, 'necessity')),
          form: read('submittype', at(one, 'submittype')),
          source: read('filesource', at(one, 'file_source')),
          licence: said(at(one, 'zzlxdm')),
        }),
      ),
      fields: many(JSON.parse(String(at(task, 'formjson')))).map((one) => [
        at(one, 'name'),
        at(one, 'required') === '1',
      ]),
    })
  },
  windows: (world) =>
    many(at(answered(world.last('window-list')), 'custom', 'windowlist')).map((row) =>
      present({
        code: at(row, 'windowguid'),
        name: at(row, 'windowname'),
        division: at(row, 'areacode'),
        hall: said(at(row, 'centername')),
        hallCode: said(at(row, 'centerguid')),
        number: said(at(row, 'windowno')),
        address: said(at(row, 'address')),
        phone: said(at(row, 'phone')),
        isCrossRegion: at(row, 'iscsj') === '1',
        matterCodes: codesIn(at(row, 'taskcodes')),
      }),
    ),
  photos: (world, read) => {
    const row = at(answered(world.last('photo-query')), 'data')
    if (!at(row, 'zpbs')) return []
    return [
      present({
        takenFor: read('photosource', at(row, 'zply')),
        takenOn: day(at(row, 'pzrq')),
        width: Number(at(row, 'zpkd')),
        height: Number(at(row, 'zpgd')),
      }),
    ]
  },
  purposeKept: (world, read) =>
    read('photopurpose', at(asked(world.last('photo-query')), 'data', 'yt')) as PhotoPurpose,
  licences: (world, read) =>
    many(at(answered(world.last('licence-query')), 'data')).map((row) => {
      const validTo = day(at(row, 'zzyxqjzrq'))
      return present({
        id: at(row, 'zzbs'),
        name: at(row, 'zzmc'),
        number: at(row, 'zzbh'),
        holder: {
          name: at(row, 'czzt'),
          idDocument: { type: read('czztdmlxdm', at(row, 'czztdmlxdm')), number: at(row, 'czztdm') },
        },
        status: statusOf(read('licencestate', at(row, 'zzzt')), validTo, day(world.now().getTime()) ?? ''),
        issuedOn: day(at(row, 'zzbfrq')),
        validTo,
      })
    }),
  // An ended licence is 现势 as well, and its file is given.
  hasFile: (status) => status === 'valid' || status === 'expired',
  identity: (world, { kind }, read) => {
    const user = unsealed(String(at(answered(world.last('sso-userinfo')), 'data')))
    return {
      kind,
      level: read('authlevel', user['authlevel']).slice(1),
      document:
        kind === 'person'
          ? { type: read('paperstype', user['paperstype']), number: user['papersnumber'] }
          : { type: '001', number: user['cornumber'] },
    }
  },
}
