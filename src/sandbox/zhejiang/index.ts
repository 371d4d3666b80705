/**
 * Zhejiang 浙江, played from its wire contract alone: the API gateway with its signature, the business dialect
 * and the sharing dialect, the photos and licences, the clerks behind them and the callbacks that they cause. Nothing is shared with the
 * gateway's own adapter, so that the two judge each other.
 */
import type { SimulatedRegion, World } from '../simulated.ts'
import { ACCOUNTS } from './accounts.ts'
import { applicationRoutes } from './applications.ts'
import { zhejiangPostman } from './callbacks.ts'
import { actOn, clerkView } from './clerks.ts'
import { createFront } from './front.ts'
import { holdingDesk } from './holding-desk.ts'
import { licenceRoutes } from './licences.ts'
import { issueTicket, logInRoutes } from './log-in.ts'
import { materialRoutes } from './materials.ts'
import { matterRoutes } from './matters.ts'
import { numberRoutes } from './numbers.ts'
import { nowOf, openOffice } from './office.ts'
import { PERSONS } from './persons.ts'
import { photoRoutes } from './photos.ts'
import { queryRoutes } from './queries.ts'
import { ratingRoutes } from './ratings.ts'
import { tableOf } from './routes.ts'
import { sharingTokenRoutes } from './sharing.ts'
import { fileSiteCases } from './site-cases.ts'
import { stateFrom } from './state.ts'
import { windowRoutes } from './windows.ts'

/**
 * Sets up a Zhejiang platform in the given world, with its catalogue of eleven areas, its test persons and the
 * cases that one of them made on the Zhejiang site.
 */
export function simulateZhejiang(world: World): SimulatedRegion {
  const office = openOffice(world)
  fileSiteCases(office)
  office.state.sequence += Math.floor((world.numbersGone ?? 0) * 900_000_000)
  const postman = zhejiangPostman(office)
  const table = tableOf([
    ...sharingTokenRoutes(office),
    ...matterRoutes(office),
    ...windowRoutes(office),
    ...numberRoutes(office),
    ...applicationRoutes(office),
    ...materialRoutes(office),
    ...queryRoutes(office),
    ...logInRoutes(office),
    ...photoRoutes(office),
    ...ratingRoutes(office),
    ...licenceRoutes(office),
  ])
  return {
    region: 'zhejiang',
    name: { zh: '浙江', en: 'Zhejiang' },
    app: createFront(office, table),
    config: office.config,
    operationOf: (method, path) => table.get(`${method.toUpperCase()} ${path.split('?', 1)[0]}`)?.operation,
    // The two dialects have an envelope each (contract 5.17).
    busyAnswer: (operation) =>
      [...table.values()].find((route) => route.operation === operation)?.handler.kind === 'sharing'
        ? { code: '99', msg: '系统错误', datas: null }
        : { success: false, errorCode: 'S-SYSTEM-BUSY', errorMsg: '系统繁忙', data: null },
    persons: PERSONS,
    accounts: ACCOUNTS,
    logIn: (account) => issueTicket(office, account),
    cases: () => Object.values(office.state.cases).map(clerkView),
    advance: (caseNumber, act) => actOn(office, postman, caseNumber, act),
    ...holdingDesk(office),
    refusals: () => [...office.state.refusals],
    callbacks: () =>
      Object.values(office.state.callbacks).map(({ body: _, channel: __, ...record }) => ({ ...record })),
    sendCallbacks: postman.sendAll,
    close: postman.close,
    save: () => structuredClone(office.state),
    load: (saved) => {
      office.state = stateFrom(saved, nowOf(office))
      postman.resume()
    },
  }
}
