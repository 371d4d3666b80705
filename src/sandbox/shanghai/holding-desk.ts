/** What Shanghai's own clerks see of licences and photos, and do to them. No contract knows of this: it is for tests and the admin page. */
import type { HoldingAct, SimulatedHolding } from '../simulated.ts'
import { wallClock } from './formats.ts'
import { allLicences, type Licence, photoOf } from './holdings.ts'
import { nowOf, type Office } from './office.ts'
import { ROWS, type Row, rowOf } from './persons.ts'

const PHOTO = 'photo-'
/** A new photo is another portrait than any that is held at first. */
const NEW_PORTRAIT = 10

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
    id: `${PHOTO}${number}`,
    kind: 'photo',
    name: photo?.source ?? '',
    holder: name,
    idNumber: number,
    state: photo ? photo.takenDate : '无照片',
    acts: [...(photo ? (['remove'] as const) : []), 'renew', ...(changed ? (['restore'] as const) : [])],
  }
}

/** Every licence, then the photo of every person. */
export const holdingsOf = (office: Office): readonly SimulatedHolding[] => [
  ...allLicences(office).map((licence) => licenceHolding(office, licence)),
  ...ROWS.filter(({ type }) => type === '111').map((row) => photoHolding(office, row)),
]

function found(office: Office, id: string): SimulatedHolding {
  const holding = holdingsOf(office).find((one) => one.id === id)
  if (!holding) throw new Error('There is no such licence or photo.')
  return holding
}

/** Changes one. @throws Error with a plain sentence */
export function changeHolding(office: Office, id: string, act: HoldingAct): SimulatedHolding {
  const { kind, acts, idNumber } = found(office, id)
  if (!acts.includes(act)) throw new Error(`What can be done to it now: ${acts.join(', ')}.`)
  const { licenceStatuses, photos } = office.state
  if (kind === 'licence') {
    if (act === 'restore') delete licenceStatuses[id]
    else licenceStatuses[id] = STATUS_OF[act] ?? ''
  } else if (act === 'restore') delete photos[idNumber]
  else if (act === 'remove') photos[idNumber] = null
  else photos[idNumber] = newPhoto(office, idNumber)
  return found(office, id)
}

function newPhoto(office: Office, number: string) {
  const old = photoOf(office, number)
  return {
    source: old?.source ?? '居民身份证',
    takenDate: wallClock(nowOf(office)).slice(0, 10),
    portrait: (old?.portrait ?? rowOf(number)?.photo?.[2] ?? NEW_PORTRAIT) + NEW_PORTRAIT,
  }
}
