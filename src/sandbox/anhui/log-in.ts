/** Single sign-on (contract 4e): the browser's page, the CAS exchange, the user service and the token of the app. */
import { logInPage, refusalPage, sendTo } from '../log-in-page.ts'
import { isWebAddress, withParameters } from '../web-addresses.ts'
import { ACCOUNTS, USERS } from './accounts.ts'
import { lengthOf } from './formats.ts'
import { choose, extras } from './freedoms.ts'
import type { Office } from './office.ts'
import { BadMember, IdentityRefusal } from './refusals.ts'
import type { IdentityAnswer, OpenAnswer, Route } from './routes.ts'
import {
  burnAppToken,
  burnTicket,
  issueAppToken,
  issueTicket,
  issueToken,
  TOKEN_SECONDS,
  tokenOf,
} from './tickets.ts'

/** The parameter of the page's own links. */
const ACCOUNT = 'testUser'
const MAX_SERVICE = 1000

/** Given for `service`, it asks for the token that the 皖事通 app would bring instead of a ticket. */
const APP = 'wanshitong'

/** What a browser, or the app, would bring for an account. */
export const logInAs = (
  office: Office,
  account: string,
  service = office.config.options.ssoService,
): string => (service === APP ? issueAppToken(office, account) : issueTicket(office, account, service))

const isService = (service: string): boolean =>
  isWebAddress(service) && lengthOf(service) <= MAX_SERVICE && !service.includes('#')

const refuse = async (status: number, message: string): Promise<OpenAnswer> => ({
  response: await refusalPage(status, message),
  refused: { code: String(status), message },
})

async function page(office: Office, query: URLSearchParams): Promise<OpenAnswer> {
  const { ssoAppCode } = office.config.credentials
  if (query.get('appCode') !== ssoAppCode) return refuse(403, 'appCode')
  const service = query.get('service') ?? ''
  if (!isService(service)) return refuse(400, 'service')
  const account = query.get(ACCOUNT) ?? ''
  if (USERS.has(account)) {
    return {
      response: sendTo(withParameters(service, [['ticket', issueTicket(office, account, service)]])),
    }
  }
  const hrefOf = (id: string) =>
    withParameters('login', [
      ['appCode', ssoAppCode],
      ['service', service],
      [ACCOUNT, id],
    ])
  const region = { zh: '安徽', en: 'Anhui' }
  return { response: await logInPage({ region, accounts: ACCOUNTS, hrefOf }) }
}

/** The letters before the names of a CAS answer may be any. */
const PREFIXES = ['cas', 'sso', 'c']

function casAnswer(office: Office, inner: (prefix: string) => string): Response {
  const prefix = PREFIXES[choose(office, PREFIXES.length)] ?? 'cas'
  const body = `<${prefix}:serviceResponse xmlns:${prefix}="http://www.yale.edu/tp/cas">${inner(prefix)}</${prefix}:serviceResponse>`
  return new Response(body, { headers: { 'Content-Type': 'application/xml;charset=utf-8' } })
}

const CAS_TEXTS = {
  INVALID_REQUEST: '缺少参数',
  INVALID_TICKET: '票据不存在、已使用或已过期',
  INVALID_SERVICE: '票据不是为该地址签发的',
} as const

function casFailure(office: Office, code: keyof typeof CAS_TEXTS): OpenAnswer {
  const message = CAS_TEXTS[code]
  const failure = (p: string) =>
    `<${p}:authenticationFailure code="${code}">${message}</${p}:authenticationFailure>`
  return { response: casAnswer(office, failure), refused: { code, message } }
}

async function validate(office: Office, query: URLSearchParams): Promise<OpenAnswer> {
  const [service, ticket] = [query.get('service') ?? '', query.get('ticket') ?? '']
  if (service === '' || ticket === '') return casFailure(office, 'INVALID_REQUEST')
  const found = burnTicket(office, ticket)
  const user = found === undefined ? undefined : USERS.get(found.userId)
  if (found === undefined || user === undefined) return casFailure(office, 'INVALID_TICKET')
  if (found.service !== service) return casFailure(office, 'INVALID_SERVICE')
  const leaves = {
    userType: user.userType,
    accessToken: issueToken(office, found.userId),
    expiresIn: String(TOKEN_SECONDS),
    ...(choose(office, 2) === 0 ? {} : { isFromNewLogin: 'true' }),
  }
  const response = casAnswer(office, (p) => {
    const attributes = Object.entries(leaves).map(([name, value]) => `<${p}:${name}>${value}</${p}:${name}>`)
    return `<${p}:authenticationSuccess><${p}:user>${found.userId}</${p}:user><${p}:attributes>${attributes.join('')}</${p}:attributes></${p}:authenticationSuccess>`
  })
  return { response }
}

/** The user of a token, after the checks in the order of their codes. */
function userInfo(office: Office, query: URLSearchParams, userType: '1' | '2'): IdentityAnswer {
  for (const name of query.keys()) if (name !== 'userId' && name !== 'access_token') throw new BadMember(name)
  const [userId, token] = [query.get('userId') ?? '', query.get('access_token') ?? '']
  if (userId === '') throw new BadMember('userId')
  if (token === '') throw new BadMember('access_token')
  const found = tokenOf(office, token)
  if (found === undefined) throw new IdentityRefusal('U0001')
  if (found.userId !== userId) throw new IdentityRefusal('U0002')
  const user = USERS.get(userId)
  if (user?.userType !== userType) throw new IdentityRefusal('U0003')
  return { identity: { ...user.info, ...extras(office) } }
}

function tokenInfo(office: Office, fields: ReadonlyMap<string, string>): IdentityAnswer {
  const token = fields.get('token') ?? ''
  if (token === '') throw new BadMember('token')
  const found = burnAppToken(office, token)
  const user = found === undefined ? undefined : USERS.get(found.userId)
  if (found === undefined || user === undefined) throw new IdentityRefusal('U0001')
  return {
    identity: { ...user.info, ...extras(office), accessToken: issueToken(office, found.userId) },
  }
}

/** The page and the calls of the log-in. */
export function logInRoutes(office: Office): readonly Route[] {
  const ofSignOn = { group: 'uccp', under: 'sso' } as const
  const ofUsers = { method: 'GET', group: 'uccp', under: 'user' } as const
  return [
    {
      ...ofSignOn,
      operation: 'sso-login',
      method: 'GET',
      tail: '/login',
      style: 'open',
      answer: (query) => page(office, query),
    },
    {
      ...ofSignOn,
      operation: 'sso-exchange',
      method: 'GET',
      tail: '/serviceValidate',
      style: 'open',
      answer: (query) => validate(office, query),
    },
    {
      ...ofUsers,
      operation: 'sso-userinfo',
      tail: '/nperson/info',
      style: 'query',
      answer: (query) => userInfo(office, query, '1'),
    },
    {
      ...ofUsers,
      operation: 'sso-legalinfo',
      tail: '/legal/info',
      style: 'query',
      answer: (query) => userInfo(office, query, '2'),
    },
    {
      ...ofSignOn,
      operation: 'sso-apptoken',
      method: 'POST',
      tail: '/app/tokenInfo',
      style: 'form',
      fields: ['token'],
      answer: (fields) => tokenInfo(office, fields),
    },
  ]
}
