/**
 * Anhui 安徽, played from its wire contract alone: the Shield front with its two strategies, the catalogue, the case
 * service with its XML in form fields, materials, photos and licences, the clerks behind them and the callbacks that
 * they cause. Nothing is shared with the gateway's own adapter, so that the two judge each other.
 */
import type { SimulatedRegion, World } from '../simulated.ts'
import { ACCOUNTS } from './accounts.ts'
import { applicationRoutes } from './applications.ts'
import { anhuiPostman } from './callbacks.ts'
import { actOn, clerkView } from './clerks.ts'
import { createFront } from './front.ts'
import { holdingDesk } from './holding-desk.ts'
import { licenceRoutes } from './licences.ts'
import { logInAs, logInRoutes } from './log-in.ts'
import { materialRoutes } from './materials.ts'
import { matterRoutes } from './matters.ts'
import { numberRoutes } from './numbers.ts'
import { dropLapsed, nowOf, openOffice } from './office.ts'
import { PERSONS } from './persons.ts'
import { photoRoutes } from './photos.ts'
import { queryRoutes } from './queries.ts'
import { ratingRoutes } from './ratings.ts'
import { tableOf } from './routes.ts'
import { fileSiteCases } from './site-cases.ts'
import { stateFrom } from './state.ts'
import { tokenRoutes } from './tokens.ts'
import { windowRoutes } from './windows.ts'
import { withdrawalRoutes } from './withdrawals.ts'

/**
 * Sets up an Anhui platform in the given world, with its catalogue of sixteen cities, its test persons and the
 * cases that one of them made on the platform's own site.
 */
export function simulateAnhui(world: World): SimulatedRegion {
  const office = openOffice(world)
  fileSiteCases(office)
  // Four digits hold a day: a number for each nine seconds that are over.
  office.state.firstSerial = Math.floor((world.numbersGone ?? 0) * 9_600)
  const postman = anhuiPostman(office)
  const table = tableOf(office.config, [
    ...matterRoutes(office),
    ...windowRoutes(office),
    ...numberRoutes(office),
    ...applicationRoutes(office),
    ...materialRoutes(office),
    ...queryRoutes(office),
    ...withdrawalRoutes(office),
    ...ratingRoutes(office),
    ...logInRoutes(office),
    ...tokenRoutes(office),
    ...photoRoutes(office),
    ...licenceRoutes(office),
  ])
  return {
    region: 'anhui',
    name: { zh: '安徽', en: 'Anhui' },
    app: createFront(office, table),
    config: office.config,
    operationOf: (method, path) => table.get(`${method.toUpperCase()} ${path.split('?', 1)[0]}`)?.operation,
    busyAnswer: (operation) => {
      // Each service has its envelope (contract 5.10, 4e).
      const group = [...table.values()].find((route) => route.operation === operation)?.group
      if (group === 'uccp') return { status: false, code: 'U9999', message: '系统异常', data: null }
      if (group === 'case') return { result: '09', resultmsg: '系统异常', data: null }
      return { flag: '500', result: '系统异常', data: null }
    },
    persons: PERSONS,
    accounts: ACCOUNTS,
    logIn: (account, service) => logInAs(office, account, service),
    cases: () => {
      dropLapsed(office)
      return Object.values(office.state.cases).map(clerkView)
    },
    advance: (caseNumber, act) => actOn(office, postman, caseNumber, act),
    ...holdingDesk(office),
    refusals: () => [...office.state.refusals],
    callbacks: () =>
      Object.values(office.state.callbacks).map(({ body: _, url: __, contentType: ___, ...record }) => ({
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
