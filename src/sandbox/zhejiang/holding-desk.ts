/** What Zhejiang's own clerks see of licences and photos, and do to them. */
import { deskOf, nextPortrait, photoIdOf } from '../holding-desk.ts'
import type { HoldingAct, SimulatedHolding } from '../simulated.ts'
import { AREAS } from './cities.ts'
import { allLicences, type HeldPhotoNow, type Licence, personOf, photoOf } from './holdings.ts'
import { nowOf, type Office } from './office.ts'
import { HOLDERS, type Holder } from './persons.ts'
import { wallClock } from './times.ts'

/** Table 5.14. */
const STATES: Readonly<Record<string, string>> = {
  '01': '有效',
  '02': '暂扣',
  '03': '撤销',
  '04': '注销',
  '05': '失效',
}
const STATE_OF: Readonly<Partial<Record<HoldingAct, string>>> = { revoke: '03', expire: '05' }
const SOURCES = { ID_CARD: '居民身份证', SOCIAL_CARD: '社保卡', DRIVING: '驾驶证' } as const

const divisionOf = ({ areaCode }: Holder): string =>
  AREAS.find(({ code }) => code === areaCode)?.canonical ?? areaCode

function licenceHolding(
  { state }: Office,
  { sourceId, typeName, holder, status }: Licence,
): SimulatedHolding {
  const acts = (['revoke', 'expire'] as const).filter((act) => STATE_OF[act] !== status)
  return {
    id: sourceId,
    kind: 'licence',
    name: typeName,
    holder: holder.name,
    idNumber: holder.number,
    division: divisionOf(holder),
    state: `${status} ${STATES[status] ?? ''}`,
    acts: Object.hasOwn(state.licenceStates, sourceId) ? [...acts, 'restore'] : acts,
  }
}

function photoHolding(office: Office, holder: Holder): SimulatedHolding {
  const photo = photoOf(office, holder.number)
  const changed = Object.hasOwn(office.state.photos, holder.number)
  return {
    id: photoIdOf(holder.number),
    kind: 'photo',
    name: photo ? SOURCES[photo.source] : '',
    holder: holder.name,
    idNumber: holder.number,
    division: divisionOf(holder),
    state: photo ? photo.gmtTaken.slice(0, 10) : '无照片',
    acts: [...(photo ? (['remove'] as const) : []), 'renew', ...(changed ? (['restore'] as const) : [])],
  }
}

/** Every licence, then the photo of every person. */
const holdingsOf = (office: Office): readonly SimulatedHolding[] => [
  ...allLicences(office).map((licence) => licenceHolding(office, licence)),
  ...HOLDERS.filter(({ kind }) => kind === '1').map((holder) => photoHolding(office, holder)),
]

function change(office: Office, { id, kind, idNumber }: SimulatedHolding, act: HoldingAct): void {
  const { licenceStates, photos } = office.state
  if (kind === 'licence') {
    const status = STATE_OF[act]
    if (status === undefined) delete licenceStates[id]
    else licenceStates[id] = status
  } else if (act === 'restore') delete photos[idNumber]
  else photos[idNumber] = act === 'remove' ? null : newPhoto(office, idNumber)
}

function newPhoto(office: Office, number: string): HeldPhotoNow {
  const old = photoOf(office, number) ?? personOf(number)?.photo
  return {
    source: old?.source ?? 'ID_CARD',
    gmtTaken: wallClock(nowOf(office)),
    portrait: nextPortrait(old?.portrait),
  }
}

export const holdingDesk = (office: Office) => deskOf(office, holdingsOf, change)
