/** What the tests of the log-in share: a browser and a gateway that ask, and the parts of what they are answered. */
import { expect } from 'vitest'
import type { Kit, Reply } from './test-kit.ts'

export const CODE = '0f1e2d3c4b5a69788796a5b4c3d2e1f0'
export const SERVICE = 'http://127.0.0.1:8080/sso/ah/callback?state=s1'
export const PAGE = 'http://ah.test/uccp-server/login'

export const visit = (kit: Kit, query: Record<string, string>) =>
  kit.region.app.request(`${PAGE}?${new URLSearchParams(query)}`)
export const validate = async (kit: Kit, query: Record<string, string>) => {
  const answer = await kit.region.app.request(
    `http://ah.test/uccp-server/serviceValidate?${new URLSearchParams(query)}`,
  )
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/xml;charset=utf-8'])
  return answer.text()
}
/** The failure of a CAS answer, whatever letters stand before its names. */
export const failureOf = (xml: string) => /<(\w+):authenticationFailure code="(\w+)">/.exec(xml)?.[2]
export const leafOf = (xml: string, name: string) => new RegExp(`<\\w+:${name}>([^<]*)<`).exec(xml)?.[1] ?? ''
export const get = (kit: Kit, path: string, query: Record<string, string>) =>
  kit.send('GET', `/uccp-user${path}?${new URLSearchParams(query)}`, '', '')
export const tokenOf = async (kit: Kit, account: string) =>
  leafOf(
    await validate(kit, { service: SERVICE, ticket: kit.region.logIn?.(account, SERVICE) ?? '' }),
    'accessToken',
  )
export const failure = ({ status, json }: Reply) => [
  status,
  json['status'],
  json['code'],
  json['message'],
  json['data'],
]
