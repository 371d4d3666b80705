/**
 * Jiangsu 江苏, played from its wire contract alone: the bus with its signature, the hall behind it, the clerks, and the callbacks
 * that they cause. Nothing is shared with the gateway's own adapter, so that the two judge each other.
 */
import type { SimulatedRegion, World } from '../simulated.ts'
import { applicationRoutes } from './applications.ts'
import { jiangsuPostman } from './callbacks.ts'
import { actOn, clerkView } from './clerks.ts'
import { createFront, placesOf } from './front.ts'
import { holdingDesk } from './holding-desk.ts'
import { licenceRoutes } from './licences.ts'
import { fileLocalCases } from './local-cases.ts'
import { ACCOUNT_LIST, ticketFor } from './log-in.ts'
import { materialRoutes } from './materials.ts'
import { matterRoutes } from './matters.ts'
import { nowOf, openOffice } from './office.ts'
import { PERSONS } from './persons.ts'
import { photoRoutes } from './photos.ts'
import { queryRoutes } from './queries.ts'
import { ratingRoutes } from './ratings.ts'
import { stateFrom } from './state.ts'

/** Three services, three envelopes (contract 1.7, 3.3, 3.4). */
function busyAnswer(operation: string | undefined): object {
  if (operation?.startsWith('sso')) return { retcode: '999999', msg: '系统异常', data: '' }
  if (operation?.startsWith('licence') || operation?.startsWith('photo'))
    return { head: { status: '9', message: '系统异常' }, data: null }
  return { status: { code: 500, text: '系统异常' }, custom: {} }
}

/** Sets up a Jiangsu platform in the given world, with the catalogue of thirteen cities and its test persons. */
export function simulateJiangsu(world: World): SimulatedRegion {
  const office = openOffice(world)
  fileLocalCases(office)
  office.state.sequence += Math.floor((world.numbersGone ?? 0) * 900_000)
  const postman = jiangsuPostman(office)
  const places = placesOf(
    office,
    [...matterRoutes, ...applicationRoutes, ...materialRoutes, ...queryRoutes, ...ratingRoutes],
    [...licenceRoutes, ...photoRoutes],
  )
  return {
    region: 'jiangsu',
    name: { zh: '江苏', en: 'Jiangsu' },
    app: createFront(office, places),
    config: office.config,
    operationOf: (_method, path) => places.get(path.split('?', 1)[0] ?? '')?.operation,
    busyAnswer,
    persons: PERSONS,
    accounts: ACCOUNT_LIST,
    logIn: (account) => ticketFor(office, account),
    cases: () => Object.values(office.state.cases).map(clerkView),
    ...holdingDesk(office),
    advance: (caseNumber, act) => actOn(office, postman, caseNumber, act),
    refusals: () => [...office.state.refusals],
    callbacks: () => Object.values(office.state.callbacks).map(({ params: _, ...record }) => ({ ...record })),
    sendCallbacks: postman.sendAll,
    close: postman.close,
    save: () => structuredClone(office.state),
    load: (saved) => {
      office.state = stateFrom(saved, nowOf(office))
      postman.resume()
    },
  }
}
