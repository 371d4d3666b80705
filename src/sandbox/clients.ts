/** The sandbox's machine clients, with key pairs that are made once and lie beside the data for whoever tries the API. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { REGIONS } from '../schemas/regions.ts'

/** What a sandbox client is: its entry for the directory, and the private key for its owner. */
export interface SandboxClients {
  readonly directory: { readonly clients: readonly object[] }
  readonly keys: Readonly<Record<string, object>>
  /** The private keys by which they open what is handed to them. */
  readonly encryption: Readonly<Record<string, object>>
}

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** A system of each region, an app for people's phones, a hotel's desk and a hall's window. */
const CLIENTS: readonly Readonly<Record<string, unknown> & { client_id: string }>[] = [
  ...REGIONS.map(({ id, zh }) => ({
    client_id: `sandbox-${id}`,
    client_name: `${zh.slice(0, -1)}接入系统 (沙箱)`,
    region: id,
    scope: 'convert cases events photos licences persons',
    grant_types: ['client_credentials', EXCHANGE],
    // Receivers on the same machine: only the sandbox posts there.
    webhook_hosts: ['127.0.0.1', 'localhost'],
  })),
  {
    client_id: 'sandbox-app',
    client_name: '长三角办事应用 (沙箱)',
    scope: 'cases events photos licences persons',
    grant_types: ['authorization_code', 'refresh_token', EXCHANGE],
    redirect_uris: ['http://127.0.0.1:8090/callback', 'http://localhost:8090/callback'],
    post_logout_redirect_uris: ['http://127.0.0.1:8090/', 'http://localhost:8090/'],
  },
  {
    client_id: 'sandbox-hotel',
    client_name: '示例酒店前台 (沙箱)',
    scope: 'persons:verify',
    grant_types: ['client_credentials'],
    purposes: ['hotel'],
  },
  {
    client_id: 'sandbox-window',
    client_name: '示例政务大厅窗口 (沙箱)',
    scope: 'persons:verify',
    grant_types: ['client_credentials'],
    purposes: ['window'],
  },
  // Halls with clerks at a desk. Each takes over what was taken in elsewhere for its own cities.
  ...(
    [
      ['sandbox-chongming', '上海市崇明区跨省通办专窗 (沙箱)', '310000'],
      ['sandbox-nantong', '南通市跨省通办专窗 (沙箱)', '320600'],
      ['sandbox-suzhou', '苏州市跨省通办专窗 (沙箱)', '320500'],
    ] as const
  ).map(([client_id, client_name, division]) => ({
    client_id,
    client_name,
    scope: 'persons:verify cases',
    grant_types: ['client_credentials'],
    purposes: ['window'],
    divisions: [division],
  })),
]

interface KeyPair {
  readonly open: object
  readonly secret: object
}

/** A pair on the curve P-256 for one use. */
function keyPair(use: 'sig' | 'enc', alg: string): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = randomBytes(8).toString('hex')
  return {
    open: { ...publicKey.export({ format: 'jwk' }), kid, alg, use },
    secret: { ...privateKey.export({ format: 'jwk' }), kid, alg },
  }
}

/** Makes the clients: each signs with one key, and is sent photos and licences under another. */
export function createSandboxClients(): SandboxClients {
  const made = CLIENTS.map((client) => {
    const [signing, encryption] = [keyPair('sig', 'ES256'), keyPair('enc', 'ECDH-ES+A256KW')]
    return {
      entry: { ...client, jwks: { keys: [signing.open, encryption.open] } },
      id: client.client_id,
      signing,
      encryption,
    }
  })
  return {
    directory: { clients: made.map(({ entry }) => entry) },
    keys: Object.fromEntries(made.map(({ id, signing }) => [id, signing.secret])),
    encryption: Object.fromEntries(made.map(({ id, encryption }) => [id, encryption.secret])),
  }
}
