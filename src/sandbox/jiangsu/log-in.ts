/** The browser's part of the log-in (contract 4.e): the page, the choice of an account, and the way back with a ticket. */

import type { Context } from 'hono'
import { logInPage, refusalPage, sendTo } from '../log-in-page.ts'
import { randomBytes } from '../moment.ts'
import type { SimulatedAccount } from '../simulated.ts'
import { ACCOUNTS, accountOf } from './accounts.ts'
import { note } from './answers.ts'
import { nowOf, type Office } from './office.ts'

/** Life of a ticket in seconds. */
const TICKET_SECONDS = 120

/** A page for the browser, which carries no headers of the bus. */
export interface PagePlace {
  readonly operation: 'sso-login'
  readonly method: 'GET'
  readonly page: (office: Office, c: Context) => Promise<Response>
}

/** The pages' paths in one configuration. */
export function pagePlaces({ config }: Office): readonly (readonly [string, PagePlace])[] {
  const { loginPath } = config.options
  const chosen = loginPath.replace(/[^/]*$/, 'chosen.do')
  const place = (page: PagePlace['page']) => ({ operation: 'sso-login', method: 'GET', page }) as const
  return [
    [loginPath, place(show(chosen))],
    [chosen, place(goBack)],
  ]
}

/** What the log-in page may say of the accounts. */
export const ACCOUNT_LIST: readonly SimulatedAccount[] = ACCOUNTS.map(
  ({ id, kind, name, level, note: told }) => ({ id, kind, name, level, ...(told ? { note: told } : {}) }),
)

/** Makes a ticket for an account. @throws Error for an account that there is none of. */
export function ticketFor(office: Office, id: string): string {
  if (!accountOf(id)) throw new Error(`There is no account ${id} in the simulated Jiangsu platform.`)
  const now = nowOf(office)
  const { tickets } = office.state
  for (const [old, { until }] of Object.entries(tickets)) if (until < now) delete tickets[old]
  const ticket = `T${randomBytes(16).toString('hex')}`
  tickets[ticket] = { account: id, until: now + TICKET_SECONDS * 1000 }
  return ticket
}

/** The members of a query, when it has exactly these, each once. */
function queryWith(c: Context, names: readonly string[]): URLSearchParams | undefined {
  const query = new URL(c.req.url).searchParams
  return [...query.keys()].toSorted().join() === names.toSorted().join() ? query : undefined
}

/** The callback URL: standard Base64 with its padding, of UTF-8, http or https. */
function gotoOf(base64: string | null | undefined): string | undefined {
  const bytes = Buffer.from(base64 ?? '', 'base64')
  // Base64url, a missing padding or a plus that became a space are written otherwise than they came.
  if (bytes.length === 0 || bytes.toString('base64') !== base64) return undefined
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return /^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) && URL.canParse(text) ? text : undefined
  } catch {
    return undefined
  }
}

function refusedPage(office: Office, member: string): Promise<Response> {
  note(office, 'sso-login', 400, 'page', `参数错误:${member}`)
  return refusalPage(400, member)
}

const show =
  (chosen: string): PagePlace['page'] =>
  async (office, c) => {
    const query = queryWith(c, ['appMark', 'gotoUrl'])
    if (!query) return refusedPage(office, 'query')
    if (query.get('appMark') !== office.config.credentials.jis.appmark) return refusedPage(office, 'appMark')
    const gotoUrl = query.get('gotoUrl') ?? ''
    if (gotoOf(gotoUrl) === undefined) return refusedPage(office, 'gotoUrl')
    const hrefOf = (account: string) => `${chosen}?${new URLSearchParams({ account, gotoUrl })}`
    const region = { zh: '江苏', en: 'Jiangsu' }
    return logInPage({ region, accounts: ACCOUNT_LIST, hrefOf, giveUp: hrefOf('') })
  }

/** The click on an account, or on none: back to the callback URL, with a ticket before any `#`, or without one. */
async function goBack(office: Office, c: Context): Promise<Response> {
  const query = queryWith(c, ['account', 'gotoUrl'])
  const address = gotoOf(query?.get('gotoUrl'))
  if (address === undefined) return refusedPage(office, 'gotoUrl')
  const id = query?.get('account') ?? ''
  if (id !== '' && !accountOf(id)) return refusedPage(office, 'account')
  // A header holds ASCII alone.
  const ascii = address.replaceAll(/[^\x21-\x7e]+/g, encodeURIComponent)
  if (id === '') return sendTo(ascii)
  const at = ascii.indexOf('#') < 0 ? ascii.length : ascii.indexOf('#')
  const head = ascii.slice(0, at)
  return sendTo(`${head}${head.includes('?') ? '&' : '?'}ticket=${ticketFor(office, id)}${ascii.slice(at)}`)
}
