/** What Anhui's own clerks see of licences and photos, and do to them. No contract knows of this: it is for tests and the admin page. */
import type { HoldingAct, SimulatedHolding } from '../simulated.ts'
import { allLicences, type HeldPhotoNow, type Licence, photoDay, photosOf } from './holdings.ts'
import { nowOf, type Office, randomHex } from './office.ts'
import { HOLDERS, type Holder } from './persons.ts'
import { DAY_MS, wallClock } from './times.ts'

const PHOTO = 'photo-'
/** A new photo is another portrait than any that is held at first. */
const NEW_PORTRAIT = 10

/** Contract 5.14 and 5.13. */
const STATES: Readonly<Record<string, string>> = { '1': '有效', '0': '失效' }
const TYPES = { '01': '居民身份证', '02': '社会保障卡', '03': '机动车驾驶证' } as const

function licenceHolding(office: Office, licence: Licence): SimulatedHolding {
  const { certId, certName, owner, state } = licence
  const changed = Object.hasOwn(office.state.licenceChanges, certId)
  return {
    id: certId,
    kind: 'licence',
    name: certName,
    holder: owner.name,
    idNumber: owner.number,
    division: owner.division,
    state: `${state} ${STATES[state] ?? ''}`,
    acts: [
      ...(state === '1' ? (['revoke', 'expire'] as const) : []),
      ...(changed ? (['restore'] as const) : []),
    ],
  }
}

function photoHolding(office: Office, holder: Holder): SimulatedHolding {
  const photos = photosOf(office, holder)
  const changed = Object.hasOwn(office.state.photos, holder.number)
  return {
    id: `${PHOTO}${holder.number}`,
    kind: 'photo',
    name: photos.map(({ photoType }) => TYPES[photoType]).join('、'),
    holder: holder.name,
    idNumber: holder.number,
    division: holder.division,
    state: photos.length === 0 ? '无照片' : photos.map(({ photoDate }) => photoDate).join('、'),
    acts: [
      ...(photos.length === 0 ? [] : (['remove'] as const)),
      'renew',
      ...(changed ? (['restore'] as const) : []),
    ],
  }
}

/** Every licence, then the photos of every person. */
export const holdingsOf = (office: Office): readonly SimulatedHolding[] => [
  ...allLicences(office).map((licence) => licenceHolding(office, licence)),
  ...[...HOLDERS.values()].filter(({ isPerson }) => isPerson).map((holder) => photoHolding(office, holder)),
]

function found(office: Office, id: string): SimulatedHolding {
  const holding = holdingsOf(office).find((one) => one.id === id)
  if (!holding) throw new Error('There is no such licence or photo.')
  return holding
}

/** Changes one. @throws Error with a plain sentence */
export function changeHolding(office: Office, id: string, act: HoldingAct): SimulatedHolding {
  const { kind, acts, idNumber } = found(office, id)
  if (!acts.includes(act)) throw new Error(`What can be done to it now: ${acts.join(', ') || 'nothing'}.`)
  const { licenceChanges, photos } = office.state
  if (act === 'restore' && kind === 'licence') delete licenceChanges[id]
  else if (act === 'restore') delete photos[idNumber]
  else if (kind === 'photo') photos[idNumber] = act === 'renew' ? [newPhoto(office, idNumber)] : []
  else if (act === 'revoke') licenceChanges[id] = {}
  else licenceChanges[id] = { endedOn: wallClock(nowOf(office) - DAY_MS).slice(0, 10) }
  return found(office, id)
}

/** One photo in place of all that there were, under an identifier of its own. */
function newPhoto(office: Office, number: string): HeldPhotoNow {
  const holder = HOLDERS.get(number)
  const old = holder && (photosOf(office, holder)[0] ?? holder.photos[0])
  return {
    photoId: `PH${randomHex(6)}`,
    photoType: old?.photoType ?? '01',
    photoDate: photoDay(wallClock(nowOf(office))),
    portrait: (old?.portrait ?? NEW_PORTRAIT) + NEW_PORTRAIT,
  }
}
