/** What Anhui's own clerks see of licences and photos, and do to them. */
import { deskOf, nextPortrait, photoIdOf } from '../holding-desk.ts'
import type { HoldingAct, SimulatedHolding } from '../simulated.ts'
import { allLicences, type HeldPhotoNow, type Licence, photoDay, photosOf } from './holdings.ts'
import { nowOf, type Office, randomHex } from './office.ts'
import { HOLDERS, type Holder } from './persons.ts'
import { DAY_MS, wallClock } from './times.ts'

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
    id: photoIdOf(holder.number),
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
const holdingsOf = (office: Office): readonly SimulatedHolding[] => [
  ...allLicences(office).map((licence) => licenceHolding(office, licence)),
  ...[...HOLDERS.values()].filter(({ isPerson }) => isPerson).map((holder) => photoHolding(office, holder)),
]

function change(office: Office, { id, kind, idNumber }: SimulatedHolding, act: HoldingAct): void {
  const { licenceChanges, photos } = office.state
  if (act === 'restore' && kind === 'licence') delete licenceChanges[id]
  else if (act === 'restore') delete photos[idNumber]
  else if (kind === 'photo') photos[idNumber] = act === 'renew' ? [newPhoto(office, idNumber)] : []
  else if (act === 'revoke') licenceChanges[id] = {}
  else licenceChanges[id] = { endedOn: wallClock(nowOf(office) - DAY_MS).slice(0, 10) }
}

/** One photo in place of all that there were, under an identifier of its own. */
function newPhoto(office: Office, number: string): HeldPhotoNow {
  const holder = HOLDERS.get(number)
  const old = holder && (photosOf(office, holder)[0] ?? holder.photos[0])
  return {
    photoId: `PH${randomHex(6)}`,
    photoType: old?.photoType ?? '01',
    photoDate: photoDay(wallClock(nowOf(office))),
    portrait: nextPortrait(old?.portrait),
  }
}

export const holdingDesk = (office: Office) => deskOf(office, holdingsOf, change)
