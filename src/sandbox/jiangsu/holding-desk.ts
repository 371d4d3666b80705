/** What Jiangsu's own clerks see of licences and photos, and do to them. No contract knows of this: it is for tests and the admin page. */
import type { HoldingAct, SimulatedHolding } from '../simulated.ts'
import { allLicences, type Licence, photoOf, photoTaken } from './holdings.ts'
import { nowOf, type Office } from './office.ts'
import { HOLDERS, type Holder } from './persons.ts'
import type { LicenceState } from './state.ts'
import { DAY_MS, wallClock } from './times.ts'

const PHOTO = 'photo-'
/** A new photo is another portrait than any that is held at first. */
const NEW_PORTRAIT = 10
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
    id: `${PHOTO}${holder.number}`,
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
export const holdingsOf = (office: Office): readonly SimulatedHolding[] => [
  ...allLicences(office).map((licence) => licenceHolding(office, licence)),
  ...HOLDERS.filter(({ type }) => type === '111').map((holder) => photoHolding(office, holder)),
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
  const { licenceStates, photos } = office.state
  if (kind === 'licence') {
    const state = STATE_OF[act]
    if (state) licenceStates[id] = state
    else delete licenceStates[id]
  } else if (act === 'restore') delete photos[idNumber]
  else photos[idNumber] = act === 'remove' ? null : otherPhoto(office, idNumber, act)
  return found(office, id)
}

/** A photo of today, or the same one, taken so long ago that it is past its end of use. */
function otherPhoto(office: Office, number: string, act: HoldingAct) {
  const holder = HOLDERS.find((one) => one.number === number)
  const old = holder && photoOf(office, holder)
  const [source, place] = [old?.source ?? '1', (old ?? holder?.photo)?.portrait ?? NEW_PORTRAIT]
  return act === 'expire'
    ? photoTaken(nowOf(office) - OLD_DAYS * DAY_MS, source, place)
    : photoTaken(nowOf(office), source, place + NEW_PORTRAIT)
}
