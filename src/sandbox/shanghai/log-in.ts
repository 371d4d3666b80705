/** The log-in (contract 4.5): two pages for the browser, the way back with an `access_token`, and `me.do`, which takes it once. */

import type { Context } from 'hono'
import { entryOf } from '../entries.ts'
import { logInPage, refusalPage, sendTo } from '../log-in-page.ts'
import { randomUUID } from '../moment.ts'
import type { SimulatedAccount } from '../simulated.ts'
import { ACCOUNTS, type Account, accountOf, userObject } from './accounts.ts'
import { bareRefusal, formFields, json, note } from './answers.ts'
import { MAX_BODY_BYTES } from './config.ts'
import { extras } from './freedoms.ts'
import { nowOf, type Office } from './office.ts'
import type { ServedPlace } from './routes.ts'

/** Life of a ticket in seconds, from the return on. */
const TICKET_SECONDS = 1800

/** All paths of the log-in in one configuration. */
export function logInPlaces({ config }: Office): readonly (readonly [string, ServedPlace])[] {
  const { ucBase, corpUcBase, ly } = config.options
  const page = (path: string, serve: ServedPlace['serve']) =>
    [path, { operation: 'sso-login', method: 'GET', serve }] as const
  const [personChosen, corpChosen] = [`${ucBase}/naturalUser/chosen.do`, `${corpUcBase}/chosen.do`]
  return [
    page(`${ucBase}/naturalUser/jumpCountry.do`, show('person', { ly }, personChosen)),
    page(`${corpUcBase}/login.jsp`, show('organisation', {}, corpChosen)),
    page(personChosen, goBack('person')),
    page(corpChosen, goBack('organisation')),
    [`${ucBase}/oauth2.0/me.do`, { operation: 'sso-userinfo', method: 'POST', serve: userInfo }],
  ]
}

/** What the log-in page may say of the accounts. */
export const ACCOUNT_LIST: readonly SimulatedAccount[] = ACCOUNTS.map(
  ({ id, kind, name, level, note: told }) => ({ id, kind, name, level, ...(told ? { note: told } : {}) }),
)

/** Makes a ticket for an account. @throws Error for an account that there is none of. */
export function ticketFor(office: Office, id: string): string {
  if (!accountOf(id)) throw new Error(`There is no account ${id} in the simulated Shanghai platform.`)
  const now = nowOf(office)
  const { tickets } = office.state
  for (const [old, { until }] of Object.entries(tickets)) if (until < now) delete tickets[old]
  const ticket = randomUUID()
  tickets[ticket] = { account: id, until: now + TICKET_SECONDS * 1000 }
  return ticket
}

/** The members of a query, when it has exactly these, each once. */
function queryWith(c: Context, names: readonly string[]): URLSearchParams | undefined {
  const query = new URL(c.req.url).searchParams
  return [...query.keys()].toSorted().join() === names.toSorted().join() ? query : undefined
}

/** An absolute http(s) URL without fragment; a sandbox takes any origin. */
function isRedirect(text: string | null | undefined): text is string {
  if (!text || !/^https?:\/\/[\x21-\x7e]+$/.test(text) || text.includes('#')) return false
  return URL.canParse(text)
}

function refusedPage(office: Office, member: string): Promise<Response> {
  note(office, 'sso-login', 400, 'PARAM_ERROR', `参数错误:${member}`)
  return refusalPage(400, member)
}

/** A log-in page. `constants` are the members of its query that have one value. */
const show =
  (
    kind: Account['kind'],
    constants: Readonly<Record<string, string>>,
    chosen: string,
  ): ServedPlace['serve'] =>
  async (office, c) => {
    const query = queryWith(c, [...Object.keys(constants), 'redirect_uri'])
    if (!query) return refusedPage(office, 'query')
    for (const [name, value] of Object.entries(constants))
      if (query.get(name) !== value) return refusedPage(office, name)
    const redirect = query.get('redirect_uri')
    if (!isRedirect(redirect)) return refusedPage(office, 'redirect_uri')
    const hrefOf = (account: string) =>
      `${chosen}?${new URLSearchParams({ account, redirect_uri: redirect })}`
    const accounts = ACCOUNT_LIST.filter((one) => one.kind === kind)
    return logInPage({ region: { zh: '上海', en: 'Shanghai' }, accounts, hrefOf, giveUp: hrefOf('') })
  }

/** The click on an account, or on none: back to `redirect_uri`, whose own query stays in front. */
const goBack =
  (kind: Account['kind']): ServedPlace['serve'] =>
  async (office, c) => {
    const query = queryWith(c, ['account', 'redirect_uri'])
    const [id, redirect] = [query?.get('account'), query?.get('redirect_uri')]
    if (!isRedirect(redirect)) return refusedPage(office, 'redirect_uri')
    if (id && accountOf(id)?.kind !== kind) return refusedPage(office, 'account')
    const told = id ? `access_token=${ticketFor(office, id)}` : 'error=access_denied'
    return sendTo(`${redirect}${redirect.includes('?') ? '&' : '?'}${told}`)
  }

/** `me.do`: a ticket works once, and ends. */
const userInfo: ServedPlace['serve'] = async (office, c) => {
  const sent = await formFields(c, ['access_token'], MAX_BODY_BYTES)
  if (!sent) return bareRefusal(office, 'sso-userinfo', 400, 'invalid_request')
  const told = String(sent.get('access_token'))
  const { tickets } = office.state
  const ticket = entryOf(tickets, told)
  delete tickets[told]
  const account = ticket && ticket.until >= nowOf(office) ? accountOf(ticket.account) : undefined
  if (!account) return bareRefusal(office, 'sso-userinfo', 200, 'invalid_token')
  return json(200, { ...userObject(account), ...extras(office) })
}
