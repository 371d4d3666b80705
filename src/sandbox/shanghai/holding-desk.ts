/** What Shanghai's own clerks see of licences and photos, and do to them. */
import { deskOf, nextPortrait, photoIdOf } from '../holding-desk.ts'
import type { HoldingAct, SimulatedHolding } from '../simulated.ts'
import { wallClock } from './formats.ts'
import { allLicences, type Licence, photoOf } from './holdings.ts'
import { nowOf, type Office } from './office.ts'
import { ROWS, type Row, rowOf } from './persons.ts'

const STATUS_OF: Readonly<Partial<Record<HoldingAct, string>>> = { revoke: '注销', expire: '过期' }

function licenceHolding(office: Office, licence: Licence): SimulatedHolding {
  const { certUuid, certName, holderName, holderCode, certStatus } = licence
  const acts = (['revoke', 'expire'] as const).filter((act) => STATUS_OF[act] !== certStatus)
  const changed = Object.hasOwn(office.state.licenceStatuses, certUuid)
  return {
    id: certUuid,
    kind: 'licence',
    name: certName,
    holder: holderName,
    idNumber: holderCode,
    state: certStatus,
    acts: changed ? [...acts, 'restore'] : acts,
  }
}

function photoHolding(office: Office, { name, number }: Row): SimulatedHolding {
  const photo = photoOf(office, number)
  const changed = Object.hasOwn(office.state.photos, number)
  return {
    id: photoIdOf(number),
    kind: 'photo',
    name: photo?.source ?? '',
    holder: name,
    idNumber: number,
    state: photo ? photo.takenDate : '无照片',
    acts: [...(photo ? (['remove'] as const) : []), 'renew', ...(changed ? (['restore'] as const) : [])],
  }
}

/** Every licence, then the photo of every person. */
const holdingsOf = (office: Office): readonly SimulatedHolding[] => [
  ...allLicences(office).map((licence) => licenceHolding(office, licence)),
  ...ROWS.filter(({ type }) => type === '111').map((row) => photoHolding(office, row)),
]

function change(office: Office, { id, kind, idNumber }: SimulatedHolding, act: HoldingAct): void {
  const { licenceStatuses, photos } = office.state
  if (kind === 'licence') {
    if (act === 'restore') delete licenceStatuses[id]
    else licenceStatuses[id] = STATUS_OF[act] ?? ''
  } else if (act === 'restore') delete photos[idNumber]
  else if (act === 'remove') photos[idNumber] = null
  else photos[idNumber] = newPhoto(office, idNumber)
}

function newPhoto(office: Office, number: string) {
  const old = photoOf(office, number)
  return {
    source: old?.source ?? '居民身份证',
    takenDate: wallClock(nowOf(office)).slice(0, 10),
    portrait: nextPortrait(old?.portrait ?? rowOf(number)?.photo?.[2]),
  }
}

export const holdingDesk = (office: Office) => deskOf(office, holdingsOf, change)
