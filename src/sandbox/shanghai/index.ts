/**
 * Shanghai 上海, played from its wire contract alone: the token in the body, the strict members, the clerks, and the signed
 * callbacks that they cause. Nothing is shared with the gateway's own adapter, so that the two judge each other.
 */
import type { SimulatedRegion, World } from '../simulated.ts'
import { applicationRoutes } from './applications.ts'
import { shanghaiPostman } from './callbacks.ts'
import { actOn, clerkView } from './clerks.ts'
import { createFront, placesOf } from './front.ts'
import { holdingDesk } from './holding-desk.ts'
import { licenceRoutes } from './licences.ts'
import { ACCOUNT_LIST, ticketFor } from './log-in.ts'
import { materialRoutes } from './materials.ts'
import { matterRoutes } from './matters.ts'
import { nowOf, openOffice } from './office.ts'
import { PERSONS } from './persons.ts'
import { photoRoutes } from './photos.ts'
import { queryRoutes } from './queries.ts'
import { ratingRoutes } from './ratings.ts'
import { statusOf } from './rules.ts'
import { fileSiteCases } from './site-cases.ts'
import { stateFrom } from './state.ts'
import { windowRoutes } from './windows.ts'

/** Sets up a Shanghai platform in the given world, with its catalogue, its test persons and their own cases. */
export function simulateShanghai(world: World): SimulatedRegion {
  const office = openOffice(world)
  fileSiteCases(office)
  office.state.serial += Math.floor((world.numbersGone ?? 0) * 9_000_000)
  const postman = shanghaiPostman(office)
  const places = placesOf(
    office,
    [
      ...matterRoutes,
      ...windowRoutes,
      ...applicationRoutes,
      ...materialRoutes,
      ...queryRoutes,
      ...ratingRoutes,
    ],
    [...licenceRoutes, ...photoRoutes],
  )
  return {
    region: 'shanghai',
    name: { zh: '上海', en: 'Shanghai' },
    app: createFront(office, places),
    config: office.config,
    operationOf: (_method, path) => places.get(path.split('?', 1)[0] ?? '')?.operation,
    // Every failure that has no words of its own (contract 3.5).
    busyAnswer: () => ({ isSuccess: false, code: '500', errorCode: 'SYSTEM_ERROR', msg: '系统异常' }),
    persons: PERSONS,
    accounts: ACCOUNT_LIST,
    logIn: (account) => ticketFor(office, account),
    cases: () => Object.values(office.state.applies).map(clerkView),
    ...holdingDesk(office),
    advance: (caseNumber, act) => actOn(office, postman, caseNumber, act),
    refusals: () => [...office.state.refusals],
    callbacks: () =>
      Object.values(office.state.callbacks).map(({ applyNo, word, body: _, ...record }) => ({
        caseNumber: applyNo,
        status: statusOf(word),
        ...record,
      })),
    sendCallbacks: postman.sendAll,
    close: postman.close,
    save: () => structuredClone(office.state),
    load: (saved) => {
      office.state = stateFrom(saved, nowOf(office))
      postman.resume()
    },
  }
}
