/** The sandbox's machine clients, with key pairs that are made once and lie beside the data for whoever tries the API. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'

/** What a sandbox client is: its entry for the directory, and the private key for its owner. */
export interface SandboxClients {
  readonly directory: { readonly clients: readonly object[] }
  readonly keys: Readonly<Record<string, object>>
}

const NAMES = [
  ['sandbox-shanghai', '上海接入系统 (沙箱)', 'shanghai'],
  ['sandbox-jiangsu', '江苏接入系统 (沙箱)', 'jiangsu'],
  ['sandbox-zhejiang', '浙江接入系统 (沙箱)', 'zhejiang'],
  ['sandbox-anhui', '安徽接入系统 (沙箱)', 'anhui'],
] as const

/** Makes the four clients. */
export function createSandboxClients(): SandboxClients {
  const made = NAMES.map(([id, name, region]) => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const kid = randomBytes(8).toString('hex')
    return {
      id,
      entry: {
        client_id: id,
        client_name: name,
        region,
        scope: 'convert cases events',
        grant_types: ['client_credentials'],
        jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }] },
      },
      key: { ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256' },
    }
  })
  return {
    directory: { clients: made.map(({ entry }) => entry) },
    keys: Object.fromEntries(made.map(({ id, key }) => [id, key])),
  }
}
