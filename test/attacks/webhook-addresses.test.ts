/** Attempts to have the gateway post to itself or to its neighbours. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isPublicAddress } from '../../src/adapters/kit/public-address.ts'
import { webhookTransport } from '../../src/adapters/kit/webhook-transport.ts'
import { refusalOf } from '../../src/federation/events/receivers.ts'

const facts = (webhookHosts: readonly string[]) => () => ({
  name: 'c',
  scopes: new Set<string>(),
  purposes: new Set<never>(),
  divisions: [],
  keys: [],
  webhookHosts,
})
const webhooks = (isPrivateAllowed: boolean) => ({
  post: async () => ({ status: 204, retryAfter: undefined }),
  isPrivateAllowed,
  outcomes: new Map<string, number>(),
})
const refused = (
  url: string,
  hosts: readonly string[] = ['hooks.example.cn', 'other.example.cn:8443'],
  sandbox = false,
) => refusalOf('c', url, { clients: facts(hosts), webhooks: webhooks(sandbox) })

test.each([
  ['https://hooks.example.cn/a?b=c'],
  ['https://HOOKS.example.cn/'],
  ['https://hooks.example.cn:443/'],
  ['https://other.example.cn:8443/'],
])('takes %s', (url) => {
  expect(refused(url)).toBeUndefined()
})

test.each([
  ['no TLS', 'http://hooks.example.cn/', 'scheme'],
  ['another scheme', 'file:///etc/passwd', 'form'],
  ['a port that is not listed', 'https://hooks.example.cn:22/', 'port'],
  ['the host without its listed port', 'https://other.example.cn/', 'host'],
  ['a suffix', 'https://evilhooks.example.cn/', 'host'],
  ['a longer name', 'https://hooks.example.cn.evil.cn/', 'host'],
  ['a sub-domain', 'https://a.hooks.example.cn/', 'host'],
  ['a dot behind', 'https://hooks.example.cn./', 'host'],
  ['user-info', 'https://hooks.example.cn@evil.cn/', 'credentials'],
  ['empty user-info', 'https://@hooks.example.cn/', 'credentials'],
  ['a back slash', 'https://evil.cn\\@hooks.example.cn/', 'form'],
  ['a fragment', 'https://hooks.example.cn/#x', 'form'],
  ['CR and LF', 'https://hooks.example.cn/\r\nX-A: b', 'form'],
  ['a tab in the host', 'https://hooks.exa\tmple.cn/', 'form'],
  ['letters that look alike', 'https://hооks.example.cn/', 'form'],
])('refuses %s', (_what, url, reason) => {
  expect(refused(url)).toBe(reason)
})

test.each([
  ['decimal', 'https://2130706433/'],
  ['octal', 'https://0177.0.0.1/'],
  ['hexadecimal', 'https://0x7f.1/'],
  ['short', 'https://127.1/'],
  ['IPv6 loopback', 'https://[::1]/'],
  ['IPv4 mapped into IPv6', 'https://[::ffff:127.0.0.1]/'],
  ['metadata', 'https://169.254.169.254/'],
])('refuses a loopback or metadata address that is listed, %s', (_what, url) => {
  const { hostname } = new URL(url)
  expect(refused(url, [hostname])).toBe('address')
})

describe('addresses', () => {
  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    '2001::1',
    'fec0::1',
    'not an address',
  ])('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
  test.each([
    '8.8.8.8',
    '114.114.114.114',
    '172.32.0.1',
    '100.128.0.1',
    '2400:3200::1',
    '2001:4860:4860::8888',
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
})

describe('when the connection is made', () => {
  let server: Server
  let port: number
  let seen = 0
  beforeAll(async () => {
    server = createServer((_request, response) => {
      seen += 1
      response.writeHead(204).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => new Promise<void>((resolve) => void server.close(() => resolve())))

  const leadsTo = (...addresses: readonly string[]) =>
    webhookTransport({
      isPrivateAllowed: false,
      lookup: (_hostname, _options, done) =>
        done(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        ),
    })
  const limits = { timeoutMs: 2_000, maxBytes: 1_000 }

  test.each([
    ['rebound to loopback', ['127.0.0.1']],
    ['rebound to loopback beside a public address', ['8.8.8.8', '127.0.0.1']],
    ['rebound to a mapped address', ['::ffff:127.0.0.1']],
  ])('a name that is %s is not connected to', async (_what, addresses) => {
    const { post, close } = leadsTo(...addresses)
    const answer = await post({ url: `http://hooks.example.cn:${port}/`, headers: {}, body: '{}' }, limits)
    expect(answer).toEqual({ silence: 'ADDRESS_REFUSED' })
    expect(seen).toBe(0)
    await close()
  })

  test('nor is an address that is written out, and the server was there all the time', async () => {
    const strict = webhookTransport({ isPrivateAllowed: false })
    const out = { url: `http://127.0.0.1:${port}/`, headers: {}, body: '{}' }
    expect(await strict.post(out, limits)).toEqual({ silence: 'ADDRESS_REFUSED' })
    expect(seen).toBe(0)
    const open = webhookTransport({ isPrivateAllowed: true })
    expect(await open.post(out, limits)).toMatchObject({ status: 204 })
    expect(seen).toBe(1)
    await Promise.all([strict.close(), open.close()])
  })
})
