/** What Jiangsu's own clerks see of licences and photos, and do to them. */
import { deskOf, nextPortrait, photoIdOf } from '../holding-desk.ts'
import type { HoldingAct, SimulatedHolding } from '../simulated.ts'
import { allLicences, type Licence, photoOf, photoTaken } from './holdings.ts'
import { nowOf, type Office } from './office.ts'
import { HOLDERS, type Holder } from './persons.ts'
import type { LicenceState } from './state.ts'
import { DAY_MS, wallClock } from './times.ts'

const OLD_DAYS = 2_900

const STATES: Readonly<Record<LicenceState, string>> = { valid: '现势', expired: '过期', cancelled: '注销' }
const SOURCES = { '1': '居民身份证', '2': '社保卡', '3': '驾驶证' } as const
const STATE_OF: Readonly<Partial<Record<HoldingAct, LicenceState>>> = {
  revoke: 'cancelled',
  expire: 'expired',
}

function licenceHolding(office: Office, { zzbs, name, holder, state }: Licence): SimulatedHolding {
  const acts = (['revoke', 'expire'] as const).filter((act) => STATE_OF[act] !== state)
  return {
    id: zzbs,
    kind: 'licence',
    name,
    holder: holder.name,
    idNumber: holder.number,
    division: holder.division,
    state: STATES[state],
    acts: Object.hasOwn(office.state.licenceStates, zzbs) ? [...acts, 'restore'] : acts,
  }
}

function photoHolding(office: Office, holder: Holder): SimulatedHolding {
  const photo = photoOf(office, holder)
  const changed = Object.hasOwn(office.state.photos, holder.number)
  return {
    id: photoIdOf(holder.number),
    kind: 'photo',
    name: photo ? SOURCES[photo.source] : '',
    holder: holder.name,
    idNumber: holder.number,
    division: holder.division,
    state: photo ? wallClock(photo.takenAt).slice(0, 10) : '无照片',
    acts: [
      ...(photo ? (['remove', 'expire'] as const) : []),
      'renew',
      ...(changed ? (['restore'] as const) : []),
    ],
  }
}

/** Every licence, then the photo of every person. */
const holdingsOf = (office: Office): readonly SimulatedHolding[] => [
  ...allLicences(office).map((licence) => licenceHolding(office, licence)),
  ...HOLDERS.filter(({ type }) => type === '111').map((holder) => photoHolding(office, holder)),
]

function change(office: Office, { id, kind, idNumber }: SimulatedHolding, act: HoldingAct): void {
  const { licenceStates, photos } = office.state
  if (kind === 'licence') {
    const state = STATE_OF[act]
    if (state) licenceStates[id] = state
    else delete licenceStates[id]
  } else if (act === 'restore') delete photos[idNumber]
  else photos[idNumber] = act === 'remove' ? null : otherPhoto(office, idNumber, act)
}

/** A photo of today, or the same one, taken so long ago that it is past its end of use. */
function otherPhoto(office: Office, number: string, act: HoldingAct) {
  const holder = HOLDERS.find((one) => one.number === number)
  const old = holder && photoOf(office, holder)
  const source = old?.source ?? '1'
  if (old && act === 'expire') return photoTaken(nowOf(office) - OLD_DAYS * DAY_MS, source, old.portrait)
  return photoTaken(nowOf(office), source, nextPortrait((old ?? holder?.photo)?.portrait))
}

export const holdingDesk = (office: Office) => deskOf(office, holdingsOf, change)
